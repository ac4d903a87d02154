/** Plan and seat changes the buyer makes at Microsoft: answered by policy, carried out at the vendor, told by real webhook calls. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { defaultOptions } from '../../sandbox/marketplace/options.ts'
import { operationId, planId } from '../../src/kit/ids.ts'
import { days, minutes } from '../../src/kit/time.ts'
import { loadOperation } from '../../src/subscriptions/operations/store.ts'
import {
  activated,
  assetOf,
  createNotifiedWorld,
  itemsOf,
  noticesOf,
  setPolicy,
  settledAgain,
  WINDOW,
  wordsOf,
} from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'

const BASIC = 'PRD-417-220-902-0001'
const PROFESSIONAL = 'PRD-417-220-902-0002'
const ENTERPRISE = 'PRD-417-220-902-0003'
const PROFESSIONAL_PLAN = planId.parse('professional')
const ENTERPRISE_PLAN = planId.parse('enterprise')

let world: World
let bought: Bought
beforeAll(async () => {
  world = await createNotifiedWorld()
})
beforeEach(async () => {
  world.sandbox.worlds.faults.clear()
  market().setOptions(defaultOptions)
  connect().options.validation = 'works'
  await setPolicy(world, {})
  bought = await activated(world)
})
afterAll(() => world.stop())

const market = () => world.sandbox.worlds.marketplace
const connect = () => world.sandbox.worlds.connect
const id = () => bought.key.subscriptionId
const seats = (quantity: number) => granted(market().changeQuantity(id(), quantity))
const plan = (planId: string) => granted(market().changePlan(id(), planId))
const answerOf = (operation: { readonly id: string }) =>
  loadOperation(world.database.db, { tenantId: TENANT, operationId: operationId.parse(operation.id) })
const operationAt = (operation: { readonly id: string }) => market().operation(operation.id)
const settled = () => settledAgain(world, bought)
const codes = async () => (await world.read(bought.key)).openAttention.map((item) => item.code)
const both = async () => {
  const { microsoft } = await world.read(bought.key)
  return [microsoft.status, microsoft.planId, microsoft.quantity, assetOf(world, bought).status, itemsOf(world, bought)]
}
const changes = () => connect().requests({ assetId: assetOf(world, bought).id, type: 'change' })
const unchanged = ['Subscribed', 'professional', 30, 'active', { [PROFESSIONAL]: 30 }]

describe('a change the buyer makes at Microsoft', () => {
  test('of seats is accepted and made at the vendor', async () => {
    const operation = seats(35)
    await settled()
    expect(await both()).toEqual(['Subscribed', 'professional', 35, 'active', { [PROFESSIONAL]: 35 }])
    expect(operationAt(operation)).toMatchObject({ status: 'Succeeded', answer: 'Success', answeredEarly: false })
    expect(await answerOf(operation)).toMatchObject({ decision: 'accept', because: 'policyAccepts', answer: { outcome: 'taken' } })
    expect(await wordsOf(world, bought)).toEqual(
      expect.arrayContaining(['notice.received', 'operation.accepted', 'microsoft.changed', 'notice.explained']),
    )
  })

  test('of plan is made at the vendor in one request: the old item goes, the new one comes', async () => {
    plan('enterprise')
    await settled()
    expect(await both()).toEqual(['Subscribed', 'enterprise', 30, 'active', { [ENTERPRISE]: 30 }])
    expect(changes()).toHaveLength(1)
  })

  test('is refused by policy, and nothing changes on either side', async () => {
    await setPolicy(world, { removeSeats: 'refuse' })
    const operation = seats(10)
    await settled()
    expect(await both()).toEqual(unchanged)
    expect(operationAt(operation)).toMatchObject({ status: 'Failed', answer: 'Failure', answeredEarly: false })
    expect(await answerOf(operation)).toMatchObject({ decision: 'refuse', because: 'policyRefuses', answer: { outcome: 'taken' } })
    expect((await noticesOf(world, bought)).map((notice) => notice.outcome)).toEqual(['notCarriedOut'])
    seats(40) // the other direction is not refused
    await settled()
    expect(itemsOf(world, bought)).toEqual({ [PROFESSIONAL]: 40 })
  })

  test.each([
    [{ removeSeats: 'rules', minSeats: 20 }, 10, 'Failed', 'tooFewSeats'],
    [{ removeSeats: 'rules', minSeats: 20 }, 25, 'Succeeded', 'seatsWithinLimits'],
    [{ addSeats: 'rules', maxSeats: 50 }, 51, 'Failed', 'tooManySeats'],
  ] as const)('of seats under %o to %i ends %s', async (policy, quantity, status, because) => {
    await setPolicy(world, policy)
    const operation = seats(quantity)
    await settled()
    expect([operationAt(operation)?.status, (await answerOf(operation))?.because]).toEqual([status, because])
  })

  test('of plan under rules follows the listed moves', async () => {
    await setPolicy(world, { changePlan: 'rules', planMoves: [{ from: PROFESSIONAL_PLAN, to: ENTERPRISE_PLAN }] })
    const downwards = plan('basic')
    await settled()
    expect(operationAt(downwards)?.status).toBe('Failed')
    plan('enterprise')
    await settled()
    expect(itemsOf(world, bought)).toEqual({ [ENTERPRISE]: 30 })
  })

  test('to a plan nobody has mapped is refused and told, until it is mapped', async () => {
    await world.database.db.updateTable('plan_map').set({ status: 'archived' }).where('plan_id', '=', 'basic').execute()
    const operation = plan('basic')
    await world.until('attention', async () => (await codes()).includes('PLAN_CHANGE_REFUSED'))
    expect(operationAt(operation)).toMatchObject({ status: 'Failed', answer: 'Failure' })
    expect(await both()).toEqual(unchanged)
    await world.database.db.updateTable('plan_map').set({ status: 'active' }).where('plan_id', '=', 'basic').execute()
    await world.pass(days(1))
    expect(await codes()).toEqual([])
    plan('basic')
    await settled()
    expect(itemsOf(world, bought)).toEqual({ [BASIC]: 30 })
  })

  test('checked by the vendor: a no is a refusal with its words', async () => {
    await setPolicy(world, { addSeats: 'validate' })
    connect().editParameter('PRD-417-220-902', 'mail_domain', { required: true })
    const operation = seats(31)
    await settled()
    connect().editParameter('PRD-417-220-902', 'mail_domain', { required: false })
    expect(operationAt(operation)?.status).toBe('Failed')
    expect(await answerOf(operation)).toMatchObject({ because: 'validationFailed', reasons: [expect.stringContaining('required')] })
    expect(await both()).toEqual(unchanged)
  })

  test.each(['works', 'gatewayError', 'refused'] as const)('checked by a vendor whose validation is "%s" goes through', async (how) => {
    await setPolicy(world, { addSeats: 'validate' })
    connect().options.validation = how
    const operation = seats(31)
    await settled()
    expect(operationAt(operation)).toMatchObject({ status: 'Succeeded', answer: 'Success' })
    expect(await answerOf(operation)).toMatchObject({ because: how === 'works' ? 'validationPassed' : 'validationNotPossible' })
    expect(changes().filter((request) => request.status !== 'draft')).toHaveLength(1)
  })
})

test('a vendor who takes longer to check a change than there is time counts as a yes', async () => {
  await setPolicy(world, { addSeats: 'validate' })
  connect().options.validation = 'slow'
  const operation = seats(31)
  await world.sandbox.settled()
  world.clock.moveBy(4_700) // most of the budget is gone already
  await settled()
  expect(operationAt(operation)).toMatchObject({ status: 'Succeeded', answer: 'Success' })
  expect(await answerOf(operation)).toMatchObject({ because: 'validationNotPossible', reasons: ['the vendor took too long'] })
})

describe('whatever became of our answer, the observed truth counts', () => {
  test('a refusal that Microsoft answers with 200 and does not heed stands as accepted, and the record says so', async () => {
    await setPolicy(world, { addSeats: 'refuse' })
    market().setOptions({ ignoreRefusals: true })
    const operation = seats(44)
    await settled()
    expect(await both()).toEqual(['Subscribed', 'professional', 44, 'active', { [PROFESSIONAL]: 44 }])
    await world.pass(minutes(2))
    expect(await answerOf(operation)).toMatchObject({ decision: 'refuse', answer: { answer: 'Failure', outcome: 'notTaken' } })
    expect(await wordsOf(world, bought)).toContain('operation.overruled')
  })

  test.each([400, 409] as const)('a refusal that Microsoft answers with %i is not repeated: the change is carried out', async (status) => {
    await setPolicy(world, { addSeats: 'refuse' })
    world.sandbox.worlds.faults.add({ world: 'marketplace', method: 'PATCH', path: '/operations/', kind: 'status', status, times: 50 })
    const operation = seats(45)
    await world.until('the silent yes', () => operationAt(operation)?.status === 'Succeeded')
    await settled()
    expect(await both()).toEqual(['Subscribed', 'professional', 45, 'active', { [PROFESSIONAL]: 45 }])
    expect(await answerOf(operation)).toMatchObject({ decision: 'refuse', answer: { outcome: 'notTaken' } })
  })

  test.each(['status', 'statusAfterEffect', 'hangAfterEffect'] as const)(
    'a refusal whose call ends in "%s" once is made all the same',
    async (kind) => {
      await setPolicy(world, { addSeats: 'refuse' })
      world.sandbox.worlds.faults.add({ world: 'marketplace', method: 'PATCH', path: '/operations/', kind, status: 503, times: 1 })
      const operation = seats(46)
      await settled()
      expect(operationAt(operation)?.status).toBe('Failed')
      expect(await both()).toEqual(unchanged)
      await world.pass(minutes(2))
      expect(await answerOf(operation)).toMatchObject({ answer: { answer: 'Failure', outcome: 'taken' } })
    },
  )

  test('the way back Microsoft asks for after a refusal is accepted, whatever the policy', async () => {
    await setPolicy(world, { addSeats: 'refuse', removeSeats: 'refuse' })
    market().setOptions({ revertAfterRefusal: true })
    seats(47)
    await settled()
    const [, back] = market()
      .operations(id())
      .filter(({ action }) => action === 'ChangeQuantity')
    expect(back).toMatchObject({ quantity: 30, answer: 'Success', status: 'Succeeded' })
    expect(await both()).toEqual(unchanged)
  })

  test('silence for ten seconds is a yes: a bridge that was down refuses nothing any more and carries it out', async () => {
    await setPolicy(world, { addSeats: 'refuse' })
    const operation = seats(48)
    await world.sandbox.settled() // told and stored, and then nobody works
    world.clock.moveBy(WINDOW)
    await settled()
    expect(operationAt(operation)).toMatchObject({ status: 'Succeeded', answer: undefined })
    expect(await both()).toEqual(['Subscribed', 'professional', 48, 'active', { [PROFESSIONAL]: 48 }])
    expect(await answerOf(operation)).toMatchObject({ decision: 'observe', because: 'alreadyFinal', answer: undefined })
  })

  test('a change the publisher started is observed, never answered', async () => {
    await setPolicy(world, { addSeats: 'refuse' })
    const { microsoft } = await world.bridge.subscriptions.clientsFor(TENANT)
    const { operationId: started } = await microsoft.changeQuantity(id(), 49)
    if (!started) throw new Error('no operation was named')
    await world.until('the change', () => operationAt({ id: started })?.status === 'Succeeded')
    await settled()
    expect(await both()).toEqual(['Subscribed', 'professional', 49, 'active', { [PROFESSIONAL]: 49 }])
    expect(await answerOf({ id: started })).toMatchObject({ decision: 'observe', because: 'startedByPublisher', answer: undefined })
  })

  test('an operation Microsoft does not show at first is answered once it does', async () => {
    await setPolicy(world, { addSeats: 'refuse' })
    const get = { world: 'marketplace', method: 'GET', path: '/operations/', kind: 'status', status: 400 } as const
    world.sandbox.worlds.faults.add({ ...get, times: 3 })
    const operation = seats(50)
    await settled()
    expect(operationAt(operation)).toMatchObject({ status: 'Failed', answer: 'Failure' })
  })
})
