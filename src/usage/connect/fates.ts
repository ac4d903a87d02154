/** What became of a file's records in the ledger: those that can be closed now, and what the others wait for. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { type UsageRecordId, usageRecordId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { type Closing, closingOf, type RecordFate, type SlotFate } from '../rules/files/closing.ts'
import type { SlotState } from '../rules/states.ts'
import type { FileKey } from './file.ts'

export interface DueClosing extends Closing {
  readonly id: UsageRecordId
  readonly tries: number
}

interface FateRow {
  readonly record_id: string
  readonly file_state: string
  readonly note: string | null
  readonly billing_id: string | null
  readonly tries: number
  readonly state: 'placed' | 'held' | 'rejected' | 'covered' | null
  readonly because: string | null
  readonly slot: SlotJson | null
  readonly later: SlotJson | null
}

interface SlotJson {
  readonly state: SlotState
  readonly because: string | null
  readonly hour: string
  readonly dimension: string
  readonly usage_event_id: string | null
  readonly accepted_at: string | null
}

const slotJson = sql`jsonb_build_object('state', slot.state, 'because', slot.because, 'hour', slot.hour, 'dimension', slot.dimension,
  'usage_event_id', slot.usage_event_id, 'accepted_at', slot.accepted_at)`

/** As `slotText` writes it. */
const restKeyOfChain = sql`chain.subscription_id || '/' || chain.dimension || '/'
  || to_char(chain.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * The next records that can be closed, in the order of their ids. Of a slot billed later the slot it came to in the end is looked up: the record
 * of the rest names in its key the slot it comes from.
 */
export async function readDue(db: Db, { tenantId, fileId }: FileKey, now: Instant, limit: number): Promise<readonly DueClosing[]> {
  const { rows } = await sql<FateRow>`
    select open.record_id, open.state as file_state, open.note, open.billing_id, open.tries, record.state, record.because,
      case when slot.state is null then null else ${slotJson} end as slot, later.slot as later
    from usage_file_records open
    left join usage_records record on record.tenant_id = open.tenant_id
      and record.source = case open.state when 'own' then 'api' else 'connect' end
      and record.key = case open.state when 'own' then open.own_key else open.record_id end
    left join usage_slots slot on slot.tenant_id = record.tenant_id and slot.subscription_id = record.subscription_id
      and slot.dimension = record.dimension and slot.hour = record.slot_hour
    left join lateral (
      with recursive chain as (
        select slot.tenant_id, slot.subscription_id, slot.dimension, slot.hour, slot.state, 0 as depth
        union all
        select next.tenant_id, next.subscription_id, next.dimension, next.hour, next.state, chain.depth + 1
        from chain
        join usage_records rest on rest.tenant_id = chain.tenant_id and rest.source = 'rest' and rest.key = ${restKeyOfChain}
        join usage_slots next on next.tenant_id = rest.tenant_id and next.subscription_id = rest.subscription_id
          and next.dimension = rest.dimension and next.hour = rest.slot_hour
        where chain.state = 'billedLater' and chain.depth < 100
      )
      select ${slotJson} as slot from chain join usage_slots slot using (tenant_id, subscription_id, dimension, hour)
      where chain.depth > 0 order by chain.depth desc limit 1
    ) later on slot.state = 'billedLater'
    where open.tenant_id = ${tenantId} and open.file_id = ${fileId} and open.state in ('taken', 'own', 'toClose')
      and (open.not_before is null or open.not_before <= ${now}::timestamptz)
      and (open.state = 'toClose' or record.state in ('covered', 'rejected')
        or slot.state in ('accepted', 'nothingDue', 'writtenOff') or later.slot ->> 'state' in ('accepted', 'nothingDue', 'writtenOff'))
    order by open.record_id limit ${limit}`.execute(db)
  return rows.flatMap((row) => {
    const closing = row.file_state === 'toClose' ? { billingId: undefined, note: row.note ?? 'Not billed.' } : closingOf(fateOf(row))
    if (!closing) return []
    return [
      {
        id: usageRecordId.parse(row.record_id),
        tries: row.tries,
        note: closing.note,
        billingId: closing.billingId ?? row.billing_id ?? undefined,
      },
    ]
  })
}

function fateOf({ state, because, slot, later }: FateRow): RecordFate {
  if (state === 'covered') return { state }
  if (state === 'rejected') return { state, because: because ?? undefined }
  if (state !== 'placed' || !slot) return { state: 'held' }
  return { state, moved: because ?? undefined, slot: slotOf(slot), later: later ? slotOf(later) : undefined }
}

const slotOf = ({ state, because, hour, dimension, usage_event_id, accepted_at }: SlotJson): SlotFate => ({
  state,
  because: because ?? undefined,
  hour: instant(hour),
  dimension,
  usageEventId: usage_event_id ?? undefined,
  acceptedAt: accepted_at === null ? undefined : instant(accepted_at),
})

export interface OpenRecords {
  /** Not closed, whatever they wait for. */
  readonly open: number
  readonly held: number
  /** Connect has refused to close them several times. */
  readonly refused: number
  readonly nextTry: Instant | undefined
  readonly words: readonly string[]
}

/** Refusals to close a record before somebody is told. */
export const TOLD_AFTER = 4

export async function countOpen(db: Db | Tx, { tenantId, fileId }: FileKey): Promise<OpenRecords> {
  const { rows } = await sql<{ open: string; held: string; refused: string; next_try: Date | null; words: string[] | null }>`
    select count(*) as open, count(*) filter (where state = 'held') as held, count(*) filter (where tries >= ${TOLD_AFTER}) as refused,
      min(not_before) as next_try, array_agg(distinct trouble) filter (where tries >= ${TOLD_AFTER}) as words
    from usage_file_records where tenant_id = ${tenantId} and file_id = ${fileId} and state not in ('closed', 'done')`.execute(db)
  const row = rows[0]
  return {
    open: Number(row?.open ?? 0),
    held: Number(row?.held ?? 0),
    refused: Number(row?.refused ?? 0),
    nextTry: row?.next_try ?? undefined,
    words: (row?.words ?? []).filter((one) => one !== null).slice(0, 3),
  }
}
