import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { example, type Sent, startPartnerCenter, type TestPartnerCenter, uri } from '../testing.ts'

let center: TestPartnerCenter
beforeAll(async () => {
  center = await startPartnerCenter()
})
beforeEach(() => center.sandbox.reset())
afterAll(() => center.stop())

const world = () => center.sandbox.worlds.partnerCenter
const notes = () => world().product('larkspur-notes')
const submission = (target: string, id?: string): Sent => ({
  ...{ $schema: uri('submission', '2022-03-01-preview2'), product: `product/${notes().guid}`, target: { targetType: target } },
  ...(id && { id }),
})
const submit = (target: string, id?: string) => center.configure([submission(target, id)])
const newest = () => `submission/${notes().guid}/${notes().submissions.findLast(({ target }) => target === 'preview')?.number}`

test('a preview that passed goes live under the same number, and only the newest one does', async () => {
  const old = newest()
  expect((await submit('preview')).result).toBe('succeeded')
  expect((await submit('live', old)).causes).toEqual(['The submission cannot be pushed to as its not the latest'])
  expect((await submit('live')).causes).toEqual(['A submission to live needs the id of a succeeded preview submission.'])
  expect((await submit('live', newest())).result).toBe('succeeded')
  const { json } = await center.call('GET', `submission/${notes().guid}`)
  expect(json).toMatchObject({
    value: [
      { target: { targetType: 'draft' } },
      { id: newest(), target: { targetType: 'preview' }, status: 'completed', result: 'succeeded' },
      { id: newest(), target: { targetType: 'live' }, status: 'completed', result: 'succeeded' },
    ],
  })
})

test('what a colleague left in the draft stops a go-live that does not know of it', async () => {
  await submit('preview')
  world().editByHand('larkspur-notes', { type: 'listing', change: { title: 'Larkspur Notes, new' } })
  expect((await submit('live', newest())).causes).toEqual(['The submission cannot be pushed to as its not the latest'])
  world().setOptions({ liveOfOlderPreview: 'accepted' })
  expect((await submit('live', newest())).result).toBe('succeeded')
  expect(center.sandbox.worlds.marketplace.offers().find(({ offerId }) => offerId === 'larkspur-notes')?.name).toBe('Larkspur Notes')
})

test('certification that fails says no more than that, and a second submission waits for the first', async () => {
  world().setOptions({ certification: 'manual' })
  const waiting = await submit('preview')
  expect(waiting.result).toBe('pending')
  const second = await submit('preview')
  expect(second.causes).toEqual(['An In Progress submission already exists'])
  expect(world().decide('larkspur-notes', false)).toBe(true)
  const { json } = await center.call('GET', `configure/${waiting.id}/status`)
  expect(json).toMatchObject({
    jobResult: 'failed',
    errors: [
      {
        code: 'internalServerError',
        message: 'Operation failed',
        details: [{ code: 'invalidState', message: 'Certification', details: [{ message: 'Issues found during Certification.' }] }],
      },
    ],
  })
  expect((await submit('live', newest())).causes).toEqual(['The submission has not succeeded in preview.'])
})

test('an offer that lacks what publishing needs is not published, and told what it lacks', async () => {
  await center.configure(
    example('b-configure-create-flat-rate-three-meters').resources.filter(({ resourceName }) => resourceName !== 'technical'),
  )
  const product = `product/${world().product('fabrikam-relay').guid}`
  const job = await center.configure([{ ...submission('preview'), product }])
  expect(job.causes).toContain('The landing page URL is missing.')
})

test('a private audience changes in all states at once, without publishing', async () => {
  const { guid, live } = notes()
  const plan = [...(live ?? new Map()).values()].find(({ type }) => type === 'plan')?.id
  const update = (id: string): Sent => ({
    $schema: uri('price-and-availability-update-private-audiences', '2022-03-01-preview3'),
    ...{ product: `product/${guid}`, plan, privateAudiences: { add: [{ type: 'tenant', id }] } },
  })
  expect((await center.configure([update('x')])).causes).toEqual(['The audience of a public plan cannot be changed.'])
})

test('a deprecated offer is sold no more at once, and who has it keeps it', async () => {
  const { marketplace } = center.sandbox.worlds
  const { subscriptionId } = marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' })
  const deprecated = {
    ...submission('live', newest()),
    lifecycleState: 'deprecated',
    deprecationSchedule: { dateOffset: 'P0D', reason: 'other' },
  }
  expect((await center.configure([deprecated])).result).toBe('succeeded')
  expect(() => marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' })).toThrow('no longer sold')
  expect(marketplace.subscription(subscriptionId)?.status).toBe('PendingFulfillmentStart')
})
