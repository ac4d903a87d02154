/** What is known now of records that were told before: a repeat is answered with what became of the first. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { ReportedUsage, UsageSource } from '../record.ts'

/** `placed` in its hour's slot; `moved` says why it is not the hour it was consumed in. `held` until an operator decides. */
export interface Recalled {
  readonly outcome: 'placed' | 'held' | 'rejected' | 'covered'
  readonly hour?: Instant
  readonly moved?: string
  readonly because?: string
  readonly until?: Instant
}

/** @returns by key */
export async function recall(
  db: Db,
  { tenantId, source }: { readonly tenantId: TenantId; readonly source: UsageSource },
  records: readonly ReportedUsage[],
): Promise<ReadonlyMap<string, Recalled>> {
  const rows = await db
    .selectFrom('usage_records')
    .select(['key', 'state', 'because', 'slot_hour', 'hold_until'])
    .where('tenant_id', '=', tenantId)
    .where('source', '=', source)
    .where('key', '=', sql<string>`any(${records.map(({ key }) => key)}::text[])`)
    .execute()
  return new Map(
    rows.map(({ key, state, because, slot_hour, hold_until }): [string, Recalled] => [
      key,
      {
        outcome: state,
        ...(slot_hour ? { hour: slot_hour } : {}),
        ...(because === null ? {} : state === 'placed' ? { moved: because } : { because }),
        ...(hold_until ? { until: hold_until } : {}),
      },
    ]),
  )
}
