import { describe, expect, test } from 'vitest'
import { ids, scriptedMicrosoft, wireSubscription } from '../../test/helpers/scripted-microsoft.ts'
import { planId } from '../kit/ids.ts'
import { seconds } from '../kit/time.ts'
import type { MicrosoftFulfilment } from './fulfilment/types.ts'

const allPages = async (fulfilment: MicrosoftFulfilment) => {
  const pages: string[][] = []
  for await (const page of fulfilment.listSubscriptions()) pages.push(page.map((subscription) => subscription.name))
  return pages
}
const row = (n: number) => ({ ...wireSubscription, id: ids.subscription.replace(/.$/, String(n)), name: `s${n}` })

describe('resolve', () => {
  const resolved = { id: ids.subscription, subscriptionName: 'n', offerId: 'offer1', planId: 'silver', quantity: 20 }

  test('hands the token on as it is and gives the subscription', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ body: { ...resolved, subscription: wireSubscription } }))
    expect(await microsoft.fulfilment.resolve('ab+c/d==')).toMatchObject({ id: ids.subscription, status: 'Subscribed', quantity: 20 })
    expect(microsoft.calls()).toMatchObject([
      { method: 'POST', path: '/api/saas/subscriptions/resolve', body: '', headers: { 'x-ms-marketplace-token': 'ab+c/d==' } },
    ])
  })

  test('reads the subscription where the answer has only the flat fields', async () => {
    const microsoft = await scriptedMicrosoft((request) => ({ body: request.method === 'POST' ? resolved : wireSubscription }))
    expect(await microsoft.fulfilment.resolve('token')).toMatchObject({ status: 'Subscribed', offerId: 'offer1' })
    expect(microsoft.calls().map((call) => call.method)).toEqual(['POST', 'GET'])
  })

  test('tells a refused token apart and keeps it out of the error', async () => {
    const body = { error: { code: 'InvalidValue', message: 'cannot decrypt ab+c/d==' } }
    const microsoft = await scriptedMicrosoft(() => ({ status: 400, body }))
    const error = await microsoft.fulfilment.resolve('ab+c/d==').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_MS_PURCHASE_TOKEN_REFUSED', status: 400, facts: { microsoftCode: 'InvalidValue' } })
    expect(JSON.stringify(error)).not.toContain('ab+c')
  })

  test.each(['', 'two words', 'line\r\nbreak', 'ü', 'x'.repeat(20_000)])('refuses %j without asking', async (token) => {
    const microsoft = await scriptedMicrosoft(() => ({ body: resolved }))
    await expect(microsoft.fulfilment.resolve(token)).rejects.toMatchObject({ code: 'ERR_MS_PURCHASE_TOKEN_REFUSED' })
    expect(microsoft.calls()).toHaveLength(0)
  })
})

describe('listSubscriptions', () => {
  test('goes through all pages on the configured host, whatever host the link names', async () => {
    const microsoft = await scriptedMicrosoft(({ query }) => {
      if (query.get('continuationToken') === 'p/2+') return { body: { subscriptions: [row(3)], '@nextLink': '' } }
      const link = 'https://https://elsewhere.example/api/saas/subscriptions/?continuationToken=p%2F2%2B&api-version=2018-08-31'
      return { body: { subscriptions: [row(1), row(2)], '@nextLink': link } }
    })
    expect(await allPages(microsoft.fulfilment)).toEqual([['s1', 's2'], ['s3']])
    expect(microsoft.calls().map((call) => call.rawQuery)).toEqual([
      '?api-version=2018-08-31',
      '?api-version=2018-08-31&continuationToken=p%2F2%2B',
    ])
  })

  test.each([{}, { subscriptions: null }, { subscriptions: [] }, ''])('takes %j as an empty list', async (body) => {
    const microsoft = await scriptedMicrosoft(() => ({ body }))
    expect(await allPages(microsoft.fulfilment)).toEqual([[]])
  })

  test('a row that cannot be read hides no other and is logged without its values', async () => {
    const broken = { ...row(2), quantity: 'mara@fabrikam.example' }
    const microsoft = await scriptedMicrosoft(() => ({ body: { subscriptions: [row(1), broken, row(3)] } }))
    expect(await allPages(microsoft.fulfilment)).toEqual([['s1', 's3']])
    expect(microsoft.logged()).toContain('a listed subscription cannot be read')
    expect(microsoft.logged()).not.toContain('mara')
  })

  test('stops with an error when the pages go in circles', async () => {
    let calls = 0
    const microsoft = await scriptedMicrosoft(() => {
      calls += 1
      return { body: { subscriptions: [row(1)], '@nextLink': `?continuationToken=${calls % 2}` } }
    })
    await expect(allPages(microsoft.fulfilment)).rejects.toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
    expect(calls).toBe(3)
  })

  test('stops with an error, not with a short list, when the next page cannot be told', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ body: { subscriptions: [row(1)], '@nextLink': 'https://host/next' } }))
    await expect(allPages(microsoft.fulfilment)).rejects.toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
  })
})

describe('changes', () => {
  const location = `https://elsewhere.example/api/saas/subscriptions/${ids.subscription}/operations/${ids.operation}?api-version=2018-08-31`

  test('send one field and give the operation to follow', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 202, headers: { 'operation-location': location, 'retry-after': '7' } }))
    const accepted = { operationId: ids.operation, retryAfter: seconds(7) }
    expect(await microsoft.fulfilment.changePlan(ids.subscription, planId.parse('gold'))).toEqual(accepted)
    expect(await microsoft.fulfilment.changeQuantity(ids.subscription, 7)).toEqual(accepted)
    expect(await microsoft.fulfilment.cancel(ids.subscription)).toEqual(accepted)
    expect(microsoft.calls().map(({ method, body }) => [method, body])).toEqual([
      ['PATCH', '{"planId":"gold"}'],
      ['PATCH', '{"quantity":7}'],
      ['DELETE', ''],
    ])
  })

  test('to a subscription that has ended already are good without an operation', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 200 }))
    expect(await microsoft.fulfilment.cancel(ids.subscription)).toEqual({ operationId: undefined, retryAfter: undefined })
  })

  test.each([
    [{ code: 'Failed', message: 'The subscription is locked because an operation on it is pending.' }, 'ERR_MS_CONFLICT'],
    [{ error: { code: 'BadArgument', message: 'Another operation is pending.' } }, 'ERR_MS_CONFLICT'],
    [{ code: 'BadArgument', message: 'The subscription is in status PendingFulfillmentStart.' }, 'ERR_MS_BAD_REQUEST'],
  ])('a 400 that tells of another operation in the way is a conflict, and no other: %j', async (body, code) => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 400, body }))
    await expect(microsoft.fulfilment.changeQuantity(ids.subscription, 7)).rejects.toMatchObject({ code, outcomeUnknown: false })
  })

  test.each([0, -1, 1.5, 1_000_001, Number.NaN])('%d seats is the caller’s fault', async (quantity) => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 202 }))
    await expect(microsoft.fulfilment.changeQuantity(ids.subscription, quantity)).rejects.toThrow(RangeError)
    expect(microsoft.calls()).toHaveLength(0)
  })
})

describe('activate', () => {
  test.each([
    [20, '{"planId":"silver","quantity":20}'],
    [undefined, '{"planId":"silver"}'],
  ])('with quantity %o sends %s and takes any good answer', async (quantity, body) => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 202 }))
    await microsoft.fulfilment.activate(ids.subscription, { planId: ids.plan, quantity })
    expect(microsoft.calls()).toMatchObject([{ method: 'POST', path: `/api/saas/subscriptions/${ids.subscription}/activate`, body }])
  })
})

describe('operations', () => {
  const operation = { id: ids.operation, subscriptionId: ids.subscription, action: 'ChangePlan', status: 'InProgress', planId: 'gold' }
  const path = `/api/saas/subscriptions/${ids.subscription}/operations`

  test('are listed, read and answered', async () => {
    const microsoft = await scriptedMicrosoft(({ path: asked, method }) => {
      if (method === 'PATCH') return { status: 200 }
      return { body: asked === path ? [operation] : operation }
    })
    expect(await microsoft.fulfilment.listOperations(ids.subscription)).toMatchObject([{ id: ids.operation }])
    expect(await microsoft.fulfilment.getOperation(ids.subscription, ids.operation)).toMatchObject({ action: 'ChangePlan', planId: 'gold' })
    await microsoft.fulfilment.patchOperation(ids.subscription, ids.operation, 'Failure')
    expect(microsoft.calls().at(-1)).toMatchObject({ method: 'PATCH', path: `${path}/${ids.operation}`, body: '{"status":"Failure"}' })
  })

  test.each([400, 404])('an unknown one, told by %i, is not found', async (status) => {
    const microsoft = await scriptedMicrosoft(() => ({ status }))
    await expect(microsoft.fulfilment.getOperation(ids.subscription, ids.operation)).rejects.toMatchObject({
      code: 'ERR_MS_NOT_FOUND',
      status,
    })
  })
})

describe('listAvailablePlans', () => {
  test('asks for one plan by its id, encoded', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ body: { plans: [{ planId: 'a&b' }] } }))
    expect(await microsoft.fulfilment.listAvailablePlans(ids.subscription, planId.parse('a&b'))).toMatchObject([{ planId: 'a&b' }])
    expect(microsoft.calls()[0]?.query.get('planId')).toBe('a&b')
  })
})
