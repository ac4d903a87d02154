/** The set-up of an offer: the tenants room's tables, and what the product can do according to Connect. */
import type { Capabilities, ConnectClient, ParameterInput, TierOrder } from '../connect/index.ts'
import type { Db } from '../database/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import { between, type Clock, type Instant, minutes } from '../kit/time.ts'
import { together } from '../kit/together.ts'
import { type OfferKey, type PlanMapping, type Product, soldAs } from '../tenants/index.ts'
import type { SalesOf } from './deps.ts'
import type { MappedPlan } from './rules/view.ts'
import type { FindSetup, SubscriptionSetup } from './setup.ts'

/** What a product can do changes with a new version at most. */
const CAPABILITIES_KEPT = minutes(10)

/** As the tenants room keeps it: read after each question, so that a change counts at once; by one query for all that wait. */
export function salesIn(db: Db): SalesOf {
  const find = together({ run: (offers: readonly OfferKey[]) => soldAs(db, offers), most: 100, atOnce: 1 })
  return (tenantId, offerId) => find({ tenantId, offerId })
}

interface FindSetupDeps {
  readonly salesOf: SalesOf
  readonly connectFor: (tenantId: TenantId) => Promise<ConnectClient>
  readonly clock: Clock
}

export function createFindSetup({ salesOf, connectFor, clock }: FindSetupDeps): FindSetup {
  const kept = new Map<string, { readonly at: Instant; readonly capabilities: Capabilities }>()

  async function capabilitiesOf(tenantId: TenantId, productId: ProductId): Promise<Capabilities> {
    const key = `${tenantId} ${productId}`
    const known = kept.get(key)
    if (known && Math.abs(between(known.at, clock.now())) < CAPABILITIES_KEPT) return known.capabilities
    const { capabilities } = await (await connectFor(tenantId)).products.get(productId)
    kept.set(key, { at: clock.now(), capabilities })
    return capabilities
  }

  return async (tenantId, offerId) => {
    const sold = await salesOf(tenantId, offerId)
    return sold && toSetup(sold.product, sold.plans, await capabilitiesOf(tenantId, sold.product.id))
  }
}

function toSetup(product: Product, plans: readonly PlanMapping[], capabilities: Capabilities): SubscriptionSetup {
  const { production, test } = product.connections
  return {
    productId: product.id,
    marketplaceId: product.marketplaceId,
    connections: { production: production?.connection, test: test?.connection },
    tier1: tier1Order(product),
    tier1Params: Object.entries(product.tier1.parameters).map(tier1Param),
    plans: new Map(plans.map((plan) => [plan.planId, mappedPlan(plan, product)])),
    mappedItems: [...new Set(plans.flatMap((plan) => plan.items.map((item) => item.itemId)))],
    supportsHold: capabilities.hold,
    validatesDrafts: capabilities.cartValidation && product.policies.validateBeforeOrder === 'auto',
    policy: {
      onVendorFailure: product.policies.onVendorFailure,
      onVendorTermination: product.policies.onVendorTermination,
      onRenewal: product.policies.onRenewal,
    },
  }
}

const mappedPlan = (plan: PlanMapping, product: Product): MappedPlan => ({
  items: plan.items.map(({ itemId, kind }) => ({ itemId, kind })),
  archived: plan.status === 'archived' || product.status === 'archived',
})

const tier1Param = ([id, value]: readonly [string, string | Readonly<Record<string, unknown>>]): ParameterInput =>
  typeof value === 'string' ? { id, value } : { id, structuredValue: value }

function tier1Order({ tier1 }: Product): TierOrder {
  if (tier1.id !== undefined) return { id: tier1.id }
  if (!tier1.account) throw new TypeError('a product has a tier-1 account or its id: the set-up schema has let it through')
  const { name, externalId, externalUid, taxId, contactInfo } = tier1.account
  const { phone, ...contact } = contactInfo.contact
  return {
    name,
    externalId,
    externalUid,
    taxId,
    contactInfo: { ...contactInfo, contact: { ...contact, phoneNumber: phone && fullPhone(phone) } },
  }
}

const fullPhone = (phone: { countryCode: string; areaCode?: string | undefined; phoneNumber: string; extension?: string | undefined }) => ({
  countryCode: phone.countryCode,
  areaCode: phone.areaCode ?? '',
  phoneNumber: phone.phoneNumber,
  extension: phone.extension ?? '',
})
