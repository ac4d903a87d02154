/** Plan, seats and the end asked for on our side: done at Microsoft once, followed to its truth, and brought to the vendor by the ordinary way. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CallFault } from '../../sandbox/faults.ts'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { listAttention } from '../../src/attention/index.ts'
import { planId } from '../../src/kit/ids.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { type Asked, askFor, listActions, previewAction, readChoices, type WantedAction } from '../../src/subscriptions/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import {
  activated,
  assetOf,
  atMicrosoft,
  createNotifiedWorld,
  itemsOf,
  setPolicy,
  settledAgain,
  wordsOf,
} from '../helpers/notified-world.ts'
import { type Bought, buy, visitorOf, type World } from '../helpers/world.ts'

const ITEM = 'PRD-417-220-902-0002'
const buyer = { by: 'buyer', visitor: visitorOf('mara') } as const

let world: World
let bought: Bought

beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  world.sandbox.worlds.faults.clear()
  bought = await activated(world)
})

const deps = () => ({ ...world.bridge.subscriptions, db: world.database.db })
const ask = (wanted: WantedAction, who: Parameters<typeof askFor>[3] = buyer) => askFor(deps(), bought.key, wanted, who)
const seats = (n: number): WantedAction => ({ kind: 'changeSeats', seats: n })
const newest = async () => (await listActions(world.database.db, bought.key))[0]
const ended = () => world.until('the end of the action', async () => (await newest())?.ended !== undefined)
const begunByUs = () => world.sandbox.worlds.marketplace.operations(bought.key.subscriptionId).filter(({ source }) => source === 'Partner')
/** Strikes the calls that change a subscription at Microsoft. */
const fault = (one: Pick<CallFault, 'kind' | 'status'> & { readonly times?: number }) =>
  world.sandbox.worlds.faults.add({ world: 'marketplace', method: 'PATCH', path: '/subscriptions/[^/]+$', ...one })

test('seats asked for by the buyer are changed at Microsoft, and then at the vendor', async () => {
  const preview = await previewAction(deps(), bought.key, seats(35))
  expect(preview).toMatchObject({ possible: true, from: { planId: 'professional', quantity: 30 } })
  expect((await ask(seats(35))).outcome).toBe('asked')
  await ended()
  await settledAgain(world, bought)
  expect(await newest()).toMatchObject({ ended: { as: 'done' }, askedBy: 'buyer', sending: { count: 1 } })
  expect([atMicrosoft(world, bought).quantity, itemsOf(world, bought)]).toEqual([35, { [ITEM]: 35 }])
  const words = (await wordsOf(world, bought)).filter((word) => word.startsWith('action.'))
  expect(words).toEqual(['action.asked', 'action.sent', 'action.taken', 'action.done'])
})

test('another plan asked for by an operator is changed at Microsoft, and then at the vendor', async () => {
  const choices = await readChoices(deps(), bought.key)
  if (!choices.changePlan.possible) throw new Error('it is possible')
  const other = choices.changePlan.plans.find(({ isPresent, notPossible }) => !isPresent && !notPossible)
  if (!other) throw new Error('there is another plan')
  await ask({ kind: 'changePlan', planId: other.planId }, { by: 'operator' })
  await ended()
  await settledAgain(world, bought)
  expect(atMicrosoft(world, bought).planId).toBe(other.planId)
  expect(itemsOf(world, bought)).not.toHaveProperty(ITEM)
})

test('a cancellation ends the subscription at Microsoft and the asset at the vendor', async () => {
  await ask({ kind: 'cancel' })
  await ended()
  await world.until('a terminated asset', () => assetOf(world, bought).status === 'terminated')
  expect(atMicrosoft(world, bought).status).toBe('Unsubscribed')
  expect(await ask({ kind: 'cancel' })).toMatchObject({ outcome: 'refused', reason: 'ENDED' })
})

test('two tabs make one, and something else is not begun meanwhile', async () => {
  const both = await Promise.all([ask(seats(31)), ask(seats(31))])
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['asked', 'underWay'])
  expect(await ask(seats(32))).toMatchObject({ outcome: 'refused', reason: 'ACTION_OPEN' })
  await ended()
  expect(begunByUs()).toHaveLength(1)
  expect(await ask(seats(31))).toMatchObject({ outcome: 'refused', reason: 'SAME_SEATS' })
})

describe('a no has its reason', () => {
  const reasonOf = (asked: Asked) => (asked.outcome === 'refused' ? asked.reason : asked.outcome)

  test('of the numbers', async () => {
    const { changeSeats } = await readChoices(deps(), bought.key)
    if (!changeSeats.possible) throw new Error('it is possible')
    expect(reasonOf(await ask(seats(0)))).toBe('NOT_A_NUMBER_OF_SEATS')
    expect(reasonOf(await ask(seats(30)))).toBe('SAME_SEATS')
    expect(reasonOf(await ask(seats(changeSeats.most + 1)))).toBe('TOO_MANY_SEATS')
  })

  test('of the plan', async () => {
    const to = (plan: string) => ask({ kind: 'changePlan', planId: planId.parse(plan) })
    expect(reasonOf(await to('professional'))).toBe('SAME_PLAN')
    expect(reasonOf(await to('nobody-sells-this'))).toBe('PLAN_NOT_OFFERED')
  })

  test('of the policy', async () => {
    await setPolicy(world, { addSeats: 'refuse' })
    expect(reasonOf(await ask(seats(31)))).toBe('POLICY_REFUSES')
    await setPolicy(world, { addSeats: 'rules', maxSeats: 40 })
    expect(reasonOf(await ask(seats(41)))).toBe('TOO_MANY_SEATS')
    await setPolicy(world, {})
  })

  test('of what the person saw', async () => {
    const expected = { planId: planId.parse('professional'), quantity: 12 }
    const asked = await askFor(deps(), bought.key, seats(31), buyer, { expected })
    expect(reasonOf(asked)).toBe('CHANGED_MEANWHILE')
  })

  test('of the state', async () => {
    world.sandbox.worlds.marketplace.suspend(bought.key.subscriptionId)
    await world.rest()
    expect(reasonOf(await ask(seats(31)))).toBe('SUSPENDED')
    expect((await previewAction(deps(), bought.key, { kind: 'cancel' })).possible).toBe(true)
  })

  test('of a partner’s purchase', async () => {
    const partner = buy(world, { offerId: 'larkspur-projects', planId: 'professional', quantity: 5, csp: true })
    await world.rest()
    await world.pass(minutes(6))
    expect(await previewAction(deps(), partner.key, { kind: 'cancel' })).toMatchObject({ possible: false, reason: 'BOUGHT_BY_PARTNER' })
  })
})

describe('whatever becomes of the call', () => {
  test('an answer that is lost after the effect makes no second change', async () => {
    fault({ kind: 'statusAfterEffect', status: 500 })
    await ask(seats(33))
    await ended()
    expect([begunByUs().length, await newest()]).toMatchObject([1, { ended: { as: 'done' }, sending: { count: 1 } }])
  })

  test('an answer that is lost before the effect is asked for again, once it has been looked for', async () => {
    fault({ kind: 'status', status: 500 })
    await ask(seats(33))
    await ended()
    expect([begunByUs().length, await newest()]).toMatchObject([1, { ended: { as: 'done' }, sending: { count: 2 } }])
  })

  test('what changed at Microsoft in the meantime is not overwritten', async () => {
    await ask(seats(33))
    granted(world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, 31))
    await ended()
    expect(await newest()).toMatchObject({ ended: { as: 'refused', reason: 'CHANGED_MEANWHILE' } })
    expect(begunByUs()).toHaveLength(0)
  })

  test('an operation of the buyer’s that is in the way is waited for', async () => {
    await ask({ kind: 'cancel' })
    granted(world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, 31))
    await ended()
    expect(await newest()).toMatchObject({ ended: { as: 'done' } })
    expect(atMicrosoft(world, bought)).toMatchObject({ status: 'Unsubscribed', quantity: 31 })
  })

  test('a lock that Microsoft tells of is waited for, and not for ever', async () => {
    fault({ kind: 'status', status: 409, times: 2 })
    await ask(seats(33))
    await ended()
    expect(await newest()).toMatchObject({ ended: { as: 'done' }, sending: { count: 3 } })
    fault({ kind: 'status', status: 409, times: 1000 })
    await settledAgain(world, bought)
    await ask(seats(34))
    await ended()
    expect(await newest()).toMatchObject({ ended: { as: 'refused', reason: 'STAYED_LOCKED' } })
  })

  test('403 is told as it is', async () => {
    await ask(seats(33))
    fault({ kind: 'status', status: 403 })
    await ended()
    expect(await newest()).toMatchObject({ ended: { as: 'refused', reason: 'MICROSOFT_FORBIDDEN' } })
  })

  test('what could not be begun in an hour is not begun later', async () => {
    fault({ kind: 'status', status: 429, times: 1000 })
    await ask(seats(33))
    await world.pass(hours(1))
    await ended()
    expect(await newest()).toMatchObject({ ended: { as: 'refused', reason: 'NOT_REACHED' } })
    world.sandbox.worlds.faults.clear()
    await world.pass(hours(2))
    expect(atMicrosoft(world, bought).quantity).toBe(30)
  })

  describe('of a change of which Microsoft says nothing', () => {
    const asks = async () => (await world.read(bought.key)).openAttention.flatMap(({ code, state }) => (state === 'resolved' ? [] : [code]))
    const operator = { by: 'operator', name: 'ada' } as const
    /** Neither the answers nor, for a while, anything else of it is seen. */
    async function unclear() {
      fault({ kind: 'status', status: 500, times: 3 })
      await ask(seats(36), operator)
      await ended()
      expect(await newest()).toMatchObject({ ended: { as: 'unclear', reason: 'NO_WORD' }, askedByName: 'ada' })
      expect(await asks()).toEqual(['ACTION_UNCLEAR'])
    }

    test('a person is asked, until Microsoft shows it after all', async () => {
      await unclear()
      granted(world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, 36))
      await world.until('36 seats at Microsoft', () => atMicrosoft(world, bought).quantity === 36)
      await world.pass(minutes(10))
      expect([(await newest())?.ended?.as, await asks()]).toEqual(['done', []])
    })

    test('or until it has shown nothing for a day', async () => {
      await unclear()
      await world.pass(hours(30))
      expect(await newest()).toMatchObject({ ended: { as: 'failed', reason: 'NEVER_SHOWN' } })
      expect([await asks(), atMicrosoft(world, bought).quantity]).toEqual([[], 30])
    })

    test('or until the same, asked for again on their word, is done', async () => {
      await unclear()
      const [item] = await listAttention(world.database.db, { tenantId: bought.key.tenantId }, world.clock.now())
      const done = await terminal(world)('attention', 'resolve', item?.id ?? '', '--action', 'askAgainAtMicrosoft', '--yes')
      expect([done.code, await asks()]).toEqual([0, []])
      await ended()
      await settledAgain(world, bought)
      expect([await newest(), await asks(), atMicrosoft(world, bought).quantity]).toMatchObject([{ ended: { as: 'done' } }, [], 36])
    })
  })
})
