import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hours, minutes, standingClock } from '../../src/kit/time.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { accessToken, activeSubscription, type Reply, replyOf } from '../testing/publisher.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, clock: standingClock('2030-05-01T12:30:00Z') })
})
afterEach(() => sandbox.stop())

const world = () => sandbox.worlds.marketplace
const signals = { offerId: 'larkspur-signals', planId: 'metered' }

async function call(method: string, path: string, body?: unknown): Promise<Reply> {
  const token = await accessToken(sandbox)
  const url = `${sandbox.urls.metering}${path}${path.includes('?') ? '&' : '?'}api-version=2018-08-31`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return replyOf(await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body) }))
}

const ago = (hoursAgo: number): string => new Date(sandbox.clock.now().getTime() - hours(hoursAgo)).toISOString()
const event = (resourceId: string, more: object = {}) => ({
  ...{ resourceId, quantity: 1.5, dimension: 'events', effectiveStartTime: ago(1), planId: 'metered' },
  ...more,
})
const batch = async (...request: readonly object[]) => (await call('POST', '/batchUsageEvent', { request })).json
const answered = z.object({ result: z.array(z.object({ status: z.string() })) })
const statuses = async (...request: readonly object[]): Promise<readonly string[]> =>
  answered.parse(await batch(...request)).result.map(({ status }) => status)

describe('one event', () => {
  test('is accepted once for its hour; then 409 shows what was accepted, whatever comes', async () => {
    const id = await activeSubscription(sandbox, signals)
    const first = await call('POST', '/usageEvent', event(id))
    expect([first.status, first.json]).toMatchObject([200, { status: 'Accepted', quantity: 1.5, resourceId: id, planId: 'metered' }])
    const again = await call('POST', '/usageEvent', event(id, { quantity: 9 }))
    expect([again.status, again.json]).toMatchObject([
      409,
      { code: 'Conflict', additionalInfo: { acceptedMessage: { status: 'Duplicate', quantity: 1.5 } } },
    ])
    expect(world().usage(id)).toHaveLength(1)
  })

  test.each([
    ['older than 24 hours', { effectiveStartTime: '2030-04-30T11:59:00Z' }, 'Expired'],
    ['of the future', { effectiveStartTime: '2030-05-01T14:00:00Z' }, 'BadArgument'],
    ['of nothing', { quantity: 0 }, 'InvalidQuantity'],
    ['of less than nothing', { quantity: -1 }, 'InvalidQuantity'],
    ['whose quantity is a text', { quantity: '1' }, 'BadArgument'],
    ['of an unknown dimension', { dimension: 'seats' }, 'InvalidDimension'],
    ['of another plan', { planId: 'scale' }, 'BadArgument'],
    ['of an unknown plan', { planId: 'gold' }, 'BadArgument'],
    ['of nobody', { resourceId: '00000000-0000-4000-8000-000000000000' }, 'ResourceNotFound'],
  ])('%s is refused with 400, in a batch with its own word', async (_, wrong, word) => {
    const id = await activeSubscription(sandbox, signals)
    const alone = await call('POST', '/usageEvent', event(id, wrong))
    expect([alone.status, alone.json]).toMatchObject([400, { code: 'BadArgument', details: [{ code: word }] }])
    expect(await statuses(event(id, wrong))).toEqual([word])
    expect(world().usage()).toEqual([])
  })

  test('the window counts from the start of the hour', async () => {
    const id = await activeSubscription(sandbox, signals)
    const at = (time: string) => event(id, { effectiveStartTime: time })
    expect(await statuses(at('2030-04-30T12:59:00Z'), at('2030-04-30T13:00:00Z'))).toEqual(['Expired', 'Accepted'])
  })

  test('only the app of the offer may report', async () => {
    const offer = world()
      .offers()
      .find(({ offerId }) => offerId === signals.offerId)
    if (!offer) throw new Error('no offer')
    world().addOffer({ ...offer, offerId: 'foreign', app: { ...offer.app, clientId: '00000000-0000-4000-8000-000000000001' } })
    const { subscriptionId } = world().purchase({ ...signals, offerId: 'foreign' })
    expect((await call('POST', '/usageEvent', event(subscriptionId))).status).toBe(403)
    expect(await statuses(event(subscriptionId))).toEqual(['ResourceNotAuthorized'])
  })
})

describe('a batch', () => {
  test('is answered 200 with a verdict for each event, also when every one failed', async () => {
    const id = await activeSubscription(sandbox, signals)
    world().setOptions({ verdictOrder: 'reversed' })
    const body = await batch(event(id), event(id, { quantity: 2 }), { nothing: true })
    expect(body).toMatchObject({
      count: 3,
      result: [
        { status: 'BadArgument', messageTime: '0001-01-01T00:00:00' },
        { status: 'Duplicate', error: { additionalInfo: { acceptedMessage: { quantity: 1.5 } } } },
        { status: 'Accepted' },
      ],
    })
  })

  test('of none or more than 25 is refused whole', async () => {
    const id = await activeSubscription(sandbox, signals)
    const many = Array.from({ length: 26 }, () => event(id))
    for (const request of [[], many]) expect((await call('POST', '/batchUsageEvent', { request })).status).toBe(400)
    expect(world().usage()).toEqual([])
  })

  test('can be told to fail an event, with or without its effect, and to say nothing of it', async () => {
    const id = await activeSubscription(sandbox, signals)
    sandbox.worlds.faults.add({ world: 'usage', kind: 'verdict', dimension: 'mails', afterEffect: true })
    sandbox.worlds.faults.add({ world: 'usage', kind: 'omit', dimension: 'storage' })
    const three = [event(id), event(id, { dimension: 'mails' }), event(id, { dimension: 'storage' })]
    expect(await statuses(...three)).toEqual(['Accepted', 'Error'])
    expect(await statuses(...three)).toEqual(['Duplicate', 'Duplicate', 'Accepted'])
  })
})

describe('the life of the subscription', () => {
  test('pending and suspended take nothing; ended takes what was used before, inside its day', async () => {
    const { subscriptionId } = world().purchase(signals)
    expect(await statuses(event(subscriptionId))).toEqual(['ResourceNotActive'])
    const id = await activeSubscription(sandbox, signals)
    world().suspend(id)
    expect(await statuses(event(id))).toEqual(['ResourceNotActive'])
    world().cancel(id)
    const later = event(id, { effectiveStartTime: ago(0) })
    expect(await statuses(event(id), later)).toEqual(['Accepted', 'ResourceNotActive'])
    world().setOptions({ usageAfterEnd: 'refused' })
    expect(await statuses(event(id, { effectiveStartTime: ago(2) }))).toEqual(['ResourceNotActive'])
  })

  test('after a plan change the hours before go under the former plan, or are refused, as told', async () => {
    const id = await activeSubscription(sandbox, signals)
    await call('PATCH', `/saas/subscriptions/${id}`, { planId: 'scale' })
    sandbox.clock.moveBy(minutes(1))
    await sandbox.settled()
    expect(world().subscription(id)?.planId).toBe('scale')
    const [before, under] = [event(id, { effectiveStartTime: ago(3) }), event(id, { effectiveStartTime: ago(3), planId: 'scale' })]
    world().setOptions({ usageOfFormerPlan: 'refused' })
    expect(await statuses(before)).toEqual(['BadArgument'])
    world().setOptions({ usageOfFormerPlan: 'accepted' })
    expect(await statuses(before, under)).toEqual(['Accepted', 'Duplicate'])
    world().setOptions({ slotIncludesPlan: true })
    expect(await statuses(under)).toEqual(['Accepted'])
  })
})

describe('the books', () => {
  test('daily sums are Submitted, then Accepted; what was processed otherwise is Mismatch or Rejected', async () => {
    const id = await activeSubscription(sandbox, signals)
    await batch(
      event(id),
      event(id, { effectiveStartTime: ago(2) }),
      event(id, { dimension: 'mails' }),
      event(id, { dimension: 'storage' }),
    )
    const sums = async (filter = '') => (await call('GET', `/usageEvents?usageStartDate=2030-05-01${filter}`)).json
    expect(await sums('&dimension=events')).toMatchObject([{ reconStatus: 'Submitted', submittedQuantity: 3, submittedCount: 2 }])
    const [mails, storage] = ['mails', 'storage'].map((each) =>
      world()
        .usage(id)
        .find(({ dimension }) => dimension === each),
    )
    world().setProcessed(mails?.usageEventId ?? '', 1)
    world().setProcessed(storage?.usageEventId ?? '', 'rejected')
    sandbox.clock.moveBy(world().options().usageProcessing)
    await sandbox.settled()
    expect(await sums('&dimension=events')).toMatchObject([
      { reconStatus: 'Accepted', usageDate: '2030-05-01T00:00:00Z', offerId: 'larkspur-signals', planId: 'metered', processedQuantity: 3 },
    ])
    expect(await sums('&reconStatus=Mismatch')).toMatchObject([{ dimension: 'mails', processedQuantity: 1 }])
    expect(await sums('&reconStatus=Rejected')).toMatchObject([{ dimension: 'storage', processedQuantity: 0 }])
    expect(await sums('&offerId=larkspur-suite-platform')).toEqual([])
    expect((await call('GET', '/usageEvents')).status).toBe(400)
    expect(world().billed(id)).toMatchObject([
      { dimension: 'events', quantity: '3', events: 2, amount: '1.2' },
      { dimension: 'mails', quantity: '1' },
      { dimension: 'storage', quantity: '0' },
    ])
    const page = await replyOf(await fetch(`${sandbox.url}/store/subscriptions/${id}`))
    expect(page.text).toContain('Events (thousand)')
    expect(page.text).toContain('$1.2')
  })

  test('what a plan includes and meters is in its description', async () => {
    const id = await activeSubscription(sandbox, signals)
    const { json } = await call('GET', `/saas/subscriptions/${id}/listAvailablePlans?planId=scale`)
    expect(json).toMatchObject({
      plans: [
        {
          planComponents: {
            recurrentBillingTerms: [
              {
                meteredQuantityIncluded: [
                  { dimensionId: 'events', units: '500' },
                  { dimensionId: 'mails', units: 'Unlimited' },
                  { dimensionId: 'storage', units: '100' },
                ],
              },
              {},
            ],
            meteringDimensions: [{ id: 'events', pricePerUnit: 0.25 }, {}, {}],
          },
        },
      ],
    })
  })
})
