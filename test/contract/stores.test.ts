/** The same statements about both stores: what tests of thousands of histories keep in memory means what PostgreSQL keeps. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defineLook, type LookResult, priorities } from '../../src/database/work/index.ts'
import { offerId, operationId, planId, requestId, subscriptionId, tenantId } from '../../src/kit/ids.ts'
import { hours, minutes, plus, seconds, standingClock } from '../../src/kit/time.ts'
import { readNotice } from '../../src/microsoft/index.ts'
import type { Delivery } from '../../src/subscriptions/notification/row.ts'
import type { Next } from '../../src/subscriptions/rules/next.ts'
import type { LookResult as Looked, NewSubscription } from '../../src/subscriptions/store/store.ts'
import { inPostgres, keptInMemory, type Stores } from '../helpers/stores.ts'
import { anOrder, NOTES, visitorOf } from '../helpers/world.ts'

const tenant = tenantId.parse('larkspur')
const plan = planId.parse('team')
const held = async (): Promise<void> => {}

describe('what is remembered in PostgreSQL', () => statements(inPostgres))
describe('what is remembered in memory', () => statements(keptInMemory))

function statements<Transaction>(make: (clock: ReturnType<typeof standingClock>) => Promise<Stores<Transaction>>): void {
  const clock = standingClock('2030-01-01T00:00:00Z')
  let stores: Stores<Transaction>
  beforeAll(async () => {
    stores = await make(clock)
  })
  afterAll(() => stores.drop())

  const someKey = () => ({ tenantId: tenant, subscriptionId: subscriptionId.parse(randomUUID()) })
  const wakesOf = async (key: string) => (await stores.waiting()).filter((item) => item.key === key)
  const wordsOf = async (key: ReturnType<typeof someKey>) => (await stores.timeline(key)).map(({ event }) => event)
  const known = async () => {
    const key = someKey()
    await stores.subscriptions.insertIfAbsent(bought(key), [landed], clock.now())
    return key
  }
  const bought = (key: ReturnType<typeof someKey>, quantity = 5): NewSubscription => ({
    ...key,
    productId: NOTES,
    environment: 'production',
    microsoft: microsoft(quantity),
    observedAt: clock.now(),
  })
  const lookResult = (more: Partial<Looked>): Looked => ({
    productId: NOTES,
    environment: 'production',
    microsoft: undefined,
    microsoftObservedAt: clock.now(),
    connect: {},
    connectObservedAt: clock.now(),
    targetBaseline: undefined,
    attempts: [],
    retryHonored: undefined,
    notices: [],
    next: { kind: 'settled', final: false },
    events: [],
    at: clock.now(),
    ...more,
  })

  describe('of subscriptions', () => {
    test('a purchase is kept once and woken each time', async () => {
      const key = someKey()
      expect(await stores.subscriptions.load(key)).toBeUndefined()
      expect(await stores.subscriptions.insertIfAbsent(bought(key), [landed], clock.now())).toBe(true)
      expect(await stores.subscriptions.insertIfAbsent(bought(key, 9), [landed], plus(clock.now(), 5))).toBe(false)
      expect(await stores.subscriptions.load(key)).toEqual({
        ...{ ...key, productId: NOTES, offerId: 'notes', planId: 'team', quantity: 5, environment: 'production' },
        ...{ microsoft: microsoft(5), microsoftObservedAt: clock.now(), connect: {}, firstSeenAt: clock.now() },
        ...{ openAttention: [], attempts: [] },
      })
      expect(await wordsOf(key)).toEqual(['purchase.landed'])
      expect(await wakesOf(key.subscriptionId)).toMatchObject([{ kind: 'subscription', dueAt: clock.now() }])
    })

    test('the first confirmation counts, and its order is kept', async () => {
      const key = await known()
      const confirm = (who: string, order = anOrder) =>
        stores.subscriptions.confirm(key, order, visitorOf(who), { actor: 'buyer', event: 'order.confirmed', facts: {} }, clock.now())
      expect(await stores.subscriptions.loadOrder(key)).toBeUndefined()
      expect(await confirm('mara')).toBe(true)
      expect(await confirm('jonas', { ...anOrder, params: [{ id: 'x', value: 'y' }] })).toBe(false)
      expect(await stores.subscriptions.loadOrder(key)).toEqual(anOrder)
      expect((await stores.subscriptions.load(key))?.confirmed).toEqual({
        at: clock.now(),
        entraTenantId: visitorOf('mara').entraTenantId,
        objectId: visitorOf('mara').objectId,
      })
      expect(await wordsOf(key)).toEqual(['purchase.landed', 'order.confirmed'])
    })

    test('nobody confirms what is not there', async () => {
      const event = { actor: 'buyer', event: 'order.confirmed', facts: {} } as const
      expect(await stores.subscriptions.confirm(someKey(), anOrder, visitorOf('mara'), event, clock.now())).toBe(false)
    })

    test('a look is kept whole: both sides, attempts, the decision', async () => {
      const key = await known()
      const attempt = {
        key: 'suspend',
        count: 2,
        firstAt: clock.now(),
        lastAt: clock.now(),
        outcome: 'unknown',
        messages: ['why'],
      } as const
      const result = lookResult({
        microsoft: microsoft(7),
        targetBaseline: requestId.parse('PR-1'),
        attempts: [attempt],
        next: { kind: 'wait', for: 'vendor', until: plus(clock.now(), minutes(1)) },
        events: [{ actor: 'microsoft', event: 'microsoft.changed', facts: { from: 'a', to: 'b' } }],
        environment: 'test',
      })
      await stores.subscriptions.recordLook(key, result, held)
      expect(await stores.subscriptions.load(key)).toMatchObject({
        ...{ quantity: 7, environment: 'test', microsoft: microsoft(7), connectObservedAt: clock.now(), targetBaseline: 'PR-1' },
        attempts: [attempt],
        next: { kind: 'wait', waitsFor: 'vendor', until: plus(clock.now(), minutes(1)) },
      })
      await stores.subscriptions.recordAttempts(
        key,
        [],
        [{ actor: 'bridge', event: 'step.started', facts: { step: 'x' } }],
        clock.now(),
        held,
      )
      expect((await stores.subscriptions.load(key))?.attempts).toEqual([])
      expect(await wordsOf(key)).toEqual(['purchase.landed', 'microsoft.changed', 'step.started'])
    })

    test('an observation of Microsoft begun earlier never replaces one begun later', async () => {
      const key = await known()
      await stores.subscriptions.recordLook(key, lookResult({ microsoft: microsoft(8), microsoftObservedAt: plus(clock.now(), 10) }), held)
      await stores.subscriptions.recordLook(key, lookResult({ microsoft: microsoft(6), microsoftObservedAt: plus(clock.now(), 9) }), held)
      expect(await stores.subscriptions.load(key)).toMatchObject({ quantity: 8, microsoftObservedAt: plus(clock.now(), 10) })
    })

    test('what Microsoft did not let us read leaves what was known', async () => {
      const key = await known()
      await stores.subscriptions.recordLook(key, lookResult({ microsoft: undefined, microsoftObservedAt: plus(clock.now(), 10) }), held)
      expect(await stores.subscriptions.load(key)).toMatchObject({ quantity: 5, microsoftObservedAt: clock.now() })
    })

    test('attention is asked for once for a cause, keeps its age, and is gone with the cause', async () => {
      const key = await known()
      const look = (next: Next, at = clock.now()) => stores.subscriptions.recordLook(key, lookResult({ next, at }), held)
      const slow = {
        kind: 'wait',
        for: 'vendor',
        until: plus(clock.now(), 1),
        attention: { code: 'VENDOR_SLOW', facts: { day: 20 } },
      } as const
      await look(slow)
      await look({ ...slow, attention: { code: 'VENDOR_SLOW', facts: { day: 25 } } }, plus(clock.now(), hours(1)))
      expect((await stores.subscriptions.load(key))?.openAttention).toEqual([
        { code: 'VENDOR_SLOW', since: clock.now(), facts: { day: 25 }, state: 'open' },
      ])
      await look(
        { kind: 'attention', attention: { code: 'ASSET_MISSING', facts: {} }, until: plus(clock.now(), 1) },
        plus(clock.now(), hours(2)),
      )
      expect((await stores.subscriptions.load(key))?.openAttention).toMatchObject([
        { code: 'ASSET_MISSING', since: plus(clock.now(), hours(2)) },
      ])
      await look({ kind: 'settled', final: false })
      expect((await stores.subscriptions.load(key))?.openAttention).toEqual([])
      expect((await wordsOf(key)).slice(1)).toEqual([
        ...['raised', 'changed', 'resolved', 'raised', 'resolved'].map((word) => `attention.${word}`),
      ])
    })

    test('who no longer holds it writes nothing', async () => {
      const key = await known()
      const lost = () => Promise.reject(new Error('lost'))
      await expect(stores.subscriptions.recordLook(key, lookResult({ microsoft: microsoft(9) }), lost)).rejects.toThrow('lost')
      await expect(stores.subscriptions.recordAttempts(key, [], [landed], clock.now(), lost)).rejects.toThrow('lost')
      expect((await stores.subscriptions.load(key))?.quantity).toBe(5)
      expect(await wordsOf(key)).toEqual(['purchase.landed'])
    })
  })

  describe('of notices and operations', () => {
    const aChange = (key: ReturnType<typeof someKey>, more: Record<string, unknown> = {}) => ({
      ...{ id: randomUUID(), subscriptionId: key.subscriptionId, action: 'ChangePlan', planId: 'gold', quantity: 5 },
      ...{ operationRequestSource: 'Azure', timeStamp: '2030-01-01T00:00:00Z', ...more },
    })
    const deliver = (body: unknown, receivedAt = clock.now()) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const delivery: Delivery = {
        ...{ tenantId: tenant, productId: NOTES, receivedAt, headers: {}, reading: readNotice(text), version: 'v1' },
        body: { text, bytes: text.length, truncated: false },
        claims: { aud: 'app', iss: 'https://sts.windows.net/x/', tid: 'x', ver: '1.0', exp: 1 },
      }
      return stores.notices.add(delivery, receivedAt)
    }
    const openOf = async (key: ReturnType<typeof someKey>) => (await stores.subscriptions.told(key, clock.now())).open

    test('a notice is told of until it is explained, of a subscription nobody knows too', async () => {
      const key = someKey()
      const body = aChange(key)
      const id = await deliver(body)
      expect(await openOf(key)).toEqual([
        {
          ...{ id, action: 'ChangePlan', operationId: body.id, target: { planId: 'gold', quantity: 5 }, before: undefined },
          ...{ receivedAt: clock.now(), overtaken: false },
        },
      ])
      expect(await stores.timeline(key)).toEqual([])
      await stores.subscriptions.insertIfAbsent(bought(key), [landed], clock.now())
      const progress = { id, operation: undefined, explained: 'visible' } as const
      await stores.subscriptions.recordLook(key, lookResult({ notices: [{ ...progress, explained: undefined }] }), held)
      expect(await openOf(key)).toHaveLength(1)
      await stores.subscriptions.recordLook(key, lookResult({ notices: [progress] }), held)
      expect(await openOf(key)).toEqual([])
    })

    test('a repeat is kept and wakes, and is neither told of nor written down twice', async () => {
      const key = await known()
      const body = aChange(key)
      await deliver(body)
      await stores.runDue([passing('subscription'), passing('subscription.operation')])
      await deliver(body, plus(clock.now(), seconds(2)))
      expect(await openOf(key)).toHaveLength(1)
      expect(await wordsOf(key)).toEqual(['purchase.landed', 'notice.received'])
      expect(await wakesOf(body.id)).toHaveLength(1)
      expect(await stores.operations.load({ tenantId: tenant, operationId: operationId.parse(body.id) })).toMatchObject({
        firstToldAt: clock.now(),
        lastToldAt: plus(clock.now(), seconds(2)),
      })
    })

    test('of two notices of one kind the later one counts, in whichever order they come', async () => {
      const key = await known()
      await deliver(aChange(key, { timeStamp: '2030-01-01T00:05:00Z', planId: 'gold' }))
      await deliver(aChange(key, { timeStamp: '2030-01-01T00:04:00Z', planId: 'silver' }))
      await deliver(aChange(key, { timeStamp: '2030-01-01T00:03:00Z', action: 'ChangeQuantity' }))
      expect((await openOf(key)).map(({ overtaken }) => overtaken)).toEqual([false, true, false])
    })

    test('the values before a change are told', async () => {
      const key = await known()
      const subscription = {
        ...{ id: key.subscriptionId, name: 'Notes', offerId: 'notes', planId: 'team', quantity: 4 },
        ...{ saasSubscriptionStatus: 'Subscribed', beneficiary: {}, purchaser: {}, term: { endDate: '2030-02-01' } },
      }
      await deliver(aChange(key, { subscription }))
      expect((await openOf(key))[0]?.before).toMatchObject({ planId: 'team', quantity: 4 })
    })

    test('what cannot be read is kept and wakes nobody', async () => {
      const before = await stores.waiting()
      expect(await deliver('no JSON')).toBeTypeOf('string')
      expect(await stores.waiting()).toEqual(before)
    })

    test('an answer is looked for 0.3 s after the notice, or as soon as our reply has left; the subscription 3 s after', async () => {
      const key = await known()
      await stores.runDue([passing('subscription'), passing('subscription.operation')])
      const { id } = aChange(key)
      const notice = await deliver(aChange(key, { id }))
      expect(await wakesOf(id)).toMatchObject([{ kind: 'subscription.operation', dueAt: plus(clock.now(), 300) }])
      expect(await wakesOf(key.subscriptionId)).toMatchObject([{ kind: 'subscription', dueAt: plus(clock.now(), seconds(3)) }])
      const held = { tenantId: tenant, kind: 'subscription.operation', key: id }
      await stores.notices.replyHasLeft({ tenantId: tenant, id: notice, status: 200, took: 20, held, leftAt: plus(clock.now(), 20) })
      expect(await wakesOf(id)).toMatchObject([{ dueAt: plus(clock.now(), 20) }])
      await deliver({ ...aChange(key), action: 'Renew' })
      expect(await wakesOf(key.subscriptionId)).toMatchObject([{ dueAt: plus(clock.now(), 300) }])
    })

    test('a replay wakes again, and the ten seconds do not begin again', async () => {
      const key = await known()
      const body = aChange(key)
      const id = await deliver(body)
      clock.moveBy(minutes(1))
      await stores.runDue([passing('subscription'), passing('subscription.operation')])
      await stores.notices.replay(id, clock.now(), tenant)
      expect(await wakesOf(body.id)).toMatchObject([{ dueAt: plus(clock.now(), 300) }])
      expect(await openOf(key)).toHaveLength(1)
      expect((await wordsOf(key)).at(-1)).toBe('notice.replayed')
      const told = await stores.operations.load({ tenantId: tenant, operationId: operationId.parse(body.id) })
      expect(told?.lastToldAt).toEqual(plus(clock.now(), -minutes(1)))
      await expect(stores.notices.replay(randomUUID(), clock.now())).rejects.toMatchObject({ code: 'ERR_NOTICE_NOT_FOUND' })
      await expect(stores.notices.replay(await deliver('no JSON'), clock.now())).rejects.toMatchObject({ code: 'ERR_NOTICE_UNREADABLE' })
    })

    test('an answer is kept as intended and then as it went, and wakes the subscription when asked to', async () => {
      const key = await known()
      await stores.runDue([passing('subscription'), passing('subscription.operation')])
      const body = aChange(key)
      await deliver(body)
      const id = { tenantId: tenant, operationId: operationId.parse(body.id) }
      const load = async () => (await stores.operations.load(id)) ?? Promise.reject(new Error('not kept'))
      const untouched = await load()
      expect(untouched).toMatchObject({ action: 'ChangePlan', source: 'Azure', productId: NOTES, reasons: [] })
      expect(untouched.decision ?? untouched.because ?? untouched.answer ?? untouched.microsoftStatus).toBeUndefined()
      const no = { answer: 'Failure', because: 'planNotMapped', decision: 'refuse' } as const
      await stores.operations.record(untouched, { ...no, reasons: ['why'], answerOutcome: 'intended', at: clock.now() }, held)
      expect(await load()).toMatchObject({
        decision: 'refuse',
        because: 'planNotMapped',
        reasons: ['why'],
        answer: { answer: 'Failure', outcome: 'intended' },
      })
      expect((await stores.subscriptions.told(key, clock.now())).refusedPlans).toEqual([])
      const events = [{ actor: 'bridge', event: 'operation.refused', facts: {} }] as const
      const taken = { answer: 'Failure', answerOutcome: 'taken', answeredAt: clock.now(), events, wakes: true, at: clock.now() } as const
      await stores.operations.record(untouched, taken, held)
      expect(await load()).toMatchObject({ decision: 'refuse', answer: { answer: 'Failure', outcome: 'taken', at: clock.now() } })
      expect((await wordsOf(key)).at(-1)).toBe('operation.refused')
      expect(await wakesOf(key.subscriptionId)).toMatchObject([{ dueAt: clock.now() }])
      expect((await stores.subscriptions.told(key, clock.now())).refusedPlans).toEqual([{ planId: 'gold', at: clock.now() }])
      expect((await stores.subscriptions.told(key, plus(clock.now(), hours(24 * 31)))).refusedPlans).toEqual([])
      const lost = () => Promise.reject(new Error('lost'))
      await expect(stores.operations.record(untouched, { decision: 'observe', because: 'x', at: clock.now() }, lost)).rejects.toThrow(
        'lost',
      )
      expect((await load()).decision).toBe('refuse')
    })
  })

  describe('of work', () => {
    const object = (key: string, kind = 'subscription') => ({ tenantId: tenant, kind, key })
    const noting = (
      seen: string[],
      then: (key: string) => Promise<LookResult> = async () => ({}),
      kind = 'subscription',
      priority: number = priorities.routine,
    ) =>
      defineLook<Transaction>({
        kind,
        priority,
        longestCall: seconds(12),
        look({ key }) {
          seen.push(key)
          return then(key)
        },
      })
    const emptied = () => stores.runDue([passing('subscription'), passing('subscription.operation')])

    test('wakes coalesce to the earliest; what is not due is not looked at', async () => {
      await emptied()
      await stores.wake(object('a'), plus(clock.now(), 50))
      await stores.wake(object('a'), plus(clock.now(), 20))
      await stores.wake(object('a'), plus(clock.now(), 90))
      expect(await wakesOf('a')).toMatchObject([{ dueAt: plus(clock.now(), 20) }])
      const seen: string[] = []
      expect(await stores.runDue([noting(seen)])).toBe(0)
      clock.moveBy(20)
      expect(await stores.runDue([noting(seen)])).toBe(1)
      expect(seen).toEqual(['a'])
      expect(await wakesOf('a')).toEqual([])
    })

    test('the more urgent kind comes first, then the longest due', async () => {
      await emptied()
      await stores.wake(object('late'), clock.now())
      await stores.wake(object('early'), plus(clock.now(), -5))
      await stores.wake(object('answer', 'subscription.operation'), clock.now())
      const seen: string[] = []
      await stores.runDue([noting(seen), noting(seen, undefined, 'subscription.operation', priorities.answer)])
      expect(seen).toEqual(['answer', 'early', 'late'])
    })

    test('a wake during a look gets another look', async () => {
      await emptied()
      const seen: string[] = []
      await stores.wake(object('b'), clock.now())
      await stores.runDue([
        noting(seen, async () => {
          if (seen.length === 1) await stores.wake(object('b'), clock.now())
          return {}
        }),
      ])
      expect(seen).toEqual(['b', 'b'])
    })

    test('a look says when to look again; one that fails is tried again after growing pauses', async () => {
      await emptied()
      await stores.wake(object('c'), clock.now())
      await stores.runDue([noting([], async () => ({ lookAgainAt: plus(clock.now(), seconds(9)) }))])
      expect(await wakesOf('c')).toMatchObject([{ dueAt: plus(clock.now(), seconds(9)), attempts: 0 }])
      clock.moveBy(seconds(9))
      const failing = noting([], () => Promise.reject(new TypeError('no')))
      await stores.runDue([failing])
      expect(await wakesOf('c')).toMatchObject([{ dueAt: plus(clock.now(), seconds(1)), attempts: 1, lastError: 'ERR_INTERNAL' }])
      clock.moveBy(seconds(1))
      await stores.runDue([failing])
      expect(await wakesOf('c')).toMatchObject([{ dueAt: plus(clock.now(), seconds(2)), attempts: 2 }])
      clock.moveBy(seconds(2))
      await stores.runDue([noting([])])
      expect(await wakesOf('c')).toEqual([])
    })
  })

  const passing = (kind: string) => defineLook<Transaction>({ kind, priority: priorities.routine, longestCall: 0, look: async () => ({}) })
}

const landed = { actor: 'buyer', event: 'purchase.landed', facts: {} } as const

const microsoft = (quantity: number): NewSubscription['microsoft'] => ({
  ...{ status: 'PendingFulfillmentStart', rawStatus: 'PendingFulfillmentStart', name: 'Notes', isPreview: false },
  ...{ offerId: offerId.parse('notes'), planId: plan, quantity, beneficiary: {}, purchaser: {}, term: {} },
  ...{ isFreeTrial: false, isTest: false, allowedCustomerOperations: ['Read'] },
})
