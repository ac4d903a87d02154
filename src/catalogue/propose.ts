/** A proposal for one product of a publisher: what Connect shows now, on top of what is kept. */
import type { ConnectClient } from '../connect/index.ts'
import type { Db } from '../database/index.ts'
import { AppError } from '../kit/errors/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import { getProduct, type Product } from '../tenants/index.ts'
import { keptOffers } from './kept-offers.ts'
import { fileProblems } from './offer-files.ts'
import { readProductFacts } from './product-facts.ts'
import { type IconAsLogo, iconAsLogo } from './product-icon.ts'
import { checkOffer } from './rules/check-offer.ts'
import type { ProductFacts } from './rules/facts.ts'
import type { OfferProposal } from './rules/offer.ts'
import { offersFor, type Proposal } from './rules/offers-for.ts'
import { defaultSettings, type OfferSettings } from './rules/settings.ts'

export interface ProposeDeps {
  readonly db: Db
  readonly connectFor: (tenantId: TenantId) => Promise<Pick<ConnectClient, 'products' | 'items'>>
}

export type Wishes = Partial<Pick<OfferSettings, 'language' | 'countries' | 'previewAudience' | 'mergePeriods'>> & {
  /** Without it no picture is fetched: for looks that nobody reads the logo of. */
  readonly picture?: boolean
}

export interface Proposed extends Proposal {
  readonly product: Product
  readonly facts: ProductFacts
}

/** @throws AppError ERR_PRODUCT_NOT_FOUND for a product the tenant does not have; and as Connect's calls do */
export async function proposeOffers(deps: ProposeDeps, tenantId: TenantId, productId: ProductId, wishes: Wishes): Promise<Proposed> {
  const product = await theProduct(deps.db, tenantId, productId)
  const { offers, takenOfferIds } = await keptOffers(deps.db, tenantId, productId)
  const connect = await deps.connectFor(tenantId)
  const facts = await readProductFacts(connect, productId)
  const { picture = true, ...said } = wishes
  const { logo, problems: ofLogo } = await logoOf(connect, facts, offers, picture)
  const { support, privacyUrl } = product.pages
  const settings: OfferSettings = {
    ...defaultSettings,
    ...said,
    privacyUrl,
    logo,
    support: support && { name: `${product.pages.brand?.displayName ?? product.name} support`, ...support },
    known: offers,
    takenOfferIds,
  }
  const proposal = offersFor(facts, settings)
  const ofFiles = await fileProblems(deps.db, tenantId, proposal.offers)
  return { product, facts, ...proposal, problems: [...proposal.problems, ...ofLogo, ...ofFiles] }
}

/** That of an offer the product has, or Connect's picture of it. An offer made by hand has its logo in Partner Center. */
async function logoOf(
  connect: Pick<ConnectClient, 'products'>,
  facts: ProductFacts,
  kept: readonly OfferProposal[],
  isWanted: boolean,
): Promise<IconAsLogo> {
  const logo = kept.flatMap(({ content }) => content.media?.logo ?? [])[0]
  const needsNone = logo !== undefined || !isWanted || kept.some(({ made }) => made)
  return needsNone ? { logo, problems: [] } : iconAsLogo(connect, facts)
}

/** What is kept of a product's offers, judged by Microsoft's limits. @throws AppError ERR_PRODUCT_NOT_FOUND */
export async function showOffers(db: Db, tenantId: TenantId, productId: ProductId): Promise<Proposal & { readonly product: Product }> {
  const product = await theProduct(db, tenantId, productId)
  const { offers } = await keptOffers(db, tenantId, productId)
  return { product, offers, problems: [...offers.flatMap(checkOffer), ...(await fileProblems(db, tenantId, offers))] }
}

async function theProduct(db: Db, tenantId: TenantId, productId: ProductId): Promise<Product> {
  const product = await getProduct(db, tenantId, productId)
  if (!product) throw new AppError('ERR_PRODUCT_NOT_FOUND', { facts: { tenantId, productId } })
  return product
}
