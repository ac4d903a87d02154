/** What became of hours is told to Connect: the usage files whose records are in them are looked at. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { wakeAll } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type Instant, type Milliseconds, plus, seconds } from '../../kit/time.ts'
import { FILE_WORK } from '../work-kinds.ts'
import type { SlotKey } from './plan-changes.ts'
import { keysOf } from './slot-keys.ts'

/** A large file has many hours: one look at it a while later, instead of one for each of them. */
const GATHERS: Milliseconds = seconds(20)

/** Slots of which something was decided for good; those an operator has decided `atOnce`, for a person waits. */
export async function wakeFilesOf(
  tx: Tx,
  tenantId: TenantId,
  slots: readonly SlotKey[],
  now: Instant,
  when: 'gathered' | 'atOnce' = 'gathered',
): Promise<void> {
  if (slots.length === 0) return
  const { rows } = await sql<{ file_id: string }>`
    select distinct file.id as file_id
    from ${keysOf(slots)} as told (subscription_id, dimension, hour)
    join usage_records record on record.tenant_id = ${tenantId} and record.subscription_id = told.subscription_id
      and record.dimension = told.dimension and record.slot_hour = told.hour and record.state = 'placed'
    join usage_files file on file.tenant_id = record.tenant_id and file.id = record.file_id and file.state = 'billing'`.execute(tx)
  const objects = rows.map(({ file_id }) => ({ tenantId, kind: FILE_WORK, key: file_id }))
  await wakeAll(tx, objects, when === 'atOnce' ? now : plus(now, GATHERS))
}

/** Files an operator, or a deadline, has decided about records of: at once, for one decision is one wake. */
export async function wakeFiles(tx: Tx, tenantId: TenantId, files: readonly (string | null)[], now: Instant): Promise<void> {
  const known = [...new Set(files)].filter((file) => file !== null)
  await wakeAll(
    tx,
    known.map((key) => ({ tenantId, kind: FILE_WORK, key })),
    now,
  )
}
