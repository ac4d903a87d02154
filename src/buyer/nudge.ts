/** A buyer looks: the subscription is looked at sooner, but no more often than is polite to both sides. */
import { between, type Clock, type Instant, type Milliseconds } from '../kit/time.ts'
import type { SubscriptionKey } from '../subscriptions/index.ts'

/** Forgets everything beyond so many subscriptions: they are then merely nudged a little more often. */
const MOST_REMEMBERED = 10_000

export function createNudge(
  clock: Clock,
  atMostEvery: Milliseconds,
  wake: (key: SubscriptionKey, now: Instant) => Promise<void>,
): (key: SubscriptionKey) => Promise<void> {
  const last = new Map<string, Instant>()
  return async (key) => {
    const name = `${key.tenantId} ${key.subscriptionId}`
    const now = clock.now()
    const before = last.get(name)
    if (before && Math.abs(between(before, now)) < atMostEvery) return
    if (last.size >= MOST_REMEMBERED) last.clear()
    last.set(name, now)
    await wake(key, now)
  }
}
