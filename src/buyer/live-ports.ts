/** The buyer's ports over the real rooms below. */
import type { ConnectClient, ConnectParameter } from '../connect/index.ts'
import type { Db, Tx } from '../database/index.ts'
import type { ProductId } from '../kit/ids.ts'
import { between, hours, type Instant, type Milliseconds, minutes, seconds } from '../kit/time.ts'
import {
  askFor,
  type ConvergeDeps,
  confirmOrder,
  isActionReason,
  landPurchase,
  listActions,
  type ManagementAction,
  mayRead,
  previewAction,
  readChoices,
  readSubscription,
  type SubscriptionKey,
  type SubscriptionRecord,
  validateDraft,
  wakeNow,
} from '../subscriptions/index.ts'
import { getProduct, getTenant, type Pages, type Product, planMapping, type Tenant } from '../tenants/index.ts'
import { usageOf } from '../usage/index.ts'
import { createKept } from './kept.ts'
import type { BuyerPorts, PlanFacts, ProductKey } from './ports.ts'
import type { ActionLink } from './rules/buyer-stage.ts'
import type { AskedChange, ChangeWhat } from './rules/change.ts'
import { usedInTerm } from './rules/usage.ts'
import type { ProductFace } from './views/page.ts'

/** A watching buyer makes us look again this often at most. */
const NUDGE_EVERY: Milliseconds = seconds(3)

/** A page is not kept waiting longer for Microsoft. */
const MICROSOFT_WAITED_FOR: Milliseconds = seconds(10)

/** What a product asks and offers is read anew this often at most: a living page shows its buttons with every look. */
const PARAMETERS_FRESH: Milliseconds = seconds(10)
const ACTIONS_FRESH: Milliseconds = minutes(1)
/** While Connect is down, what was read this long ago still serves. */
const USABLE: Milliseconds = hours(24)

interface LivePortsDeps {
  readonly db: Db
  readonly subscriptions: ConvergeDeps<Tx>
}

export function createBuyerPorts({ db, subscriptions }: LivePortsDeps): BuyerPorts {
  const { clock, clientsFor } = subscriptions
  const parameters = createKept<readonly ConnectParameter[]>(clock, PARAMETERS_FRESH, USABLE)
  const actions = createKept<readonly ActionLink[]>(clock, ACTIONS_FRESH, USABLE)
  const connectFor = async (key: ProductKey) => (await clientsFor(key.tenantId)).connect
  return {
    async findProduct({ tenantId, productId }) {
      const [tenant, product] = await Promise.all([getTenant(db, tenantId), getProduct(db, tenantId, productId)])
      if (!tenant || !product) return undefined
      return { face: faceOf(tenant, product), onVendorFailure: product.policies.onVendorFailure }
    },
    planFacts: (record) => planFacts(db, record),
    landPurchase: (request) => landPurchase(subscriptions, request),
    readSubscription: (key) => readSubscription(db, key),
    mayRead,
    orderingParameters: (key) =>
      parameters.get(nameOf(key), async () =>
        (await connectFor(key)).parameters.list(key.productId, { phases: ['ordering'], scopes: ['asset'] }),
      ),
    validateDraft: (key, order) => validateDraft(subscriptions, key, order),
    confirmOrder: (key, order, visitor) => confirmOrder(subscriptions, key, order, visitor),
    actionsOf: (key) => actions.get(nameOf(key), async () => assetActions(await connectFor(key), key.productId)),
    actionLink: async (key, actionId, assetId) => (await connectFor(key)).actions.link(key.productId, actionId, assetId),
    usage: async (key) => usedInTerm(await usageOf(db, key)),
    choices: (key) => readChoices({ ...subscriptions, db }, key, AbortSignal.timeout(MICROSOFT_WAITED_FOR)),
    preview: (key, wanted) => previewAction({ ...subscriptions, db }, key, wanted, { signal: AbortSignal.timeout(MICROSOFT_WAITED_FOR) }),
    askFor: ({ key, wanted, visitor, expected }) =>
      askFor(
        { ...subscriptions, db },
        key,
        wanted,
        { by: 'buyer', visitor },
        { expected, signal: AbortSignal.timeout(MICROSOFT_WAITED_FOR) },
      ),
    lastAsked: (record) => lastAsked(db, record),
    nudge: (key) => nudge(db, key, clock.now()),
  }
}

const nameOf = ({ tenantId, productId }: ProductKey): string => `${tenantId} ${productId}`

async function assetActions(connect: ConnectClient, productId: ProductId): Promise<readonly ActionLink[]> {
  const all = await connect.actions.list(productId)
  return all.filter(({ scope }) => scope === 'asset').map(({ id, title }) => ({ id, title }))
}

async function lastAsked(db: Db, record: SubscriptionRecord): Promise<AskedChange | undefined> {
  const [last] = await listActions(db, record, 1)
  if (!last) return undefined
  const { askedAt, sending, ended } = last
  return {
    what: await whatOf(db, record, last),
    askedAt,
    isAtMicrosoft: sending?.outcome === 'accepted',
    ended: ended && {
      at: ended.at,
      done: ended.as === 'done',
      reason: ended.reason !== undefined && isActionReason(ended.reason) ? ended.reason : undefined,
    },
  }
}

async function whatOf(db: Db, { tenantId, offerId }: SubscriptionRecord, { wanted }: ManagementAction): Promise<ChangeWhat> {
  switch (wanted.kind) {
    case 'changePlan':
      return { kind: 'plan', to: (await planMapping(db, tenantId, offerId, wanted.planId))?.name ?? wanted.planId }
    case 'changeSeats':
      return { kind: 'seats', to: wanted.seats }
    case 'cancel':
      return { kind: 'cancel' }
  }
}

async function nudge(db: Db, key: SubscriptionKey, now: Instant): Promise<void> {
  const record = await readSubscription(db, key)
  if (!record) return
  const seenAt = record.connectObservedAt ?? record.microsoftObservedAt
  if (Math.abs(between(seenAt, now)) >= NUDGE_EVERY) await wakeNow(db, key, now)
}

async function planFacts(db: Db, record: SubscriptionRecord): Promise<PlanFacts> {
  if (record.productId === undefined) return { orderable: false, planName: undefined }
  const [product, plan] = await Promise.all([
    getProduct(db, record.tenantId, record.productId),
    planMapping(db, record.tenantId, record.offerId, record.planId),
  ])
  const sold = product?.status === 'active' && plan?.status === 'active'
  return { orderable: sold && product.connections[record.environment] !== undefined, planName: plan?.name }
}

const faceOf = (tenant: Tenant, { name, pages }: Product): ProductFace => ({
  name,
  publisherName: pages.brand?.displayName ?? tenant.name,
  ...lookOf(pages),
})

const lookOf = ({ brand, support, productUrl, termsUrl, privacyUrl }: Pages): Omit<ProductFace, 'name' | 'publisherName'> => ({
  iconUrl: brand?.logoUrl,
  accentColor: brand?.accentColour,
  supportUrl: support?.url,
  supportEmail: support?.email,
  productUrl,
  termsUrl,
  privacyUrl,
})
