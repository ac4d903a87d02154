/** What happens to a subscription at Microsoft after the sale, told in time, twice, late, out of order or not at all, ends in agreement. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WebhookFault } from '../../sandbox/faults.ts'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { defaultOptions } from '../../sandbox/marketplace/options.ts'
import { days, hours, minutes } from '../../src/kit/time.ts'
import { listNotices, readNoticeRecord, replayNotice } from '../../src/subscriptions/index.ts'
import {
  activated,
  assetOf,
  atMicrosoft,
  createNotifiedWorld,
  itemsOf,
  noticesOf,
  notify,
  settledAgain,
  wordsOf,
} from '../helpers/notified-world.ts'
import { type Bought, buy, TENANT, type World } from '../helpers/world.ts'

const PROFESSIONAL = 'PRD-417-220-902-0002'
const ENTERPRISE = 'PRD-417-220-902-0003'

let world: World
let bought: Bought
beforeAll(async () => {
  world = await createNotifiedWorld()
})
beforeEach(async () => {
  world.sandbox.worlds.faults.clear()
  market().setOptions(defaultOptions)
  bought = await activated(world)
})
afterAll(() => world.stop())

const market = () => world.sandbox.worlds.marketplace
const id = () => bought.key.subscriptionId
const settled = () => settledAgain(world, bought)
const suspend = () => granted(market().suspend(id()))
const reinstate = () => granted(market().reinstate(id()))
const outcomes = async () => (await noticesOf(world, bought)).map(({ action, outcome }) => `${action} ${outcome}`)
const statuses = async () => {
  const { microsoft } = await world.read(bought.key)
  return [atMicrosoft(world, bought).status, microsoft.status, assetOf(world, bought).status]
}

describe('a subscription', () => {
  test('is suspended at the vendor when the payment fails, and resumed when it is made', async () => {
    suspend()
    await settled()
    expect(await statuses()).toEqual(['Suspended', 'Suspended', 'suspended'])
    const back = reinstate()
    await settled()
    expect(await statuses()).toEqual(['Subscribed', 'Subscribed', 'active'])
    expect(market().operation(back.id)?.status).toBe('Succeeded')
    expect(await outcomes()).toEqual(['Suspend visible', 'Reinstate visible'])
  })

  test('has the dates of its new term after a renewal', async () => {
    const before = (await world.read(bought.key)).microsoft.term.endDate
    granted(market().renew(id()))
    await settled()
    const after = (await world.read(bought.key)).microsoft.term.endDate
    expect(after?.getTime()).toBeGreaterThan(before?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(after).toEqual(atMicrosoft(world, bought).term?.endDate)
    expect(await outcomes()).toEqual(['Renew visible'])
    expect(await wordsOf(world, bought)).toContain('microsoft.renewed')
  })

  test('that the customer cancels is cancelled at the vendor, and then nothing is done any more', async () => {
    granted(market().cancel(id()))
    await settled()
    expect(await statuses()).toEqual(['Unsubscribed', 'Unsubscribed', 'terminated'])
    expect(await outcomes()).toEqual(['Unsubscribe visible'])
    await world.pass(days(2))
    expect(world.sandbox.worlds.connect.requests({ assetId: assetOf(world, bought).id, type: 'cancel' })).toHaveLength(1)
  })

  test('that is bought and cancelled before anybody came is known by its notice alone', async () => {
    const unseen = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 2 })
    granted(market().cancel(unseen.key.subscriptionId))
    await world.until('the end', async () => (await noticesOf(world, unseen))[0]?.outcome === 'visible')
    expect((await world.read(unseen.key)).microsoft.status).toBe('Unsubscribed')
  })

  test('that Microsoft does not know is looked for during a day, and then only its notice tells of it', async () => {
    const nobody = randomUUID()
    const rowsOf = () => world.database.db.selectFrom('work').select('key').where('key', '=', nobody).execute()
    await notify(world, { id: randomUUID(), subscriptionId: nobody, action: 'Suspend' })
    await world.pass(hours(1))
    expect(await rowsOf()).toHaveLength(1)
    await world.pass(hours(24))
    expect(await rowsOf()).toEqual([])
    const [notice] = await listNotices(world.database.db, { tenantId: TENANT, open: true, limit: 1 })
    expect(notice).toMatchObject({ subscriptionId: nobody, outcome: undefined })
    await world.database.db.deleteFrom('notices').where('subscription_id', '=', nobody).execute()
  })

  test.each(['minimal', 'full'] as const)('is told of its activation by a %s Subscribe, which changes nothing', async (subscribeNotice) => {
    market().setOptions({ subscribeNotice })
    const other = await activated(world)
    await settledAgain(world, other)
    expect((await noticesOf(world, other)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['Subscribe informed'])
  })

  test('is looked at by its own state where Microsoft does not know the operations that only inform', async () => {
    market().setOptions({ readableNotifyOnlyOperations: false })
    suspend()
    await settled()
    const [notice] = await noticesOf(world, bought)
    expect((await readNoticeRecord(world.database.db, notice?.id ?? ''))?.operationAnswer).toMatchObject({ state: 'notFound' })
    expect(await statuses()).toEqual(['Suspended', 'Suspended', 'suspended'])
  })
})

describe('notices that are lost, late, doubled or out of order', () => {
  const changeTwice = async () => {
    granted(market().changeQuantity(id(), 40))
    await world.until('forty seats', () => atMicrosoft(world, bought).quantity === 40)
    granted(market().changePlan(id(), 'enterprise'))
    await world.until('the other plan', () => atMicrosoft(world, bought).planId === 'enterprise')
    granted(market().changeQuantity(id(), 50))
    await world.until('fifty seats', () => atMicrosoft(world, bought).quantity === 50)
    suspend()
    await world.rest()
    reinstate()
    await world.until('the reinstatement', () => atMicrosoft(world, bought).status === 'Subscribed')
  }

  test.each([
    ['duplicate', {}],
    ['late', { delay: minutes(3) }],
    ['late', { delay: hours(2) }],
    ['reorder', { action: 'Suspend', times: 1 }],
    ['drop', {}],
  ] as const)('%s %o: both sides agree in the end, and nobody is bothered', async (kind, more) => {
    const fault: Partial<WebhookFault> = { world: 'webhook', kind, times: 5, ...more }
    world.sandbox.worlds.faults.add({ world: 'webhook', kind: 'duplicate', ...fault })
    await changeTwice()
    await world.pass(hours(3))
    await settled()
    expect(await statuses()).toEqual(['Subscribed', 'Subscribed', 'active'])
    expect(itemsOf(world, bought)).toEqual({ [ENTERPRISE]: 50 })
    expect((await world.read(bought.key)).openAttention).toEqual([])
    await world.pass(days(2))
    expect((await world.read(bought.key)).openAttention).toEqual([])
  })

  test('a repeat is a row of its own, linked to the first, and changes nothing', async () => {
    world.sandbox.worlds.faults.add({ world: 'webhook', kind: 'duplicate' })
    granted(market().changeQuantity(id(), 41))
    await settled()
    const [first, repeat, ...more] = await noticesOf(world, bought)
    expect(more).toEqual([])
    expect(repeat).toMatchObject({ repeatOf: first?.id, outcome: 'repeated', answered: { status: 200 } })
    expect(world.sandbox.worlds.connect.requests({ assetId: assetOf(world, bought).id, type: 'change' })).toHaveLength(1)
  })

  test('a late notice of an earlier plan never brings that plan back', async () => {
    world.sandbox.worlds.faults.add({ world: 'webhook', kind: 'late', action: 'ChangePlan', delay: hours(1) })
    granted(market().changePlan(id(), 'enterprise'))
    await world.pass(minutes(1)) // told late, it is pending until then
    world.sandbox.worlds.faults.clear()
    await world.pass(hours(1))
    await settled()
    granted(market().changePlan(id(), 'professional'))
    await settled()
    const [late] = await noticesOf(world, bought)
    await replayNotice(world.database.db, late?.id ?? '', world.clock.now())
    await settled()
    expect(itemsOf(world, bought)).toEqual({ [PROFESSIONAL]: 30 })
    expect(await wordsOf(world, bought)).toContain('notice.replayed')
  })
})

describe('the flight recorder', () => {
  test('keeps for each notice what came, what we answered and how fast, what Microsoft says, and what it caused', async () => {
    const operation = granted(market().changeQuantity(id(), 33))
    await settled()
    const [summary] = await noticesOf(world, bought)
    const notice = await readNoticeRecord(world.database.db, summary?.id ?? '')
    expect(notice).toMatchObject({
      operationId: operation.id,
      action: 'ChangeQuantity',
      reading: { source: 'Azure', target: { quantity: 33 }, before: { quantity: 30 }, revert: false },
      answered: { status: 200, milliseconds: expect.any(Number) },
      claims: { ver: '1.0', appid: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7' },
      operationAnswer: { state: 'Succeeded', quantity: 33 },
      operation: { decision: 'accept', answer: { answer: 'Success', outcome: 'taken' } },
      outcome: 'visible',
    })
    expect(JSON.stringify(notice?.headers)).not.toMatch(/bearer|authorization/i)
    expect(notice?.caused.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['notice.received', 'operation.accepted', 'notice.explained']),
    )
  })

  test('an effect that never shows is attention after a day, and let go after a month', async () => {
    await notify(world, { id: randomUUID(), subscriptionId: id(), action: 'ChangeQuantity', quantity: 99, operationRequestSource: 'Azure' })
    await world.pass(hours(23))
    expect((await world.read(bought.key)).openAttention).toEqual([])
    await world.pass(hours(2))
    const [item] = (await world.read(bought.key)).openAttention
    expect(item).toMatchObject({
      code: 'NOTICE_WITHOUT_EFFECT',
      facts: { action: 'ChangeQuantity', seats: 99, operationState: 'notFound' },
    })
    await world.pass(days(30))
    await settled()
    expect((await world.read(bought.key)).openAttention).toEqual([])
    expect((await outcomes())[0]).toBe('ChangeQuantity givenUp')
  })
})
