/** Decisions over many hours, and what looks at a large ledger: bounded, and safe to repeat. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAttention } from '../../src/attention/index.ts'
import { inTransaction, type Tx } from '../../src/database/index.ts'
import { listWork } from '../../src/database/work/index.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { days, hours, minutes, plus } from '../../src/kit/time.ts'
import { resolution, usageDecision } from '../../src/operator/index.ts'
import { decideSlots, listSlots, policiesOf, readRisk, stopSending } from '../../src/usage/index.ts'
import { nextRiskAt } from '../../src/usage/risk/risk.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

let world: World
let bought: Bought
beforeAll(async () => {
  world = await createNotifiedWorld()
  bought = await metered(world)
})
afterAll(() => world.stop())

const db = () => world.database.db
const one = async (query: string): Promise<unknown> => (await world.database.pool.query(query)).rows[0]

/** Of slots, by this connection. */
async function rowsRead(tx: Tx): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables where relname = 'usage_slots'`.execute(tx)
  return rows[0]?.rows ?? 0
}

/** Hours of one each, the youngest two days old, that were sealed and expired. */
async function expiredHours(count: number, before = 48): Promise<void> {
  const { pool } = world.database
  const { subscriptionId } = bought.key
  await pool.query(
    `update subscription_phases set from_at = from_at - interval '60 days', term_start = from_at where subscription_id = $1`,
    [subscriptionId],
  )
  await pool.query(
    `insert into usage_slots (tenant_id, subscription_id, dimension, hour, product_id, offer_id, plan_id, state, because, records, reported,
       last_record_at, seal_at, quantity, carried, sealed_at, updated_at)
     select $1, $2, 'events', date_trunc('hour', $3::timestamptz, 'UTC') - make_interval(hours => $6::int + n), $4, 'larkspur-signals', 'metered',
       'expired', 'window', 1, 1, $3, $3, 1, 0, $3, $3 from generate_series(1, $5::int) as n`,
    [TENANT, subscriptionId, world.clock.now(), SIGNALS, count, before],
  )
}

test('hundreds of hours are decided in a few transactions; stopped on the way and said again, each is billed once', async () => {
  await expiredHours(450)
  const now = world.clock.now()
  const slots = await listSlots(db(), { tenantId: TENANT, states: ['expired'], limit: 1000 }, now)
  const policyOf = await policiesOf(db(), TENANT)
  let parts = 0
  const stops: typeof policyOf = (product) => {
    if (parts++ >= 1) throw new Error('the process is stopped')
    return policyOf(product)
  }
  const decision = { decision: 'billLater', slots: [...slots.slice(0, 3), ...slots], by: 'mara' } as const
  await expect(decideSlots(db(), { tenantId: TENANT, policyOf: stops, now }, decision)).rejects.toThrow('stopped')
  const count =
    "select count(*)::int as decided, count(distinct xmin::text)::int as transactions from usage_slots where state = 'billedLater'"
  expect(await one(count)).toEqual({ decided: 197, transactions: 1 })
  const again = await decideSlots(db(), { tenantId: TENANT, policyOf, now }, decision)
  expect(again.map(({ outcome }) => outcome).filter((outcome) => outcome === 'billedLater').length).toBe(253)
  expect(again[0]).toEqual({ outcome: 'refused', because: 'notWaiting' })
  expect(await one(count)).toEqual({ decided: 450, transactions: 3 })
  await world.pass(hours(2) + minutes(10))
  expect(world.sandbox.worlds.marketplace.billed(bought.key.subscriptionId)).toMatchObject([{ quantity: '450', events: 1 }])
})

test('an item’s decision over hundreds of hours, stopped at any point, leaves the item asking until all is decided, and then says who did it', async () => {
  await expiredHours(251, 600)
  const clock = world.clock
  const known = { tenantId: TENANT, policyOf: await policiesOf(db(), TENANT), now: clock.now() }
  const [first] = await listSlots(db(), { tenantId: TENANT, states: ['expired'] }, clock.now())
  if (!first) throw new Error('hours have expired')
  await decideSlots(db(), known, { decision: 'writeOff', slots: [first], by: 'mara' }) // so that the others are told
  const item = async () => (await listAttention(db(), { tenantId: TENANT, code: 'USAGE_EXPIRED' }, clock.now()))[0]
  const left = async () => (await listSlots(db(), { tenantId: TENANT, states: ['expired'], limit: 1000 }, clock.now())).length
  const told = await item()
  const ada = { via: 'commandLine', name: 'ada' } as const
  const stoppedAt = async (point: number): Promise<boolean> => {
    let readings = 0
    const now = () => {
      if (readings++ === point) throw new Crash('a reading of the clock')
      return clock.now()
    }
    const deps = { ...world.bridge.subscriptions, db: db(), clock: { now } }
    try {
      if (told) await (await resolution(deps, told, 'writeUsageOff', ada)).carryOut()
      return false
    } catch (error) {
      if (error instanceof Crash) return true
      throw error
    }
  }
  let point = 0
  while (await stoppedAt(point)) {
    point++
    expect((await item()) !== undefined).toBe((await left()) > 0)
  }
  expect([point > 3, await left(), await item()]).toEqual([true, 0, undefined])
  const { rows } = await world.database.pool.query('select state_by, resolution from attention_items where id = $1', [told?.id])
  expect(rows).toEqual([{ state_by: 'ada', resolution: 'writeUsageOff' }])
})

test('a preview says how many wait where they are more than are decided at once', async () => {
  await expiredHours(1_100, 900)
  const about = { tenantId: TENANT, subscriptionId: bought.key.subscriptionId }
  const deps = { ...world.bridge.subscriptions, db: db() }
  const preview = await usageDecision(deps, about, 'writeOff', { via: 'commandLine', name: 'ada' }).preview()
  expect(preview.possible && preview.effect[0]).toBe('1,100 hours wait, and the newest 1,000 are decided now. Say it again for the others.')
  await world.database.pool.query("delete from usage_slots where state = 'expired'")
})

test('money at risk is read without what is settled, however much that is', async () => {
  const now = world.clock.now()
  const insert = (state: string, count: number, age: number) =>
    world.database.pool.query(
      `insert into usage_slots (tenant_id, subscription_id, dimension, hour, product_id, offer_id, plan_id, state, records, reported, last_record_at,
         seal_at, quantity, carried, sealed_at, sends, accepted_quantity, updated_at)
       select $1, gen_random_uuid(), 'events', date_trunc('hour', $2::timestamptz, 'UTC') - make_interval(hours => $3 + n % 8), $4,
         'larkspur-signals', 'metered', $5, 1, 1, $2, $2, 1, 0, $2, 1, case when $5 = 'accepted' then 1 end, $2
       from generate_series(1, $6::int) as n`,
      [TENANT, now, age, SIGNALS, state, count],
    )
  await insert('accepted', 5000, 6)
  await insert('sent', 3, 7)
  await world.database.pool.query('analyze usage_slots')
  const read = await inTransaction(db(), async (tx) => {
    const before = await rowsRead(tx)
    expect((await readRisk(tx, TENANT, now, 6)).reduce((sum, { slots }) => sum + slots, 0)).toBe(3)
    expect(await nextRiskAt(tx, TENANT, now)).toEqual(plus(now, minutes(15)))
    return (await rowsRead(tx)) - before
  })
  expect(read).toBeLessThanOrEqual(10)
  await world.database.pool.query('delete from usage_slots where subscription_id not in (select id from subscriptions)')
})

test('sealing wakes the look at risk for when there may be some, not at once', async () => {
  await world.pass(days(1))
  const other = await metered(world)
  await report(world, event(other, '2', world.clock.now()))
  await stopSending(db(), TENANT, { productId: SIGNALS, by: 'mara', note: undefined }, world.clock.now())
  await world.pass(hours(2) + minutes(10))
  const [slot] = await slotsOf(world, other)
  expect(slot?.state).toBe('sealed')
  const risk = await listWork(db(), { key: TENANT })
  expect(risk.find(({ kind }) => kind === 'usage.risk')?.dueAt).toEqual(slot && plus(slot.hour, hours(6)))
})
