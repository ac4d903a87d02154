/** The buyer arrives: the purchase token is resolved, and the subscription is known from here on. */
import { hasCode } from '../kit/errors/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import type { MicrosoftSubscription } from '../microsoft/index.ts'
import type { ConvergeDeps } from './deps.ts'
import type { SubscriptionKey, SubscriptionRecord } from './record.ts'
import { environmentOf, microsoftSnapshotOf } from './view.ts'

export type Landing =
  | { readonly outcome: 'landed'; readonly key: SubscriptionKey; readonly record: SubscriptionRecord }
  /** Expired, malformed, or of nobody: a fresh one is needed. */
  | { readonly outcome: 'tokenRefused' }
  /** Of an offer of another publisher, or of one whose technical configuration names another app. */
  | { readonly outcome: 'foreignToken' }
  /** Bought is another product of the tenant. */
  | { readonly outcome: 'otherProduct'; readonly key: SubscriptionKey; readonly productId: ProductId }
  /** The offer is not set up here. */
  | { readonly outcome: 'notManaged' }

/**
 * Resolves the token (safe to repeat) and remembers the subscription. Only wakes: nothing is decided here.
 * @throws ApiError `ERR_MS_UNAVAILABLE` and those of the sign-in of our app: the buyer should try again later.
 */
export async function landPurchase<Transaction>(
  deps: ConvergeDeps<Transaction>,
  arrival: { readonly tenantId: TenantId; readonly productId: ProductId; readonly purchaseToken: string },
): Promise<Landing> {
  const { microsoft } = await deps.clientsFor(arrival.tenantId)
  const resolved = await resolve(() => microsoft.resolve(arrival.purchaseToken))
  if (typeof resolved === 'string') return { outcome: resolved }
  const key = { tenantId: arrival.tenantId, subscriptionId: resolved.id }
  const setup = await deps.findSetup(arrival.tenantId, resolved.offerId)
  await remember(deps, key, resolved, setup?.productId)
  if (setup && !setup.plans.has(resolved.planId)) await deps.recognizePlan(key, resolved) // the page asks for the plan's own parameters
  if (!setup) return { outcome: 'notManaged' }
  if (setup.productId !== arrival.productId) return { outcome: 'otherProduct', key, productId: setup.productId }
  const record = await deps.store.load(key)
  if (!record) throw new TypeError('the subscription was stored a moment ago')
  return { outcome: 'landed', key, record }
}

async function resolve(call: () => Promise<MicrosoftSubscription>): Promise<MicrosoftSubscription | 'tokenRefused' | 'foreignToken'> {
  try {
    return await call()
  } catch (error) {
    if (hasCode(error, 'ERR_MS_PURCHASE_TOKEN_REFUSED', 'ERR_MS_NOT_FOUND')) return 'tokenRefused'
    if (hasCode(error, 'ERR_MS_FORBIDDEN')) return 'foreignToken'
    throw error
  }
}

async function remember<Transaction>(
  deps: ConvergeDeps<Transaction>,
  key: SubscriptionKey,
  resolved: MicrosoftSubscription,
  productId: ProductId | undefined,
): Promise<void> {
  const now = deps.clock.now()
  await deps.store.insertIfAbsent(
    { ...key, productId, environment: environmentOf(resolved), microsoft: microsoftSnapshotOf(undefined, resolved), observedAt: now },
    [{ actor: 'buyer', event: 'purchase.landed', facts: { status: resolved.status, offer: resolved.offerId, plan: resolved.planId } }],
    now,
  )
}
