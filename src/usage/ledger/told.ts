/** What was told before: the same key with the same content counts once, with other content it is refused. */
import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { printQuantity } from '../../kit/quantity.ts'
import { hourOf } from '../../kit/utc-hour.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import type { Content, FreshRecord } from './batch.ts'

export interface Told {
  readonly hash: string
  /** What is answered when it is told again. */
  readonly repeated: TakenIn
}

/** A reporter's key, unique among all sources. */
export const toldId = ({ source, key }: Pick<ReportedUsage, 'source' | 'key'>): string => `${source} ${key}`

export function contentOf({ subscriptionId, dimension, quantity: exact, consumedFrom: from, consumedAt: at }: ReportedUsage): Content {
  const quantity = printQuantity(exact)
  const consumedAt = at.toISOString()
  const consumedFrom = from === at ? consumedAt : from.toISOString()
  const told = `${subscriptionId}\n${dimension ?? ''}\n${quantity}\n${consumedFrom}\n${consumedAt}`
  return { quantity, consumedFrom, consumedAt, hash: hash('sha256', told) }
}

/** Of many: in pieces, so that whoever waits for the process waits for a few hundred only. */
export async function contentsOf(records: readonly ReportedUsage[]): Promise<readonly Content[]> {
  const contents: Content[] = []
  for (const record of records) {
    contents.push(contentOf(record))
    if (contents.length % AT_A_TIME === 0) await setImmediate()
  }
  return contents
}

const AT_A_TIME = 500

export function repeatedAs(outcome: FreshRecord['outcome']): TakenIn {
  if (outcome.outcome === 'placed') return { outcome: 'repeated', was: 'placed', hour: outcome.hour }
  return { outcome: 'repeated', was: outcome.outcome }
}

interface ToldRow {
  readonly key: string
  readonly content_hash: Buffer
  readonly state: 'placed' | 'held' | 'rejected' | 'covered'
  readonly slot_hour: Date | null
}

/**
 * Of these records those the ledger has, by `toldId`. Each key is looked up by itself (`limit 1` keeps it so): for some thousand keys at once the
 * planner would rather read the whole ledger, as soon as that is large.
 */
export async function readTold(tx: Tx, tenantId: TenantId, records: readonly ReportedUsage[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>()
  for (const source of new Set(records.map((one) => one.source))) {
    const keys = records.filter((one) => one.source === source).map(({ key }) => key)
    const { rows } = await sql<ToldRow>`
      select record.key, record.content_hash, record.state, record.slot_hour
      from unnest(${keys}::text[]) as told (key)
      cross join lateral (
        select key, content_hash, state, slot_hour from usage_records
        where tenant_id = ${tenantId} and source = ${source} and key = told.key limit 1
      ) as record`.execute(tx)
    for (const { key, content_hash, state, slot_hour } of rows) {
      const hour = slot_hour === null ? {} : { hour: hourOf(slot_hour) }
      told.set(toldId({ source, key }), { hash: content_hash.toString('hex'), repeated: { outcome: 'repeated', was: state, ...hour } })
    }
  }
  return told
}
