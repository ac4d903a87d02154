/** Have what was tried tried again. */
import type { Db, Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import { askForRetry, type StoredSubscription, stepInWords } from '../../subscriptions/index.ts'
import type { Preview } from './action.ts'

export function previewRetry({ attempts, microsoft }: Pick<StoredSubscription, 'attempts' | 'microsoft'>): Preview {
  const last = attempts.at(-1)
  const target = [microsoft.status, microsoft.planId, ...(microsoft.quantity === undefined ? [] : [`${microsoft.quantity} seats`])].join(
    ', ',
  )
  return {
    possible: true,
    effect: [
      `What was refused or finished toward the present target (${target}) counts no more.`,
      'Both sides are looked at at once, and the next step is taken as if it were the first.',
      ...(last ? [`Last tried: to ${stepInWords(last.key)}, ${last.count === 1 ? 'once' : `${last.count} times`}.`] : []),
    ],
  }
}

export const retryNow = (
  db: Db | Tx,
  key: Pick<StoredSubscription, 'tenantId' | 'subscriptionId'>,
  by: string,
  now: Instant,
): Promise<void> => askForRetry(db, key, by, now)
