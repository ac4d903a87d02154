/** A product as our tables, Connect and Microsoft have it this moment. */
import { offerId, type ProductId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { connectHealth } from '../../subscriptions/index.ts'
import {
  getOfferContent,
  listCredentials,
  listFoundPlans,
  listOffers,
  listPlanMappings,
  type Product,
  partnerCenterUrls,
} from '../../tenants/index.ts'
import type { ItemSeen } from '../rules/at-connect.ts'
import type { Asked } from '../rules/check.ts'
import type { OfferSeen } from '../rules/parity.ts'
import type { OfferInPartnerCenter, PartnerCenterFacts } from '../rules/partner-center.ts'
import type { ProductFacts } from '../rules/product.ts'
import { atConnect } from './at-connect.ts'
import { ask, type DoctorDeps } from './deps.ts'
import { inPartnerCenter } from './in-partner-center.ts'
import { reach } from './reach.ts'
import { testOrders } from './test-orders.ts'

export async function productFacts(deps: DoctorDeps, tenantId: TenantId, product: Product): Promise<ProductFacts> {
  const { db, publicUrl } = deps
  const { production, test } = product.connections
  const offers = await mappedOffers(deps, tenantId, product.id)
  const urls = partnerCenterUrls(publicUrl, tenantId, product.id)
  const there = await inPartnerCenter(deps, tenantId, offers)
  const { webhooks } = await connectHealth(db, tenantId)
  return {
    ...{ id: product.id, marketplace: product.marketplaceId, wanted: { production, test } },
    ...(await atConnect(deps, tenantId, product)),
    mappedItems: [...new Map(offers.flatMap(({ items }) => items).map((item) => [item.id, item])).values()],
    testOrders: await testOrders(deps, tenantId, product, offers),
    connectWebhook: webhooks.find(({ productId }) => productId === product.id),
    offers,
    inPartnerCenter: there,
    ours: { ...urls, ...(await ourApp(deps, tenantId)) },
    atMicrosoft: there.answered ? { answered: true, value: furthest(there.value) } : await atMicrosoft(deps, tenantId, offers),
    ...(await leadsOf(deps, tenantId, offers)),
    testPurchase: await testPurchase(deps, tenantId, product.id),
    landing: await reach(deps, urls.landingPage, 'GET'),
    webhook: await reach(deps, urls.webhook, 'POST'),
  }
}

interface MappedOffer extends OfferSeen {
  readonly items: readonly ItemSeen[]
}

async function mappedOffers({ db }: DoctorDeps, tenantId: TenantId, productId: ProductId): Promise<readonly MappedOffer[]> {
  const offers = (await listOffers(db, tenantId)).filter((offer) => offer.productId === productId && offer.status === 'active')
  return Promise.all(
    offers.map(async ({ id }) => {
      const plans = (await listPlanMappings(db, tenantId, id)).filter(({ status }) => status === 'active')
      const dimensions = (plan: (typeof plans)[number]) => plan.items.flatMap(({ dimension }) => dimension ?? [])
      return {
        id,
        plans: plans.map((plan) => ({
          ...{ id: plan.planId, dimensions: dimensions(plan) },
          perSeat: plan.items.some(({ kind }) => kind === 'reservation'),
        })),
        items: plans.flatMap((plan) => plan.items.map(({ itemId, kind }) => ({ id: itemId, kind }))),
      }
    }),
  )
}

async function ourApp({ db }: DoctorDeps, tenantId: TenantId): Promise<Pick<PartnerCenterFacts['ours'], 'directory' | 'app'>> {
  const [credential] = await listCredentials(db, tenantId, 'microsoft')
  return credential?.facts.kind === 'microsoft' ? { directory: credential.facts.tenantId, app: credential.facts.clientId } : {}
}

/** What buyers see, or would see first. */
const furthest = (seen: readonly OfferInPartnerCenter[]): readonly OfferSeen[] =>
  seen.flatMap(({ id, trees }) => {
    const tree = trees.find(({ state }) => state === 'live') ?? trees.find(({ state }) => state === 'preview') ?? trees[0]
    return tree ? [{ id, plans: tree.plans }] : []
  })

/** Microsoft shows an offer's plans to whoever has a subscription of it: one that is alive lets us ask. */
async function atMicrosoft(deps: DoctorDeps, tenantId: TenantId, offers: readonly OfferSeen[]): Promise<Asked<readonly OfferSeen[]>> {
  const keys = await Promise.all(offers.map(({ id }) => aSubscriptionOf(deps, tenantId, id)))
  if (keys.every((key) => key === undefined)) {
    const because = 'There is no subscription of its offers yet, through which Microsoft would show the plans.'
    return {
      answered: false,
      because,
      todo: 'Buy the preview once, or have the bridge look in Partner Center: `bridge credential set TENANT partnerCenter`.',
    }
  }
  return ask(async () => {
    const microsoft = await deps.clients.microsoftFor(tenantId)
    const seen: OfferSeen[] = []
    for (const [index, { id }] of offers.entries()) {
      const key = keys[index]
      if (key === undefined) continue
      const recognized = await recognizedPlans(deps, tenantId, id)
      const plans = (await microsoft.listAvailablePlans(key)).filter(({ isStopSell, planId }) => !isStopSell && !recognized.has(planId))
      seen.push({
        id,
        plans: plans.map(({ planId, dimensions, isPricePerSeat }) => ({
          id: planId,
          dimensions: dimensions.map((one) => one.id),
          perSeat: isPricePerSeat,
        })),
      })
    }
    return seen
  })
}

/** Customized for one customer by a private offer, and sold as the plan they were made from: nobody has to map them. */
async function recognizedPlans({ db }: DoctorDeps, tenantId: TenantId, offer: string): Promise<ReadonlySet<string>> {
  const found = await listFoundPlans(db, tenantId, offerId.parse(offer))
  return new Set(found.flatMap(({ planId, base }) => (base === undefined ? [] : [planId])))
}

async function aSubscriptionOf({ db }: DoctorDeps, tenantId: TenantId, offerId: string) {
  const row = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('offer_id', 'in', [offerId, `${offerId}-preview`])
    .where('status', '<>', 'Unsubscribed')
    .orderBy('first_seen_at', 'desc')
    .executeTakeFirst()
  return row && subscriptionId.parse(row.id)
}

async function leadsOf(
  { db }: DoctorDeps,
  tenantId: TenantId,
  offers: readonly OfferSeen[],
): Promise<Pick<ProductFacts, 'leads' | 'wantedLeads'>> {
  const found = await Promise.all(offers.map(({ id }) => getOfferContent(db, tenantId, offerId.parse(id))))
  const contents = found.flatMap((one) => one ?? [])
  const because = 'The content of its offers is kept in Partner Center only.'
  const todo = 'Look there under Offer setup, Customer leads; or take the offer over: `bridge offer import TENANT PRODUCT`.'
  const undecided = contents.filter(({ content }) => content.leads === undefined).map((one) => one.offerId)
  return {
    leads: contents.length === 0 ? { answered: false, because, todo } : { answered: true, value: undecided },
    wantedLeads: new Map(contents.flatMap(({ offerId: id, content }) => (content.leads ? [[id, content.leads.destination]] : []))),
  }
}

async function testPurchase({ db }: DoctorDeps, tenantId: TenantId, productId: ProductId): Promise<ProductFacts['testPurchase']> {
  const rows = await db
    .selectFrom('subscriptions')
    .select(['status'])
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', productId)
    .where('environment', '=', 'test')
    .where('confirmed_at', 'is not', null)
    .execute()
  if (rows.length === 0) return 'none'
  return rows.some(({ status }) => status !== 'PendingFulfillmentStart') ? 'active' : 'ordered'
}
