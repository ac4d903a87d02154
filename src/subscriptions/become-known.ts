/** A notice may be the first that is heard of a subscription: it is read from Microsoft then, and from here on it is known. */
import { hasCode } from '../kit/errors/index.ts'
import { between, type Instant } from '../kit/time.ts'
import type { MicrosoftFulfilment, MicrosoftSubscription } from '../microsoft/index.ts'
import type { ConvergeDeps } from './deps.ts'
import { meet } from './discovery.ts'
import type { SubscriptionKey } from './record.ts'
import { NOTICE_PATIENCE, nextNoticeLook } from './rules/notices.ts'
import type { Recalled } from './store/store.ts'

/** `undefined` when Microsoft does not let us read it. @throws ApiError `ERR_MS_UNAVAILABLE` and those of the sign-in. */
export async function becomeKnown<Transaction>(
  deps: ConvergeDeps<Transaction>,
  key: SubscriptionKey,
  signal: AbortSignal,
): Promise<Recalled | undefined> {
  const { microsoft } = await deps.clientsFor(key.tenantId)
  const subscription = await readIfOurs(microsoft, key, signal)
  if (!subscription) return undefined
  await meet(deps, key.tenantId, subscription)
  return deps.store.recall(key, deps.clock.now())
}

async function readIfOurs(
  microsoft: MicrosoftFulfilment,
  { subscriptionId }: SubscriptionKey,
  signal: AbortSignal,
): Promise<MicrosoftSubscription | undefined> {
  try {
    return await microsoft.getSubscription(subscriptionId, signal)
  } catch (error) {
    if (hasCode(error, 'ERR_MS_FORBIDDEN', 'ERR_MS_NOT_FOUND')) return undefined
    throw error
  }
}

/** Looked for as long as a notice is waited for; then only the notice itself tells of it. */
export async function whenStillUnknown<Transaction>(deps: ConvergeDeps<Transaction>, key: SubscriptionKey): Promise<Instant | undefined> {
  const now = deps.clock.now()
  const { open } = await deps.store.told(key, now)
  const newest = open.at(-1)
  if (!newest || between(newest.receivedAt, now) >= NOTICE_PATIENCE) return undefined
  return nextNoticeLook(newest.receivedAt, now)
}
