/**
 * Puts so many records into the database it is told, in a process of its own: by a bare COPY and one GROUP BY, or through the ledger. Says
 * how long it took and how much memory the process had at most.
 */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openDatabase } from '../src/database/index.ts'
import type { SubscriptionId } from '../src/kit/ids.ts'
import { silentLog } from '../src/kit/log.ts'
import { printQuantity } from '../src/kit/quantity.ts'
import type { Milliseconds } from '../src/kit/time.ts'
import { MOST_AT_ONCE, policiesOf, type ReportedUsage, takeIn } from '../src/usage/index.ts'
import { NOW, records, TENANT } from './usage-records.ts'

export interface IntakeOrder {
  readonly url: string
  readonly way: 'bare' | 'ledger'
  readonly count: number
  readonly subscriptions: readonly SubscriptionId[]
  /** Over so many hours. */
  readonly back: number
}

export interface IntakeDone {
  readonly took: Milliseconds
  /** At most, in MB. */
  readonly memory: number
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as IntakeOrder
  const begun = performance.now()
  await (order.way === 'bare' ? bare(order) : ledger(order))
  const took = performance.now() - begun
  console.log(JSON.stringify({ took, memory: process.resourceUsage().maxRSS / 1024 } satisfies IntakeDone))
}

async function bare({ url, count, subscriptions, back }: IntakeOrder): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`create table bare_usage (tenant_id text, source text, key text, product_id text, subscription_id uuid, dimension text,
      quantity numeric, consumed_from timestamptz, consumed_at timestamptz, primary key (tenant_id, source, key))`)
    await pipeline(Readable.from(lines(records(count, subscriptions, NOW, back))), client.query(copyFrom('copy bare_usage from stdin')))
    await client.query(`create table bare_slots as select subscription_id, dimension, date_trunc('hour', consumed_at) as hour, count(*), sum(quantity)
      from bare_usage group by 1, 2, 3`)
  } finally {
    await client.end()
  }
}

/** In pieces of some thousand rows. */
function* lines(all: Iterable<ReportedUsage>): Generator<string> {
  let piece: string[] = []
  for (const { source, key, productId, subscriptionId, dimension, quantity, consumedFrom, consumedAt } of all) {
    const [from, at] = [consumedFrom.toISOString(), consumedAt.toISOString()]
    piece.push([TENANT, source, key, productId, subscriptionId, dimension, printQuantity(quantity), from, at].join('\t'), '\n')
    if (piece.length < 4_000) continue
    yield piece.join('')
    piece = []
  }
  yield piece.join('')
}

async function ledger({ url, count, subscriptions, back }: IntakeOrder): Promise<void> {
  const database = openDatabase({ url, log: silentLog })
  try {
    const policyOf = await policiesOf(database.db, TENANT)
    const all = records(count, subscriptions, NOW, back)
    const takeParts = async () => {
      for (let part = await nextPart(all); part.length > 0; part = await nextPart(all))
        await takeIn(database.db, { tenantId: TENANT, policyOf, now: NOW }, part)
    }
    await Promise.all([takeParts(), takeParts()]) // one is made ready while the other is written
  } finally {
    await database.close()
  }
}

/** In pieces, so that the part being written gets its turns. */
async function nextPart(all: Iterator<ReportedUsage>): Promise<readonly ReportedUsage[]> {
  const part: ReportedUsage[] = []
  while (part.length < MOST_AT_ONCE) {
    const { value, done } = all.next()
    if (done) break
    part.push(value)
    if (part.length % 500 === 0) await setImmediate()
  }
  return part
}
