/** A product and what it can do. */
import { z } from 'zod'
import { type ProductId, productId } from '../../kit/ids.ts'
import { type Capabilities, capabilities, toCapabilities } from './capabilities.ts'
import { flag, idOf, link, list, number, part, text, word } from './read.ts'

export interface ProductLink {
  readonly title: string
  readonly url: string
}

export interface ConnectProduct {
  readonly id: ProductId
  readonly name: string
  readonly status:
    | 'draft'
    | 'indevelopment'
    | 'oncertification'
    | 'published'
    | 'initializationfailed'
    | 'deleted'
    | 'endofsale'
    | 'unknown'
  readonly version?: number | undefined
  readonly latest?: boolean | undefined
  /** Path on Connect's host, not a whole address. */
  readonly iconPath?: string | undefined
  readonly shortDescription?: string | undefined
  readonly detailedDescription?: string | undefined
  readonly ownerId?: string | undefined
  readonly ownerName?: string | undefined
  readonly capabilities: Capabilities
  /** A distributor can sell it only when one of these is true. */
  readonly visibility: { readonly listing: boolean; readonly syndication: boolean }
  readonly requiresResellerInformation: boolean
  /** Markdown for the buyer after the purchase. */
  readonly gettingStarted?: string | undefined
  /** Shown while the vendor provisions. */
  readonly provisioningMessage?: string | undefined
  readonly downloadLinks: readonly ProductLink[]
  readonly documents: readonly ProductLink[]
}

/** Usable by a distributor: visible through a listing or a syndication. */
export const isVisibleToDistributor = (product: Pick<ConnectProduct, 'visibility'>): boolean =>
  product.visibility.listing || product.visibility.syndication

const STATUSES = ['draft', 'indevelopment', 'oncertification', 'published', 'initializationfailed', 'deleted', 'endofsale'] as const

const productLinks = list(z.object({ title: text, url: link })).transform((links): readonly ProductLink[] =>
  links.flatMap(({ title, url }) => (url === undefined ? [] : [{ title: title ?? url, url }])),
)

export const connectProduct = z
  .object({
    id: productId,
    name: text,
    status: word(STATUSES),
    version: number,
    latest: flag,
    icon: text,
    short_description: text,
    detailed_description: text,
    owner: part(z.object({ id: idOf(z.string()), name: text })),
    capabilities,
    configurations: part(z.object({ suspend_resume_supported: flag, requires_reseller_information: flag })),
    visibility: part(z.object({ listing: flag, syndication: flag })),
    customer_ui_settings: part(
      z.object({ getting_started: text, provisioning_message: text, download_links: productLinks, documents: productLinks }),
    ),
  })
  .transform(
    (wire): ConnectProduct => ({
      id: wire.id,
      name: wire.name ?? wire.id,
      status: wire.status,
      version: wire.version,
      latest: wire.latest,
      iconPath: wire.icon,
      shortDescription: wire.short_description,
      detailedDescription: wire.detailed_description,
      ownerId: wire.owner?.id,
      ownerName: wire.owner?.name,
      capabilities: toCapabilities(wire.capabilities, wire.configurations?.suspend_resume_supported),
      visibility: { listing: wire.visibility?.listing ?? false, syndication: wire.visibility?.syndication ?? false },
      requiresResellerInformation: wire.configurations?.requires_reseller_information ?? false,
      gettingStarted: wire.customer_ui_settings?.getting_started,
      provisioningMessage: wire.customer_ui_settings?.provisioning_message,
      downloadLinks: wire.customer_ui_settings?.download_links ?? [],
      documents: wire.customer_ui_settings?.documents ?? [],
    }),
  )
