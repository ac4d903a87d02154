/** Who decided about usage and what they noted: kept with the hour, the record or the file, and shown wherever the decision is. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { days, hours, minutes, plus } from '../../src/kit/time.ts'
import { type Door, openDoor } from '../api/door.ts'
import { terminal } from '../helpers/at-terminal.ts'
import type { Bought } from '../helpers/world.ts'
import { connectFile, find, used } from './files-world.ts'
import { event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'
import { onPlatform, SUITE } from './platform.ts'

let door: Door
let key: string
let bought: Bought
beforeAll(async () => {
  door = await openDoor()
  key = await door.keyOf(['read', 'operate'])
})
beforeEach(async () => {
  bought = await onPlatform(door.world)
})
afterAll(() => door.world.stop())

const bridge = (...args: readonly string[]) => terminal(door.world)('usage', ...args)
const id = () => bought.key.subscriptionId
const told = (quantity: string, at = door.world.clock.now()) => ({ ...event(bought, quantity, at, 'storage'), productId: SUITE })
const traced = async () => JSON.parse((await bridge('export', '--tenant', 'larkspur', '--subscription', id(), '--json')).out).records
const timeline = async () =>
  ((await door.call(key, 'GET', `/subscriptions/${id()}`)).body['timeline'] as readonly { event: string; sentence: string }[])
    .filter((one) => one.event.startsWith('usage.'))
    .map(({ sentence }) => sentence)

async function expired(quantity: string): Promise<void> {
  await report(door.world, told(quantity))
  await bridge('stop', 'larkspur', '--product', SUITE, '--yes')
  await door.world.pass(hours(26))
  await bridge('resume', 'larkspur', '--product', SUITE, '--yes')
}

/** Too late for its own hour, of a product whose policy is to ask. */
async function held(quantity: string): Promise<void> {
  const { pool } = door.world.database
  await door.world.pass(days(2))
  await pool.query(`update products set policies = jsonb_set(policies, '{usage,late}', '"hold"') where id = $1`, [SUITE])
  await report(door.world, told(quantity, plus(door.world.clock.now(), -hours(30))))
  await pool.query(`update products set policies = jsonb_set(policies, '{usage,late}', '"currentHour"') where id = $1`, [SUITE])
}

async function resolve(code: string, action: string, note: string): Promise<void> {
  const { body } = await door.call(key, 'GET', `/attention?code=${code}&subjectId=${id()}`)
  const [item] = body['items'] as readonly { id: string }[]
  expect((await door.call(key, 'POST', `/attention/${item?.id}/resolve`, { action, note })).status).toBe(200)
  expect((await door.call(key, 'GET', `/attention/${item?.id}`)).body).toMatchObject({ state: 'resolved', resolution: action, note })
  await door.world.rest()
}

test('the note of a decision about an hour is kept with who decided, and shown by command, export, API and timeline', async () => {
  await expired('3')
  const note = 'agreed with the buyer: “our outage”'
  expect((await bridge('decide', 'write-off', id(), '--yes', '--as', 'Mara', '--note', note)).code).toBe(0)
  expect((await bridge('show', id())).out).toMatch(/Decided by operators:\n.*storage, hour .*: writtenOff, by Mara: “agreed with the buyer/)
  expect(await traced()).toMatchObject([{ decidedBy: null, slot: { decidedBy: 'Mara', decidedNote: note, decidedAt: expect.any(String) } }])
  const csv = (await bridge('export', '--tenant', 'larkspur', '--subscription', id())).out.split('\r\n')
  expect(csv[0]).toMatch(/,decided by,decided at \(UTC\),note,purchase$/)
  expect(csv[1]).toMatch(/,Mara,[^,]+,agreed with the buyer/)
  const slots = await door.call(key, 'GET', `/usage/slots?subscriptionId=${id()}`)
  expect(slots.body).toMatchObject({ items: [{ state: 'writtenOff', decidedBy: 'Mara', decidedNote: note }] })
  expect(await timeline()).toEqual([`Mara wrote usage off: 3 of storage, saying: ${note}.`])
})

test('what an operator adds keeps who did and why, from the terminal and over HTTP; said twice the first counts', async () => {
  const at = door.world.clock.now().toISOString()
  const add = (note: string) => bridge('add', id(), 'storage', '2', '--at', at, '--key', 'one-off', '--note', note, '--yes')
  expect((await add('set-up fee')).code).toBe(0)
  await add('again')
  const body = { dimension: 'storage', quantity: '1', key: 'two', note: 'migration' }
  expect((await door.call(key, 'POST', `/subscriptions/${id()}/usage/events`, body)).status).toBe(200)
  expect((await bridge('show', id())).out).toMatch(/storage: 2 added \(one-off\), by mara: “set-up fee”/)
  expect(await traced()).toMatchObject([
    { source: 'manual', decidedBy: 'mara', decidedNote: 'set-up fee' },
    { source: 'manual', decidedBy: 'API key nightly', decidedNote: 'migration' },
  ])
  const usage = await door.call(key, 'GET', `/subscriptions/${id()}/usage`)
  expect(usage.body).toMatchObject({
    decided: [
      { key: 'two', decision: 'added' },
      { key: 'one-off', note: 'set-up fee' },
    ],
  })
  expect(await timeline()).toEqual([
    'mara added usage: 2 of storage, saying: set-up fee.',
    'API key nightly added usage: 1 of storage, saying: migration.',
  ])
})

test.each([
  ['releaseUsage', 'released', 'let held usage go into the next hour', ['4']],
  ['dropUsage', 'dropped', 'dropped held usage', []],
] as const)('an attention item’s `%s` is carried out, its note kept with each record', async (action, decision, words, billed) => {
  await held('4')
  await resolve('USAGE_HELD', action, 'the vendor was late')
  const usage = await door.call(key, 'GET', `/subscriptions/${id()}/usage`)
  expect(usage.body).toMatchObject({ held: [], decided: [{ decision, by: 'API key nightly', note: 'the vendor was late', quantity: '4' }] })
  expect(await traced()).toMatchObject([{ because: decision, decidedBy: 'API key nightly', decidedNote: 'the vendor was late' }])
  expect(await timeline()).toEqual([`API key nightly ${words}: 4 of storage, saying: the vendor was late.`])
  await door.world.pass(hours(2) + minutes(10))
  expect(door.world.sandbox.worlds.marketplace.billed(id()).map(({ quantity }) => quantity)).toEqual(billed)
})

test('an attention item’s `sendUsageAgain` sends the hour again, once', async () => {
  door.world.sandbox.worlds.faults.add({ world: 'usage', kind: 'verdict', status: 'InvalidDimension', times: 1 })
  await report(door.world, told('2'))
  await door.world.pass(hours(2) + minutes(10))
  expect((await slotsOf(door.world, bought)).map(({ state }) => state)).toEqual(['refused'])
  await resolve('USAGE_REFUSED', 'sendUsageAgain', 'the dimension is there now')
  expect((await slotsOf(door.world, bought)).map(({ state }) => state)).toEqual(['accepted'])
  expect(door.world.sandbox.worlds.marketplace.billed(id())).toMatchObject([{ quantity: '2', events: 1 }])
  expect(await timeline()).toEqual(['API key nightly had usage sent to Microsoft again: 2 of storage, saying: the dimension is there now.'])
})

test('who judged the held records of a file again, and who closed them without a bill, is kept and shown', async () => {
  const { connect } = door.world.sandbox.worlds
  connect.options.usageAcceptance = 'automatic'
  const signals = await metered(door.world)
  const soon = plus(door.world.clock.now(), days(9))
  const file = connect.reportUsage({ productId: SIGNALS, used: [used(door.world, signals, '7', soon)] }).id
  await find(door.world)
  connect.options.usageAcceptance = 'manual'
  expect((await bridge('file', 'judge', file, '--as', 'Nobody')).code).toBe(3)
  expect((await bridge('file', 'judge', file, '--note', 'clock was wrong', '--yes')).code).toBe(0)
  await door.world.rest()
  expect((await bridge('file', 'close-unbilled', file, '--as', 'Ivo', '--yes')).code).toBe(0)
  await door.world.pass(minutes(1))
  expect(connectFile(door.world, file).status).toBe('closed')
  const { out } = await bridge('file', 'show', file)
  expect(out).toMatch(/1 records judged again by mara, saying: clock was wrong\n.*1 records closed without a bill by Ivo/)
  expect(out).not.toContain('Nobody')
  expect(JSON.parse((await bridge('file', 'show', file, '--json')).out).acts).toMatchObject([
    { act: 'judgedAgain', by: 'mara', note: 'clock was wrong', records: 1 },
    { act: 'closedUnbilled', by: 'Ivo', records: 1 },
  ])
})
