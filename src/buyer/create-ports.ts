/** The buyer's ports on the real rooms below. */

import type { ConnectClient, ConnectParameter } from '../connect/index.ts'
import type { Db } from '../database/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import { hours, minutes, seconds } from '../kit/time.ts'
import {
  type ConvergeDeps,
  confirmOrder,
  landPurchase,
  mayRead,
  readSubscription,
  type SubscriptionRecord,
  validateDraft,
  wakeNow,
} from '../subscriptions/index.ts'
import { getProduct, getTenant, type Product, planMapping, type Tenant } from '../tenants/index.ts'
import { createKept } from './kept.ts'
import { createNudge } from './nudge.ts'
import type { BuyerPorts, BuyerProduct, PlanFacts, ProductKey } from './ports.ts'
import type { ActionLink } from './rules/buyer-stage.ts'

export interface PortDeps<Transaction> {
  readonly db: Db
  readonly converge: ConvergeDeps<Transaction>
  readonly connectFor: (tenantId: TenantId) => Promise<ConnectClient>
}

export function createBuyerPorts<Transaction>({ db, converge, connectFor }: PortDeps<Transaction>): BuyerPorts {
  const { clock } = converge
  const parameters = createKept<readonly ConnectParameter[]>(clock, minutes(1), hours(24))
  const actions = createKept<readonly ActionLink[]>(clock, minutes(5), hours(24))
  return {
    findProduct: (key) => findProduct(db, key),
    planFacts: (record) => planFacts(db, record),
    landPurchase: (request) => landPurchase(converge, request),
    readSubscription: (key) => readSubscription(db, key),
    mayRead,
    orderingParameters: (key) => parameters.get(nameOf(key), async () => (await connectFor(key.tenantId)).parameters.list(key.productId)),
    validateDraft: (key, order) => validateDraft(converge, key, order),
    confirmOrder: (key, order, visitor) => confirmOrder(converge, key, order, visitor),
    actionsOf: (key) => actions.get(nameOf(key), async () => assetActions(await connectFor(key.tenantId), key.productId)),
    actionLink: async ({ tenantId, productId }, actionId, assetId) =>
      (await connectFor(tenantId)).actions.link(productId, actionId, assetId),
    nudge: createNudge(clock, seconds(5), (key, now) => wakeNow(db, key, now)),
  }
}

const nameOf = ({ tenantId, productId }: ProductKey): string => `${tenantId} ${productId}`

async function findProduct(db: Db, { tenantId, productId }: ProductKey): Promise<BuyerProduct | undefined> {
  const [tenant, product] = await Promise.all([getTenant(db, tenantId), getProduct(db, tenantId, productId)])
  return tenant && product && { face: faceOf(tenant, product), onVendorFailure: product.policies.onVendorFailure }
}

const faceOf = (tenant: Tenant, { name, pages }: Product): BuyerProduct['face'] => ({
  name,
  publisherName: pages.brand?.displayName ?? tenant.name,
  iconUrl: pages.brand?.logoUrl,
  accentColor: pages.brand?.accentColour,
  supportUrl: pages.support?.url,
  supportEmail: pages.support?.email,
  productUrl: pages.productUrl,
  termsUrl: pages.termsUrl,
  privacyUrl: pages.privacyUrl,
})

async function planFacts(db: Db, record: SubscriptionRecord): Promise<PlanFacts> {
  if (record.productId === undefined) return { orderable: false, planName: undefined }
  const [mapping, product] = await Promise.all([
    planMapping(db, record.tenantId, record.offerId, record.planId),
    getProduct(db, record.tenantId, record.productId),
  ])
  const isSold = mapping?.status === 'active' && product?.status === 'active'
  return { orderable: isSold && product.connections[record.environment] !== undefined, planName: mapping?.name }
}

async function assetActions(connect: ConnectClient, productId: ProductId): Promise<readonly ActionLink[]> {
  const all = await connect.actions.list(productId)
  return all.filter(({ scope }) => scope === 'asset').map(({ id, title }) => ({ id, title }))
}
