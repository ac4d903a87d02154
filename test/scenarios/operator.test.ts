/** What an operator does about what no rule could settle, at a terminal: told first, done on a yes, and kept in the timeline. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { assetId } from '../../src/kit/ids.ts'
import { days, hours } from '../../src/kit/time.ts'
import type { ItemView } from '../../src/operator/index.ts'
import { readTimeline, wakeNow } from '../../src/subscriptions/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { activated, assetOf, atMicrosoft, createNotifiedWorld, itemsOf, PROJECTS, settledAgain } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'

const ITEM = 'PRD-417-220-902-0002'

let world: World
let bought: Bought
beforeAll(async () => {
  world = await createNotifiedWorld()
})
beforeEach(async () => {
  world.sandbox.worlds.faults.clear()
  bought = await activated(world)
})
afterAll(() => world.stop())

const bridge = (...args: readonly string[]) => terminal(world)(...args)
const market = () => world.sandbox.worlds.marketplace
const vendor = (mode: Parameters<World['sandbox']['worlds']['connect']['setMode']>[1]) =>
  world.sandbox.worlds.connect.setMode(PROJECTS, mode)
const items = async (...args: readonly string[]): Promise<readonly ItemView[]> =>
  JSON.parse((await bridge('attention', 'list', '--json', '--subject', bought.key.subscriptionId, ...args)).out)
const asks = async () => (await world.read(bought.key)).openAttention.some(({ state }) => state !== 'resolved')
const changesAsked = () => world.sandbox.worlds.connect.requests({ assetId: assetOf(world, bought).id, type: 'change' }).length
const sentences = async () => (await bridge('subscription', 'show', bought.key.subscriptionId)).out

/** The vendor fails a change to 40 seats: Microsoft has 40, the vendor delivers 30. */
async function failedChange(): Promise<ItemView> {
  vendor({ kind: 'fail', reason: 'No more workspaces' })
  granted(market().changeQuantity(bought.key.subscriptionId, 40))
  await world.until('attention', asks)
  const [item] = await items()
  if (!item) throw new Error('it asks for attention')
  expect(item).toMatchObject({ code: 'VENDOR_DID_NOT_CHANGE', state: 'open', facts: { reason: 'No more workspaces' } })
  return item
}

describe('a change the vendor did not make', () => {
  test('is tried again on an operator’s word, at once, and then is gone', async () => {
    const { id } = await failedChange()
    vendor({ kind: 'automatic' })
    await world.pass(hours(1))
    expect(changesAsked()).toBe(1)
    expect(await bridge('attention', 'resolve', id, '--action', 'retry', '--yes', '--note', 'vendor has made room')).toMatchObject({
      code: 0,
    })
    await world.rest()
    await settledAgain(world, bought)
    expect([itemsOf(world, bought), changesAsked()]).toEqual([{ [ITEM]: 40 }, 2])
    expect(await items()).toEqual([])
    expect(await sentences()).toMatch(
      /operator +mara chose “Retry now” for: The vendor did not make the change .*saying: vendor has made room/,
    )
  })

  test('that fails again comes back', async () => {
    const { id } = await failedChange()
    await bridge('attention', 'resolve', id, '--action', 'retry', '--yes')
    expect(await items()).toEqual([])
    await world.until('attention again', asks)
    expect(changesAsked()).toBe(2)
  })

  test('is left as it is until Microsoft’s seats change', async () => {
    const { id } = await failedChange()
    const preview = await bridge('attention', 'resolve', id, '--action', 'leave')
    expect(preview).toMatchObject({ code: 3, err: 'Nothing was done. To go on: --yes\n' })
    expect(preview.out).toContain('Nothing is changed on either side.')
    expect(await items()).toHaveLength(1)
    await bridge('attention', 'resolve', id, '--action', 'leave', '--yes')
    await world.pass(days(3))
    expect(await items()).toEqual([])
    expect((await bridge('subscription', 'list')).out).toMatch(new RegExp(`${bought.key.subscriptionId}.*seen to by an operator`))
    granted(market().changeQuantity(bought.key.subscriptionId, 41))
    await world.until('attention again', asks)
  })

  test('is reverted at Microsoft to what the vendor delivers', async () => {
    const { id } = await failedChange()
    const preview = await bridge('attention', 'resolve', id, '--action', 'revertAtMicrosoft')
    expect(preview.out).toContain('Microsoft changes the seats from 40 to 30')
    expect(atMicrosoft(world, bought).quantity).toBe(40)
    expect(await terminal(world, { answer: false })('attention', 'resolve', id, '--action', 'revertAtMicrosoft')).toMatchObject({ code: 3 })
    expect(await terminal(world, { answer: true })('attention', 'resolve', id, '--action', 'revertAtMicrosoft')).toMatchObject({ code: 0 })
    await settledAgain(world, bought)
    expect([atMicrosoft(world, bought).quantity, itemsOf(world, bought)]).toEqual([30, { [ITEM]: 30 }])
    await world.until('the end of what was asked', async () => /other seats: 30 {2}\(done\)/.test(await sentences()))
    expect(await items('--all')).toMatchObject([{ state: 'resolved' }])
    const shown = await sentences()
    expect(shown).toContain('mara asked to change the seats from 40 to 30 at Microsoft.')
    expect(shown).toMatch(/Asked for at Microsoft\n.* mara {2}other seats: 30 {2}\(done\)/)
    expect(shown).toMatch(/Microsoft took the request .*\n.*Microsoft request [0-9a-f-]{36}, correlation [0-9a-f-]{36}, Microsoft activity/)
  })

  test('offers only its own actions, and explains what a person has to do', async () => {
    const { id } = await failedChange()
    expect(await bridge('attention', 'resolve', id, '--action', 'replayNotice', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('This item offers: retry, revertAtMicrosoft, leave.'),
    })
  })
})

test('who had a subscription looked at or its notice replayed, and why, is in the timeline', async () => {
  const wake = ['work', 'wake', 'subscription', bought.key.subscriptionId, '--tenant', TENANT]
  expect(await bridge(...wake, '--as', 'ada', '--note', 'the vendor called')).toMatchObject({ code: 0 })
  granted(market().changeQuantity(bought.key.subscriptionId, 35))
  await settledAgain(world, bought)
  const [notice] = JSON.parse((await bridge('notification', 'list', '--subscription', bought.key.subscriptionId, '--json')).out)
  expect(await bridge('notification', 'replay', notice.id, '--note', 'to be sure')).toMatchObject({ code: 0 })
  const shown = await sentences()
  expect(shown).toContain('ada had it looked at: the vendor called.')
  expect(shown).toMatch(/mara had the notice of a change of seats.* looked at again: to be sure\./)
})

test('an item is acknowledged, snoozed and comes back by itself; each with who and why', async () => {
  const { id } = await failedChange()
  expect((await bridge('attention', 'acknowledge', id, '--note', 'asked Ines')).out).toContain('acknowledged, by mara')
  expect(await bridge('attention', 'snooze', id, '--for', '2d', '--as', 'night shift')).toMatchObject({ code: 0 })
  expect(await items()).toEqual([])
  expect(await items('--snoozed')).toHaveLength(1)
  await world.pass(days(2))
  expect(await items()).toMatchObject([{ id, state: 'open' }])
  const timeline = await readTimeline(world.database.db, bought.key)
  expect(timeline.filter(({ actor }) => actor === 'operator').map(({ event, facts }) => [event, facts['by'], facts['note']])).toEqual([
    ['attention.acknowledged', 'mara', 'asked Ines'],
    ['attention.snoozed', 'night shift', undefined],
  ])
})

test('a subscription the vendor ended is cancelled at Microsoft on an operator’s word', async () => {
  const { connect } = await world.bridge.subscriptions.clientsFor(TENANT)
  await connect.requests.createCancel({ assetId: assetId.parse(assetOf(world, bought).id) })
  await wakeNow(world.database.db, bought.key, world.clock.now())
  await world.until('attention', asks)
  const [item] = await items()
  expect(item?.code).toBe('VENDOR_TERMINATED')
  expect(await bridge('attention', 'resolve', item?.id ?? '', '--action', 'askVendor', '--yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('for a person to do'),
  })
  expect(await bridge('attention', 'resolve', item?.id ?? '', '--action', 'cancelAtMicrosoft', '--yes')).toMatchObject({ code: 0 })
  await world.until('the end', () => atMicrosoft(world, bought).status === 'Unsubscribed')
  await world.rest()
  expect(await items()).toEqual([])
})

test('seats, plan and the end are asked for at Microsoft, after a preview; what is not possible says why', async () => {
  const id = bought.key.subscriptionId
  expect(await bridge('subscription', 'change-seats', id, '31')).toMatchObject({ code: 3, out: expect.stringContaining('from 30 to 31') })
  expect(await bridge('subscription', 'change-seats', id, '30', '--yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('(SAME_SEATS)'),
  })
  expect(await bridge('subscription', 'change-plan', id, 'enterprise', '--yes', '--json')).toMatchObject({ code: 0 })
  await settledAgain(world, bought)
  expect(atMicrosoft(world, bought).planId).toBe('enterprise')
  expect(await bridge('subscription', 'cancel', id, '--yes')).toMatchObject({ code: 0 })
  await world.until('the end', () => assetOf(world, bought).status === 'terminated')
})
