/**
 * Closes the records of a file at Connect, up to a thousand a call, each with what proves its bill. Connect answers for each: what is closed
 * (by whomever) is done, what is refused is tried again with growing pauses. Safe to repeat: a record that is closed stays as it was closed.
 */
import { sql } from 'kysely'
import { type ClosingResult, CONNECT_CALL_TIMEOUT, type ConnectClient, MAX_CLOSINGS } from '../../connect/index.ts'
import { inTransaction, type Tx } from '../../database/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import { hours, type Instant, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import type { UsageDeps } from '../deps.ts'
import { type DueClosing, readDue } from './fates.ts'
import { type FileKey, type StoredFile, saveFile } from './file.ts'

const FIRST_PAUSE: Milliseconds = minutes(1)
const LONGEST_PAUSE: Milliseconds = hours(6)

/** Everything that can be closed now is. @throws ApiError when Connect does not answer: what was answered is stored */
export async function closeRecords(deps: UsageDeps, connect: ConnectClient, file: StoredFile, lease: Lease): Promise<void> {
  for (;;) {
    const due = await readDue(deps.db, file, deps.clock.now(), MAX_CLOSINGS)
    if (due.length === 0) return
    await inTransaction(deps.db, async (tx) => {
      await lease.assertHeld(tx)
      await saveFile(tx, file, { intent: `close ${due.length} records from ${due[0]?.id}` }, deps.clock.now())
    })
    deps.crashPoint('usage.file.closingIntended')
    await closePart(deps, connect, file, due, lease)
  }
}

/** Connect may take fewer in a call than we send: then half of them, down to one. */
async function closePart(
  deps: UsageDeps,
  connect: ConnectClient,
  file: StoredFile,
  due: readonly DueClosing[],
  lease: Lease,
): Promise<void> {
  await lease.assertTimeFor(CONNECT_CALL_TIMEOUT)
  const results = await askToClose(connect, due, lease.signal)
  if (results === 'tooMany') {
    const half = Math.ceil(due.length / 2)
    await closePart(deps, connect, file, due.slice(0, half), lease)
    return closePart(deps, connect, file, due.slice(half), lease)
  }
  deps.crashPoint('usage.file.closingCalled')
  if (results.some(({ status }) => status === 'valid' || status === 'pending')) await approve(connect, file, lease)
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await saveResults(tx, file, due, results, deps.clock.now())
  })
  deps.crashPoint('usage.file.closingStored')
}

async function askToClose(
  connect: ConnectClient,
  due: readonly DueClosing[],
  signal: AbortSignal,
): Promise<readonly ClosingResult[] | 'tooMany'> {
  const closings = due.map(({ id, billingId, note }) => ({ id, externalBillingId: billingId, note }))
  try {
    return await connect.usageRecords.closeMany(closings, signal)
  } catch (error) {
    if (!hasCode(error, 'ERR_CONNECT_INVALID', 'ERR_CONNECT_CONFLICT')) throw error
    if (due.length > 1) return 'tooMany'
    return due.map(({ id }) => ({ id, status: 'unknown', errorCodes: [error.code], errorDetails: [error.message] }))
  }
}

/** Whether accepting a file approves its records is not documented: those that are not are approved now. */
export async function approve(connect: ConnectClient, { fileId }: FileKey, lease: Lease): Promise<void> {
  await lease.assertTimeFor(CONNECT_CALL_TIMEOUT)
  await connect.usageFiles.approveAll(fileId, lease.signal)
}

/** Where Connect insists on an id although nothing was billed. */
const NO_ID = 'not-billed'

async function saveResults(
  tx: Tx,
  { tenantId, fileId }: FileKey,
  due: readonly DueClosing[],
  results: readonly ClosingResult[],
  now: Instant,
): Promise<void> {
  const told = due.map((closing, index): Told => ({ closing, trouble: troubleOf(results[index]) }))
  const column = <T>(read: (one: Told) => T): T[] => told.map(read)
  await sql`
    with closed as (
      update usage_file_records record
      set state = case when told.trouble is null then 'closed' else record.state end,
        closed_at = case when told.trouble is null then ${now}::timestamptz end,
        note = case when told.trouble is null then told.note else record.note end,
        billing_id = told.billing_id, trouble = told.trouble, not_before = told.not_before,
        tries = case when told.trouble is null then record.tries else record.tries + 1 end
      from unnest(
        ${column(({ closing }) => closing.id)}::text[], ${column(({ trouble }) => trouble ?? null)}::text[], ${column(({ closing }) => closing.note)}::text[],
        ${column((one) => (wantsId(one) ? NO_ID : (one.closing.billingId ?? null)))}::text[],
        ${column((one) => againAt(one, now))}::timestamptz[]
      ) as told (record_id, trouble, note, billing_id, not_before)
      where record.tenant_id = ${tenantId} and record.file_id = ${fileId} and record.record_id = told.record_id
      returning record.record_id, record.closed_at
    )
    update usage_records record set closed_at = closed.closed_at from closed
    where record.tenant_id = ${tenantId} and record.source = 'connect' and record.key = closed.record_id and closed.closed_at is not null`.execute(
    tx,
  )
}

interface Told {
  readonly closing: DueClosing
  readonly trouble: string | undefined
}

const wantsId = ({ closing, trouble }: Told): boolean =>
  closing.billingId === undefined && (trouble?.includes('external_billing_id') ?? false)

function againAt(told: Told, now: Instant): string | null {
  if (told.trouble === undefined) return null
  return plus(now, wantsId(told) ? 0 : pauseAfter(told.closing.tries)).toISOString()
}

const pauseAfter = (tries: number): Milliseconds => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries, 12))

/** Undefined: it is closed. */
function troubleOf(result: ClosingResult | undefined): string | undefined {
  if (result?.status === 'closed') return undefined
  const words = [...(result?.errorCodes ?? []), ...(result?.errorDetails ?? [])].join(' ')
  return (words === '' ? `Connect says ${result?.status ?? 'nothing'}` : words).slice(0, 200)
}
