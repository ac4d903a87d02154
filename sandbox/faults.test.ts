import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { standingClock } from '../src/kit/time.ts'
import { createFaults } from './faults.ts'
import { type Sandbox, startSandbox } from './start.ts'
import { type Api, apiOf } from './testing/publisher.ts'

test('a fault lets `skip` matching calls pass, strikes `times`, and is used up', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 12 }), (skip, times, calls) => {
      const faults = createFaults()
      faults.add({ world: 'marketplace', path: 'activate$', kind: 'status', skip, times })
      const struck = Array.from({ length: calls }, () => faults.strikeCall({ world: 'marketplace', method: 'POST', path: '/x/activate' }))
      const expected = Array.from({ length: calls }, (_, n) => n >= skip && n < skip + times)
      expect(struck.map((fault) => fault !== undefined)).toEqual(expected)
      expect(faults.list().length).toBe(calls >= skip + times ? 0 : 1)
    }),
  )
})

test('a fault strikes only its own world, method and path', () => {
  const faults = createFaults()
  faults.add({ world: 'marketplace', method: 'POST', path: '/activate$', kind: 'hang', times: 100 })
  const strike = (world: 'marketplace' | 'connect', method: string, path: string) => faults.strikeCall({ world, method, path })?.kind
  expect(strike('connect', 'POST', '/activate')).toBeUndefined()
  expect(strike('marketplace', 'GET', '/activate')).toBeUndefined()
  expect(strike('marketplace', 'POST', '/activate/more')).toBeUndefined()
  expect(strike('marketplace', 'POST', '/activate')).toBe('hang')
})

let sandbox: Sandbox
let api: Api
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, clock: standingClock('2030-01-01T00:00:00Z') })
  api = await apiOf(sandbox)
})
afterEach(() => sandbox.worlds.faults.clear())
afterAll(() => sandbox.stop())

const bought = (): string => sandbox.worlds.marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' }).subscriptionId
const isActivating = (id: string): boolean => sandbox.worlds.marketplace.subscription(id)?.activating ?? false

test('`status` answers without the effect, with Retry-After when told', async () => {
  const id = bought()
  sandbox.worlds.faults.add({ world: 'marketplace', path: 'activate', kind: 'status', status: 429, retryAfter: 3 })
  const { status, headers } = await api.call('POST', `/${id}/activate`)
  expect([status, headers.get('retry-after'), isActivating(id)]).toEqual([429, '3', false])
})

test('`statusAfterEffect` answers 500 although it happened', async () => {
  const id = bought()
  sandbox.worlds.faults.add({ world: 'marketplace', path: 'activate', kind: 'statusAfterEffect' })
  const { status, json } = await api.call('POST', `/${id}/activate`)
  expect([status, isActivating(id)]).toEqual([500, true])
  expect(json).toMatchObject({ error: { code: 'UnexpectedError' } })
})

test('`hang` loses the call, `hangAfterEffect` loses only the answer', async () => {
  const [lost, done] = [bought(), bought()]
  sandbox.worlds.faults.add({ world: 'marketplace', path: 'activate', kind: 'hang' })
  await expect(api.call('POST', `/${lost}/activate`)).rejects.toThrow()
  sandbox.worlds.faults.add({ world: 'marketplace', path: 'activate', kind: 'hangAfterEffect' })
  await expect(api.call('POST', `/${done}/activate`)).rejects.toThrow()
  expect([isActivating(lost), isActivating(done)]).toEqual([false, true])
})

test('`lateEffect` loses the call, which has its effect so much later all the same', async () => {
  const id = bought()
  sandbox.worlds.faults.add({ world: 'marketplace', path: 'activate', kind: 'lateEffect', delay: 5_000 })
  await expect(api.call('POST', `/${id}/activate`)).rejects.toThrow()
  expect(isActivating(id)).toBe(false)
  sandbox.clock.moveBy(5_000)
  await sandbox.settled()
  expect(isActivating(id) || sandbox.worlds.marketplace.subscription(id)?.status === 'Subscribed').toBe(true)
})

test('the script is written, read and cleared over HTTP, and nonsense is refused with the reason', async () => {
  const url = `${sandbox.url}/_sandbox/faults`
  const post = (body: unknown) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect((await post({ world: 'connect', kind: 'delay', delay: 5 })).status).toBe(201)
  expect(await (await fetch(url)).json()).toMatchObject({ faults: [{ world: 'connect', kind: 'delay', delay: 5, times: 1 }] })
  const refused = await post({ world: 'marketplace', kind: 'status', path: '(' })
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('regular expression')])
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204)
  expect(sandbox.worlds.faults.list()).toEqual([])
})
