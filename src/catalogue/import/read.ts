/** Offers made by hand, read from Partner Center and matched with the product's items. Nothing is written there. */
import type { ConnectClient } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { type OfferId, offerId, type ProductId, type TenantId } from '../../kit/ids.ts'
import type { IngestionProduct, MicrosoftIngestion } from '../../microsoft/index.ts'
import { getOfferContent, getProduct, listOffers, partnerCenterUrls } from '../../tenants/index.ts'
import { readProductFacts } from '../product-facts.ts'
import { type ContentAtMicrosoft, contentOfTree } from '../rules/content-of-tree.ts'
import type { ProductFacts } from '../rules/facts.ts'
import { importOffers, type Match } from '../rules/import-offers.ts'
import { type OfferTree, offerTree, textAt } from '../rules/resources/tree.ts'

export interface ImportDeps {
  readonly db: Db
  readonly ingestionFor: (tenantId: TenantId) => Promise<Pick<MicrosoftIngestion, 'listProducts' | 'readTree'>>
  readonly connectFor: (tenantId: TenantId) => Promise<Pick<ConnectClient, 'products' | 'items'>>
  readonly publicUrl: string
}

export interface FoundOffer extends ContentAtMicrosoft {
  readonly offerId: OfferId
  /** As it is kept already. */
  readonly keptName: string | undefined
  readonly draft: OfferTree
  readonly live: OfferTree | undefined
  readonly matches: readonly Match[]
  /** Why it is this product's. */
  readonly because: string
}

export interface Handmade {
  readonly offers: readonly FoundOffer[]
  /** The product they were matched with. */
  readonly facts: ProductFacts
}

export interface ImportKey {
  readonly tenantId: TenantId
  readonly productId: ProductId
}

/**
 * The product's offers that are kept without content, those whose landing page or webhook is the product's, and those that are named.
 * @throws AppError `ERR_PRODUCT_NOT_FOUND`; as the calls of both sides do
 */
export async function findHandmade(
  deps: ImportDeps,
  { tenantId, productId }: ImportKey,
  named: readonly string[],
  signal?: AbortSignal,
): Promise<Handmade> {
  if (!(await getProduct(deps.db, tenantId, productId))) throw new AppError('ERR_PRODUCT_NOT_FOUND', { facts: { tenantId, productId } })
  const ingestion = await deps.ingestionFor(tenantId)
  const facts = await readProductFacts(await deps.connectFor(tenantId), productId, signal)
  const owners = new Map((await listOffers(deps.db, tenantId)).map((offer) => [offer.id, offer]))
  const urls = Object.values(partnerCenterUrls(deps.publicUrl, tenantId, productId)).map((url) => new URL(url).pathname)
  const found: FoundOffer[] = []
  for await (const page of ingestion.listProducts(signal)) {
    for (const one of page) {
      const id = one.offerId
      const owner = id && owners.get(id)
      if (id === undefined || (owner !== undefined && owner.productId !== productId)) continue
      if (owner && (await getOfferContent(deps.db, tenantId, id))) continue
      const read = await readBoth(ingestion, one, signal)
      const because = read && whyOurs({ mapped: owner !== undefined, named: named.includes(id), paths: urls }, read.draft)
      if (read && because) found.push({ ...matched(id, read, facts), keptName: owner?.name, because })
    }
  }
  return { offers: found, facts }
}

interface Trees {
  readonly draft: OfferTree
  readonly live: OfferTree | undefined
}

async function readBoth(
  ingestion: Pick<MicrosoftIngestion, 'readTree'>,
  { productId }: IngestionProduct,
  signal: AbortSignal | undefined,
): Promise<Trees | undefined> {
  const draft = await ingestion.readTree(productId, 'draft', signal)
  const live = await ingestion.readTree(productId, 'live', signal)
  return draft && { draft: offerTree(draft.resources), live: live && offerTree(live.resources) }
}

interface Signs {
  readonly mapped: boolean
  readonly named: boolean
  readonly paths: readonly string[]
}

function whyOurs({ mapped, named, paths }: Signs, draft: OfferTree): string | undefined {
  if (mapped) return 'It is mapped to this product.'
  if (named) return 'It was named.'
  const technical = draft.find('software-as-a-service-technical-configuration', '') ?? {}
  const given = [textAt(technical, 'landingPageUrl'), textAt(technical, 'connectionWebhook')]
  return given.some((url) => paths.some((path) => url.endsWith(path))) ? 'Its landing page or webhook is this product’s.' : undefined
}

function matched(id: OfferId, { draft, live }: Trees, facts: ProductFacts): Omit<FoundOffer, 'keptName' | 'because'> {
  const content = contentOfTree(draft)
  const { pricingModel, dimensions } = content.content
  const plans = content.plans.map(({ planId, name, content: { terms, meters } }) => ({
    planId,
    name,
    terms: terms.map(({ term }) => term),
    dimensions: meters.map(({ dimension }) => ({ id: dimension, name: dimensions.find((one) => one.id === dimension)?.name ?? dimension })),
  }))
  const matches = importOffers([{ offerId: id, pricingModel, plans }], facts)
  return { ...content, offerId: offerId.parse(id), draft, live, matches }
}
