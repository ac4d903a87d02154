/** A vendor that reports usage in files, and what became of them in all three books. */
import type { Used } from '../../sandbox/connect/usage/world.ts'
import { usageFileId } from '../../src/kit/ids.ts'
import { printQuantity, quantityOf, sumQuantities } from '../../src/kit/quantity.ts'
import { type Instant, minutes } from '../../src/kit/time.ts'
import { defaultPolicies, type UsagePolicy } from '../../src/tenants/index.ts'
import { wakeUsageFiles } from '../../src/usage/index.ts'
import { assetOf } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { SIGNALS } from './metered-world.ts'

export const used = (world: World, bought: Bought, quantity: string, from: Instant, more: Partial<Used> = {}): Used => ({
  assetId: assetOf(world, bought).id,
  mpn: 'SIG-EVENTS-K',
  quantity,
  from,
  ...more,
})

/** @returns the file's id */
export const reportFile = (world: World, ...rows: readonly Used[]): string =>
  world.sandbox.worlds.connect.reportUsage({ productId: SIGNALS, used: rows }).id

/** The bridge looks for files now. */
export async function find(world: World): Promise<void> {
  await wakeUsageFiles(world.database.db, world.clock.now())
  await world.rest()
}

export async function setUsagePolicy(world: World, usage: Partial<UsagePolicy>): Promise<void> {
  const policies = { ...defaultPolicies, usage: { ...defaultPolicies.usage, ...usage } }
  await world.database.db
    .updateTable('products')
    .set({ policies: JSON.stringify(policies) })
    .where('tenant_id', '=', TENANT)
    .where('id', '=', SIGNALS)
    .execute()
}

export async function ours(world: World, fileId: string) {
  const { rows } = await world.database.pool.query('select * from usage_files where id = $1', [usageFileId.parse(fileId)])
  return rows[0]
}

export async function recordsOf(world: World, fileId: string) {
  const { rows } = await world.database.pool.query('select * from usage_file_records where file_id = $1 order by record_id', [fileId])
  return rows
}

export const connectFile = (world: World, fileId: string) => world.sandbox.worlds.connect.usageFile(fileId)
export const connectRecords = (world: World, fileId: string) => world.sandbox.worlds.connect.usageRecords(fileId)

export async function attentionOf(world: World, fileId: string): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query(
    "select code from attention_items where subject_kind = 'usageFile' and subject_id = $1 and ended_at is null order by code",
    [fileId],
  )
  return rows.map(({ code }) => code)
}

/** Time goes by, an hour and some minutes at a time, until Connect has the file closed. */
export async function untilClosed(world: World, fileId: string): Promise<void> {
  for (let hour = 0; hour < 40; hour++) {
    if (connectFile(world, fileId).status === 'closed') return world.rest()
    await world.pass(minutes(16))
  }
  throw new Error(
    `the file is never closed: ${JSON.stringify(await ours(world, fileId))} ${JSON.stringify(await recordsOf(world, fileId))}`,
  )
}

/** What each book says of a subscription's usage told in files: the ledger, Microsoft's bill, the records Connect has closed with its event ids. */
export async function books(world: World, { key }: Bought) {
  const { rows } = await world.database.pool.query(
    "select quantity, usage_event_id from usage_slots where subscription_id = $1 and state = 'accepted' order by hour, dimension",
    [key.subscriptionId],
  )
  const billed = world.sandbox.worlds.marketplace.billed(key.subscriptionId)
  const proven = new Set(
    world.sandbox.worlds.connect.usageFiles().flatMap((file) => connectRecords(world, file.id).map(({ billingId }) => billingId)),
  )
  const events = rows.map((row) => row.usage_event_id)
  return {
    ledger: printQuantity(sumQuantities(rows.map((row) => quantityOf(row.quantity)))),
    microsoft: printQuantity(sumQuantities(billed.map(({ quantity }) => quantityOf(quantity)))),
    /** Whether every event of Microsoft's is the proof of some closed record. */
    connect: events.every((id) => proven.has(id)),
  }
}
