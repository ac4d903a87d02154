/** A proposal for one product of a publisher: what Connect shows now, on top of what is kept. */
import type { ConnectClient } from '../connect/index.ts'
import type { Db } from '../database/index.ts'
import { AppError } from '../kit/errors/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import { getProduct, type Product } from '../tenants/index.ts'
import { keptOffers } from './kept-offers.ts'
import { fileProblems } from './offer-files.ts'
import { readProductFacts } from './product-facts.ts'
import { checkOffer } from './rules/check-offer.ts'
import type { ProductFacts } from './rules/facts.ts'
import { offersFor, type Proposal } from './rules/offers-for.ts'
import { defaultSettings, type OfferSettings } from './rules/settings.ts'

export interface ProposeDeps {
  readonly db: Db
  readonly connectFor: (tenantId: TenantId) => Promise<Pick<ConnectClient, 'products' | 'items'>>
}

export type Wishes = Partial<Pick<OfferSettings, 'language' | 'countries' | 'previewAudience' | 'mergePeriods'>>

export interface Proposed extends Proposal {
  readonly product: Product
  readonly facts: ProductFacts
}

/** @throws AppError ERR_PRODUCT_NOT_FOUND for a product the tenant does not have; and as Connect's calls do */
export async function proposeOffers(deps: ProposeDeps, tenantId: TenantId, productId: ProductId, wishes: Wishes): Promise<Proposed> {
  const product = await theProduct(deps.db, tenantId, productId)
  const { offers, takenOfferIds } = await keptOffers(deps.db, tenantId, productId)
  const facts = await readProductFacts(await deps.connectFor(tenantId), productId)
  const { support, privacyUrl } = product.pages
  const settings: OfferSettings = {
    ...defaultSettings,
    ...wishes,
    privacyUrl,
    support: support && { name: `${product.pages.brand?.displayName ?? product.name} support`, ...support },
    known: offers,
    takenOfferIds,
  }
  const proposal = offersFor(facts, settings)
  return { product, facts, ...proposal, problems: [...proposal.problems, ...(await fileProblems(deps.db, tenantId, proposal.offers))] }
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
