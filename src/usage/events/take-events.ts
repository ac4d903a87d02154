/**
 * Events of applications and operators into the ledger: each is answered by itself, in the order given; a bad one holds up no other. The same
 * request may be sent again after any failure: keys make repeats harmless.
 */
import type { Db } from '../../database/index.ts'
import { type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type Signature, signRecords } from '../decide/signed.ts'
import { takeIn, takeInLocked } from '../ledger/intake.ts'
import { inLedger } from '../ledger/lock.ts'
import { policiesOf } from '../policies.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import { type Reportable, readReportable } from './declared.ts'
import { readEvent, type UsageEventTold } from './read-event.ts'
import { type Recalled, recall } from './recall.ts'

/** In one request. */
export const MOST_EVENTS_AT_ONCE = 1_000

export interface EventIntake {
  readonly tenantId: TenantId
  readonly source: 'api' | 'manual'
  readonly now: Instant
  readonly dryRun: boolean
  /** Of what an operator adds: who did, kept with each record that is new. */
  readonly signed?: Signature
}

export type EventAnswer = { readonly key: string | null } & (
  | (Recalled & {
      /** Told before with the same content: nothing was counted again. */
      readonly repeated: boolean
    })
  | Refused
)

interface Refused {
  /** `conflict`: the key stands for other content. `refused`: not kept; it may be sent again, corrected, under the same key. */
  readonly outcome: 'refused' | 'conflict'
  readonly code: ErrorCode
  readonly message: string
  readonly todo: string
}

/** @param told at most `MOST_EVENTS_AT_ONCE`, as they came */
export async function takeEvents(db: Db, intake: EventIntake, told: readonly unknown[]): Promise<readonly EventAnswer[]> {
  if (told.length > MOST_EVENTS_AT_ONCE) throw new RangeError(`at most ${MOST_EVENTS_AT_ONCE} events, got ${told.length}`)
  const readings = told.map(readEvent)
  const subscriptions = readings.flatMap((one) => (one.ok ? [one.event.subscriptionId] : []))
  const reportable = await readReportable(db, intake.tenantId, subscriptions)
  const judged = readings.map((one) => (one.ok ? judge(one.event, reportable.get(one.event.subscriptionId), intake) : unreadable(one)))
  const records = judged.flatMap((one) => ('record' in one ? [one.record] : []))
  const taken = (await take(db, intake, records)).values()
  const recalled = await recall(db, intake, records)
  return judged.map((one) => ('record' in one ? answerOf(one.record, taken.next().value, recalled) : one))
}

async function take(
  db: Db,
  { tenantId, now, dryRun, signed }: EventIntake,
  records: readonly ReportedUsage[],
): Promise<readonly TakenIn[]> {
  const ledgerIntake = { tenantId, now, dryRun, policyOf: await policiesOf(db, tenantId) }
  if (!signed || dryRun) return takeIn(db, ledgerIntake, records)
  return inLedger(db, tenantId, async (tx) => {
    const taken = await takeInLocked(tx, ledgerIntake, records)
    await signRecords(
      tx,
      ledgerIntake,
      records.filter((_, index) => isNew(taken[index])),
      signed,
    )
    return taken
  })
}

const isNew = (taken: TakenIn | undefined): boolean =>
  taken?.outcome === 'placed' || taken?.outcome === 'held' || taken?.outcome === 'covered'

type Judged = { readonly record: ReportedUsage } | (Refused & { readonly key: string | null })

const unreadable = ({ key, message }: { readonly key: string | undefined; readonly message: string }): Judged => ({
  key: key ?? null,
  ...refusal('ERR_USAGE_EVENT_INVALID', message),
})

function judge(event: UsageEventTold, known: Reportable | undefined, { source }: EventIntake): Judged {
  const { key, consumedAt, ...what } = event
  const no = (code: ErrorCode): Judged => ({ key, ...refusal(code) })
  if (!known) return no('ERR_USAGE_UNKNOWN_SUBSCRIPTION')
  const told = known.sourceOf(event.dimension)
  if (!told) return no('ERR_USAGE_UNKNOWN_DIMENSION')
  if (source === 'api' && told !== 'api') return no('ERR_USAGE_OTHER_SOURCE')
  const { productId } = known
  return { record: { ...what, source, key, productId, consumedFrom: consumedAt, consumedAt, wholeMonth: false } }
}

function answerOf(record: ReportedUsage, taken: TakenIn | undefined, recalled: ReadonlyMap<string, Recalled>): EventAnswer {
  const { key } = record
  if (!taken) throw new TypeError('an outcome for each record')
  switch (taken.outcome) {
    case 'conflict':
      return { key, outcome: 'conflict', ...wordsOf('ERR_USAGE_KEY_CONFLICT') }
    case 'rejected':
      return { key, ...refusal(CODES[taken.because]) }
    case 'repeated': {
      const kept = recalled.get(key)
      if (kept) return { key, ...kept, repeated: true }
      return { key, outcome: taken.was, ...(taken.hour ? { hour: taken.hour } : {}), repeated: true } // twice in one dry run
    }
    case 'placed':
    case 'held':
    case 'covered':
      return { key, ...taken, repeated: false }
  }
}

const CODES: Readonly<Record<Extract<TakenIn, { outcome: 'rejected' }>['because'], ErrorCode>> = {
  inFuture: 'ERR_USAGE_IN_FUTURE',
  beforeStart: 'ERR_USAGE_NOT_ACTIVE',
  afterEnd: 'ERR_USAGE_AFTER_END',
  late: 'ERR_USAGE_TOO_LATE',
  wholeMonth: 'ERR_USAGE_TOO_LATE',
}

const wordsOf = (code: ErrorCode, message: string = errorCatalogue[code].what) => ({ code, message, todo: errorCatalogue[code].todo })
const refusal = (code: ErrorCode, message?: string): Refused => ({ outcome: 'refused', ...wordsOf(code, message) })
