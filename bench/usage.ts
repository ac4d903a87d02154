/** Usage: a million records into the hours they are billed in. */
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { compiled } from '../test/helpers/processes/compiled.ts'
import { startChild } from './child.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import type { IntakeDone, IntakeOrder } from './usage-intake.ts'
import { makeActive, NOW, newIds } from './usage-records.ts'

const RECORDS = Number(process.env['RECORDS'] ?? 1_000_000)
const SUBSCRIPTIONS = 500

export const usageBench: Bench = {
  name: 'usage',
  about: `${RECORDS.toLocaleString('en')} records into slots; baseline: a bare COPY of the same rows into a table with the same key, and one GROUP BY`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const subscriptions = newIds(SUBSCRIPTIONS)
  await makeActive(database.db, subscriptions, NOW)
  const order = { url: database.url, count: RECORDS, subscriptions, back: 20 }
  const baseline = await intake('bare COPY and GROUP BY', { ...order, way: 'bare' })
  await sql`checkpoint`.execute(database.db)
  return { baseline, measured: [await intake('records into the ledger', { ...order, way: 'ledger' })] }
}

/** In a process that runs compiled, as installed ones do: what compiling takes of memory is not the ledger's. */
async function intake(name: string, order: IntakeOrder): Promise<Measurement> {
  const child = startChild(compiled(join(import.meta.dirname, 'usage-intake.ts')))
  try {
    child.tell(order)
    const { took, memory } = await child.hear<IntakeDone>()
    return { name: `${name} (${Math.round(memory)} MB at most)`, unit: 'records', rate: (order.count * 1000) / took }
  } finally {
    await child.end()
  }
}
