/** The rows of the ledger: what was reported, and what became of each. */
import { type CopyValue, copyIn, type Tx } from '../../database/index.ts'
import { printQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { FreshRecord, Intake } from './batch.ts'

const COLUMNS = [
  ...(['tenant_id', 'source', 'key', 'content_hash', 'product_id', 'subscription_id', 'plan_id', 'dimension', 'quantity'] as const),
  ...(['consumed_from', 'consumed_at', 'term_start', 'received_at', 'state', 'because', 'slot_hour', 'hold_until', 'file_id'] as const),
] as const

/** Under the ledger's lock, so that none of them can have been kept since they were looked up. */
export const keepRecords = (tx: Tx, intake: Intake, fresh: readonly FreshRecord[]): Promise<void> =>
  copyIn(tx, 'usage_records', COLUMNS, rowsOf(intake, fresh))

function* rowsOf({ tenantId, now }: Intake, fresh: readonly FreshRecord[]): Generator<readonly CopyValue[]> {
  const time = timeTexts()
  const receivedAt = now.toISOString()
  for (const { record, hash, phase, outcome } of fresh) {
    const { source, key, productId, subscriptionId, dimension = null, quantity, consumedFrom, consumedAt, fileId = null } = record
    const told = [tenantId, source, key, `\\x${hash}`, productId, subscriptionId, phase?.planId ?? null, dimension, printQuantity(quantity)]
    const times = [time(consumedFrom), time(consumedAt), phase ? time(phase.termStart) : null, receivedAt]
    yield [...told, ...times, ...becameOf(outcome, time), fileId]
  }
}

/** State, reason, hour, and how long it is held. */
function becameOf(outcome: FreshRecord['outcome'], time: (at: Instant) => string): readonly CopyValue[] {
  switch (outcome.outcome) {
    case 'placed':
      return ['placed', outcome.moved ?? null, time(outcome.hour), null]
    case 'held':
      return ['held', outcome.because, null, time(outcome.until)]
    case 'rejected':
      return ['rejected', outcome.because, null, null]
    case 'covered':
      return ['covered', null, null, null]
  }
}

/** Records of a batch have few different times: each is written once. */
function timeTexts(): (at: Instant) => string {
  const texts = new Map<number, string>()
  return (at) => {
    const known = texts.get(at.getTime())
    if (known !== undefined) return known
    const text = at.toISOString()
    texts.set(at.getTime(), text)
    return text
  }
}
