/** What proves usage: the export, the daily comparison with Microsoft, money at risk, and the results for outside. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCsv } from '../../src/kit/csv.ts'
import { days, hours, minutes } from '../../src/kit/time.ts'
import { type Door, OTHER, openDoor } from '../api/door.ts'
import { terminal } from '../helpers/at-terminal.ts'
import type { Bought } from '../helpers/world.ts'
import { event, report } from './metered-world.ts'
import { onPlatform, SUITE } from './platform.ts'

let door: Door
let key: string
const folder = mkdtempSync(join(tmpdir(), 'proof-'))
beforeAll(async () => {
  door = await openDoor()
  key = await door.keyOf(['read', 'operate'])
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await door.world.stop()
})

const bridge = (...args: readonly string[]) => terminal(door.world)('usage', ...args)
const used = (bought: Bought, quantity: string, dimension = 'storage', id?: string) => ({
  ...event(bought, quantity, door.world.clock.now(), dimension, id),
  productId: SUITE,
})
const items = ({ body }: { readonly body: Record<string, unknown> }) => body['items'] as readonly Record<string, unknown>[]

test('an auditor follows a record to its hour, its shares and Microsoft’s event, and back', async () => {
  const bought = await onPlatform(door.world)
  await report(door.world, used(bought, '990', 'api-calls', '=cmd'), used(bought, '20.5', 'api-calls', 'second'))
  await door.world.pass(hours(2) + minutes(10))
  const { out } = await bridge('export', '--tenant', 'larkspur', '--subscription', bought.key.subscriptionId, '--json')
  const { records } = JSON.parse(out)
  const slot = {
    ...{
      state: 'accepted',
      records: 2,
      reported: '1010.5',
      sealedQuantity: '10.5',
      acceptedQuantity: '10.5',
      usageEventId: expect.any(String),
    },
    shares: [{ plan: 'platform', kind: 'term', included: '1000', consumed: '1010.5', sealed: '10.5', termStart: expect.any(String) }],
  }
  expect(records).toMatchObject([
    { source: 'api', key: '=cmd', quantity: '990', environment: 'production', slot },
    { source: 'api', key: 'second', quantity: '20.5', slot },
  ])
  const file = join(folder, 'all.csv')
  expect((await bridge('export', '--tenant', 'larkspur', '--out', file)).code).toBe(0)
  const rows: (readonly string[])[] = []
  for await (const { cells } of readCsv([readFileSync(file, 'utf8')])) rows.push(cells)
  expect(new Set(rows.map((cells) => cells.length)).size).toBe(1)
  expect(rows.map((cells) => cells.at(-1))).toEqual(['purchase', ...rows.slice(1).map(() => 'production')])
  expect(rows.find((cells) => cells.some((cell) => cell.endsWith('=cmd')))).toContain("'=cmd")
  const none = await door.call(key, 'GET', '/usage/export?to=2001-01-01T00:00:00Z')
  expect(none.body).toEqual({ records: [] })
  expect((await door.call(await door.keyOf(['read'], OTHER), 'GET', '/usage/export')).body).toEqual({ records: [] })
})

test('every morning our sums are compared with Microsoft’s; what agrees is kept, what does not asks for attention', async () => {
  const bought = await onPlatform(door.world)
  const other = await onPlatform(door.world)
  await report(door.world, used(bought, '2'), used(other, '3'))
  await door.world.pass(hours(2) + minutes(10))
  const { database } = door.world
  // Somebody else's usage: Microsoft has it, the ledger of this bridge does not.
  await database.pool.query('delete from usage_slot_shares where subscription_id = $1', [other.key.subscriptionId])
  await database.pool.query('delete from usage_slots where subscription_id = $1', [other.key.subscriptionId])
  await door.world.pass(days(1))
  await door.world.pass(days(1))
  const compared = JSON.parse((await bridge('read-back', '--json')).out) as readonly Record<string, unknown>[]
  const of = ({ key: { subscriptionId } }: Bought) => compared.filter((one) => one['subscriptionId'] === subscriptionId)
  expect(of(bought)).toMatchObject([{ ours: '2', submitted: '2', standing: expect.stringMatching(/agrees|processing/) }])
  expect(of(other)).toMatchObject([{ ours: '0', submitted: '3', standing: 'more' }])
  const told = items(await door.call(key, 'GET', '/attention?code=USAGE_READ_BACK'))
  expect(told.map(({ subject }) => subject)).toEqual([{ kind: 'subscription', id: other.key.subscriptionId }])
  expect(JSON.stringify(told)).toMatch(/ours 0, Microsoft took 3/)
  expect(items(await door.call(key, 'GET', '/usage/read-back')).length).toBe(compared.length)
})

test('what is not accepted grows more pressing at 6, 12 and 20 hours, with its price, and goes by itself', async () => {
  const bought = await onPlatform(door.world)
  await report(door.world, used(bought, '10'))
  await bridge('stop', 'larkspur', '--yes')
  const ages: unknown[] = []
  for (let hour = 0; hour < 22; hour++) {
    await door.world.pass(hours(1))
    const [item] = items(await door.call(key, 'GET', '/attention?code=USAGE_AT_RISK'))
    const facts = item?.['facts'] as Record<string, unknown> | undefined
    if (facts && ages.at(-1) !== facts['olderThanHours']) ages.push(facts['olderThanHours'])
    if (facts) expect(facts['atRisk']).toEqual(['1.5 USD'])
  }
  expect(ages).toEqual([6, 12, 20])
  expect((await bridge('risk')).out).toContain('larkspur: 1.5 USD not accepted yet.')
  expect((await door.call(key, 'GET', '/usage/risk')).body).toMatchObject({ items: [{ quantity: '10', amount: '1.5' }] })
  await bridge('resume', 'larkspur', '--yes')
  await door.world.rest()
  await door.world.pass(minutes(20)) // told until the next look, a quarter of an hour later
  expect(items(await door.call(key, 'GET', '/attention?code=USAGE_AT_RISK'))).toEqual([])
})

test('each result of an hour is told once for outside, in the order it came', async () => {
  const bought = await onPlatform(door.world)
  await report(door.world, used(bought, '1'))
  await door.world.pass(hours(2) + minutes(10))
  await report(door.world, used(bought, '4'))
  await bridge('stop', 'larkspur', '--yes')
  await door.world.pass(hours(26))
  await bridge('resume', 'larkspur', '--yes')
  await bridge('decide', 'write-off', bought.key.subscriptionId, '--yes')
  const { rows } = await door.world.database.pool.query(
    'select event, facts from usage_events_out where subscription_id = $1 order by id',
    [bought.key.subscriptionId],
  )
  expect(rows).toMatchObject([
    { event: 'accepted', facts: { quantity: '1.00000000', usageEventId: expect.any(String) } },
    { event: 'expired', facts: { because: 'window' } },
    { event: 'writtenOff', facts: { decidedBy: 'mara' } },
  ])
  await door.world.pass(days(91))
  await report(door.world, used(bought, '1'))
  await door.world.pass(hours(2) + minutes(10))
  await door.world.pass(days(1))
  const left = await door.world.database.pool.query("select from usage_events_out where event = 'writtenOff'")
  expect(left.rowCount).toBe(0)
})
