/** Usage from applications: at the API's door and from a file, up to Microsoft's bill. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import { type Door, OTHER, openDoor } from '../api/door.ts'
import { terminal } from '../helpers/at-terminal.ts'
import type { Bought } from '../helpers/world.ts'
import { slotsOf } from './metered-world.ts'
import { onPlatform } from './platform.ts'

let door: Door
let key: string
let bought: Bought
const folder = mkdtempSync(join(tmpdir(), 'usage-'))
beforeAll(async () => {
  door = await openDoor()
  key = await door.keyOf(['usage'])
  bought = await onPlatform(door.world)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await door.world.stop()
})

let n = 0
const event = (more: Record<string, unknown> = {}) => ({
  key: `call-${n++}`,
  subscriptionId: bought.key.subscriptionId,
  dimension: 'api-calls',
  quantity: 1,
  consumedAt: door.world.clock.now().toISOString(),
  ...more,
})

interface Answer {
  readonly outcome: string
  readonly code?: string
  readonly repeated?: boolean
  readonly hour?: string
  readonly todo?: string
}

async function send(events: readonly unknown[], more = {}) {
  const { status, body } = await door.call(key, 'POST', '/usage', { events, ...more })
  return { status, counts: body['counts'], results: body['results'] as readonly Answer[] }
}

describe('each event', () => {
  test('is answered in the order given, with its hour; a bad one holds up no other', async () => {
    const told = [event({ quantity: '0.1' }), event({ dimension: 'seats' }), event({ quantity: 2 }), { nonsense: true }]
    const { status, counts, results } = await send(told)
    expect(status).toBe(207)
    expect(counts).toEqual({ taken: 2, repeated: 0, conflicts: 0, refused: 2 })
    expect(results.map(({ outcome, code }) => code ?? outcome)).toEqual([
      'placed',
      'ERR_USAGE_UNKNOWN_DIMENSION',
      'placed',
      'ERR_USAGE_EVENT_INVALID',
    ])
    const hour = `${door.world.clock.now().toISOString().slice(0, 13)}:00:00.000Z`
    expect(results[0]).toMatchObject({ hour, repeated: false })
  })

  test('sent again is answered as the first time and counts once; with other content it is a conflict', async () => {
    const first = event({ quantity: 5 })
    const before = await reported()
    const { status, results } = await send([first])
    const again = await send([first, { ...first, quantity: '5.0' }, { ...first, quantity: 6 }])
    expect([status, again.status]).toEqual([200, 207])
    expect(again.results.slice(0, 2)).toEqual([0, 1].map(() => ({ ...results[0], repeated: true })))
    expect(again.results[2]).toMatchObject({ outcome: 'conflict', code: 'ERR_USAGE_KEY_CONFLICT', todo: expect.any(String) })
    expect((await reported()) - before).toBe(5)
  })

  test('of a dry run is answered alike, and nothing is kept', async () => {
    const before = await reported()
    const one = event({ quantity: 7 })
    const { results } = await send([one, one, event({ dimension: 'storage' })], { dryRun: true })
    expect(results.map(({ outcome, repeated, code }) => code ?? `${outcome} ${repeated}`)).toEqual([
      'placed false',
      'placed true',
      'ERR_USAGE_OTHER_SOURCE',
    ])
    expect(await reported()).toBe(before)
    expect((await send([one])).results[0]).toMatchObject({ outcome: 'placed', repeated: false })
  })

  test.each([
    ['a dimension told in Connect’s usage files', { dimension: 'storage' }, 'ERR_USAGE_OTHER_SOURCE'],
    ['an unknown subscription', { subscriptionId: randomUUID() }, 'ERR_USAGE_UNKNOWN_SUBSCRIPTION'],
    ['less than nothing', { quantity: -1 }, 'ERR_USAGE_EVENT_INVALID'],
    ['nine decimals', { quantity: '0.123456789' }, 'ERR_USAGE_EVENT_INVALID'],
    ['a number a double may have changed', { quantity: 1234567890.1234567 }, 'ERR_USAGE_EVENT_INVALID'],
    ['no number', { quantity: 'many' }, 'ERR_USAGE_EVENT_INVALID'],
    ['a day that is none', { consumedAt: '2026-02-30T00:00:00Z' }, 'ERR_USAGE_EVENT_INVALID'],
    ['a date without a time', { consumedAt: '2026-02-03' }, 'ERR_USAGE_EVENT_INVALID'],
    ['the time before activation', { consumedAt: '2001-01-01T00:00:00Z' }, 'ERR_USAGE_NOT_ACTIVE'],
    ['the future', { consumedAt: '2099-01-01T00:00:00Z' }, 'ERR_USAGE_IN_FUTURE'],
    ['a field too many', { price: 3 }, 'ERR_USAGE_EVENT_INVALID'],
  ])('of %s is refused with what to do', async (_, more, code) => {
    expect((await send([event(more)])).results[0]).toMatchObject({ outcome: 'refused', code, todo: expect.any(String) })
  })

  test('of another tenant’s subscription is answered exactly like one of nobody’s', async () => {
    const stranger = await door.keyOf(['usage'], OTHER)
    const told = event()
    const answer = async (subscriptionId: string) =>
      (await door.call(stranger, 'POST', '/usage', { events: [{ ...told, subscriptionId }] })).body['results']
    expect(await answer(told.subscriptionId)).toEqual(await answer(randomUUID()))
  })

  test('may be written with an offset, or without a zone in UTC', async () => {
    const at = door.world.clock.now().toISOString().slice(0, 19)
    const east = `${plus(door.world.clock.now(), hours(2)).toISOString().slice(0, 19)}+02:00`
    const { results } = await send([event({ consumedAt: at }), event({ consumedAt: east }), event({ consumedAt: at.replace('T', ' ') })])
    expect(new Set(results.map(({ hour }) => hour)).size).toBe(1)
  })
})

test('a request that is wrong as a whole is a problem, and takes nothing in', async () => {
  for (const body of [{}, { events: [] }, { events: Array.from({ length: 1001 }, () => event()) }, { events: [event()], fast: true }])
    expect(await door.call(key, 'POST', '/usage', body)).toMatchObject({ status: 400, body: { code: 'ERR_BAD_INPUT' } })
  const most = Array.from({ length: 1000 }, (_, at) => event({ key: `${'k'.repeat(190)}-${at}` }))
  expect((await send(most, { dryRun: true })).counts).toMatchObject({ taken: 1000 })
  expect(await door.call(await door.keyOf(['read', 'operate']), 'POST', '/usage', { events: [event()] })).toMatchObject({ status: 403 })
})

test('what the application told is on Microsoft’s bill, beyond what the plan includes', async () => {
  await send([event({ quantity: '1000.5', key: 'beyond' })])
  await door.world.pass(hours(2) + minutes(10))
  const total = await reported()
  const billed = door.world.sandbox.worlds.marketplace.billed(bought.key.subscriptionId)
  expect(billed.map(({ dimension, quantity }) => [dimension, Number(quantity)])).toEqual([['api-calls', Number((total - 1000).toFixed(8))]])
})

describe('a file', () => {
  const importOf = async (lines: readonly string[], ...options: readonly string[]) => {
    const file = join(folder, `${n++}.csv`)
    writeFileSync(file, ['key,subscriptionId,dimension,quantity,consumedAt', ...lines].join('\n'))
    return terminal(door.world)('usage', 'import', file, '--tenant', 'larkspur', ...options)
  }
  const line = (more: Record<string, unknown> = {}) => Object.values(event(more)).join(',')

  test('is taken in once however often it is run, and a broken run is simply run again', async () => {
    const lines = Array.from({ length: 2500 }, () => line({ quantity: 2 }))
    const before = await reported()
    expect(await importOf(lines.slice(0, 1200))).toMatchObject({ code: 0, out: expect.stringContaining('1200 taken in') })
    expect(await importOf(lines)).toMatchObject({ code: 0, out: expect.stringContaining('1300 taken in') })
    expect((await importOf(lines)).out).toContain('0 taken in, 0 held for an operator, 2500 known before, 0 refused')
    expect((await reported()) - before).toBe(5000)
  })

  test('with bad lines names each by its line, takes in the others, and ends with 1', async () => {
    const { code, out } = await importOf([line(), line({ quantity: 'many' }), '', line({ dimension: 'storage' })], '--json')
    const { taken, refused } = JSON.parse(out)
    expect([code, taken]).toEqual([1, 1])
    expect(refused).toMatchObject([
      { line: 3, code: 'ERR_USAGE_EVENT_INVALID' },
      { line: 5, code: 'ERR_USAGE_OTHER_SOURCE' },
    ])
  })

  test('without the columns, or that is not there, is refused as a whole', async () => {
    const file = join(folder, 'other.csv')
    writeFileSync(file, 'a,b\n1,2\n')
    const run = terminal(door.world)
    expect(await run('usage', 'import', file, '--tenant', 'larkspur')).toMatchObject({
      code: 1,
      err: expect.stringContaining('missing: key'),
    })
    expect(await run('usage', 'import', join(folder, 'none.csv'), '--tenant', 'larkspur')).toMatchObject({ code: 2 })
    expect(await run('usage', 'import', file, '--tenant', 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('ERR_TENANT') })
  })
})

const reported = async (): Promise<number> => (await slotsOf(door.world, bought)).reduce((sum, slot) => sum + Number(slot.reported), 0)
