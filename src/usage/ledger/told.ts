/** What was told before: the same key with the same content counts once, with other content it is refused. */
import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { printQuantity } from '../../kit/quantity.ts'
import { hourOf } from '../../kit/utc-hour.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import type { FreshRecord } from './batch.ts'

export interface Told {
  readonly hash: string
  /** What is answered when it is told again. */
  readonly repeated: TakenIn
}

/** A reporter's key, unique among all sources. */
export const toldId = ({ source, key }: Pick<ReportedUsage, 'source' | 'key'>): string => `${source} ${key}`

/** SHA-256 of everything that is billed by, hexadecimal. */
export function contentHash({ subscriptionId, dimension, quantity, consumedFrom, consumedAt }: ReportedUsage): string {
  const times = `${consumedFrom.toISOString()}\n${consumedAt.toISOString()}`
  return hash('sha256', `${subscriptionId}\n${dimension ?? ''}\n${printQuantity(quantity)}\n${times}`)
}

export function repeatedAs(outcome: FreshRecord['outcome']): TakenIn {
  if (outcome.outcome === 'placed') return { outcome: 'repeated', was: 'placed', hour: outcome.hour }
  return { outcome: 'repeated', was: outcome.outcome }
}

/** Of these records those the ledger has, by `toldId`. */
export async function readTold(tx: Tx, tenantId: TenantId, records: readonly ReportedUsage[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>()
  for (const source of new Set(records.map((one) => one.source))) {
    const keys = records.filter((one) => one.source === source).map(({ key }) => key)
    const rows = await tx
      .selectFrom('usage_records')
      .select(['key', 'content_hash', 'state', 'slot_hour'])
      .where('tenant_id', '=', tenantId)
      .where('source', '=', source)
      .where('key', '=', sql<string>`any(${keys}::text[])`)
      .execute()
    for (const { key, content_hash, state, slot_hour } of rows) {
      const hour = slot_hour === null ? {} : { hour: hourOf(slot_hour) }
      told.set(toldId({ source, key }), { hash: content_hash.toString('hex'), repeated: { outcome: 'repeated', was: state, ...hour } })
    }
  }
  return told
}
