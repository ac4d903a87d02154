import { describe, expect, test } from 'vitest'
import { ids, scriptedMicrosoft, wireSubscription } from '../../test/helpers/scripted-microsoft.ts'
import type { ScriptedReply, SeenRequest } from '../../test/helpers/scripted-server.ts'
import { ApiError } from '../kit/errors/index.ts'
import { seconds } from '../kit/time.ts'
import type { MicrosoftFulfilment } from './fulfilment/types.ts'
import type { CallRecord } from './trace.ts'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const failureOf = async (work: Promise<unknown>): Promise<ApiError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ApiError) return error
  throw new Error('expected an ApiError', { cause: error })
}

/** Answers with each in turn, then goes on with the last. */
const inTurn = (...replies: readonly (ScriptedReply | 'hangUp')[]) => {
  let next = 0
  return (): ScriptedReply | 'hangUp' => replies[Math.min(next++, replies.length - 1)] ?? 'hangUp'
}

const CALLS = {
  getSubscription: (ms: MicrosoftFulfilment) => ms.getSubscription(ids.subscription),
  activate: (ms: MicrosoftFulfilment) => ms.activate(ids.subscription, { planId: ids.plan, quantity: 5 }),
  patchOperation: (ms: MicrosoftFulfilment) => ms.patchOperation(ids.subscription, ids.operation, 'Success'),
  changePlan: (ms: MicrosoftFulfilment) => ms.changePlan(ids.subscription, ids.plan),
  changeQuantity: (ms: MicrosoftFulfilment) => ms.changeQuantity(ids.subscription, 5),
  cancel: (ms: MicrosoftFulfilment) => ms.cancel(ids.subscription),
}

describe('every call', () => {
  test('carries the version, the bearer token and ids of its own', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ body: wireSubscription }))
    await microsoft.fulfilment.getSubscription(ids.subscription)
    await microsoft.fulfilment.getSubscription(ids.subscription)
    const [first, second] = microsoft.calls()
    expect(first).toMatchObject({
      path: `/api/saas/subscriptions/${ids.subscription}`,
      rawQuery: '?api-version=2018-08-31',
      headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
    })
    expect(first?.headers['x-ms-requestid']).toMatch(GUID)
    expect(first?.headers['x-ms-correlationid']).toMatch(GUID)
    expect(second?.headers['x-ms-requestid']).not.toBe(first?.headers['x-ms-requestid'])
  })

  test('tells its caller how it went, under the caller’s correlation id', async () => {
    const microsoft = await scriptedMicrosoft(inTurn({ headers: { 'x-ms-activityid': 'act' }, body: wireSubscription }, { status: 404 }))
    const told: CallRecord[] = []
    const correlationId = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const traced = microsoft.fulfilment.traced({ correlationId, onCall: (record) => told.push(record) })
    await traced.getSubscription(ids.subscription)
    const error = await failureOf(traced.getSubscription(ids.subscription))
    expect(told).toMatchObject([
      { call: 'getSubscription', correlationId, status: 200, activityId: 'act' },
      { call: 'getSubscription', correlationId, status: 404, requestId: error.requestId },
    ])
    expect(microsoft.calls().map((call) => call.headers['x-ms-requestid'])).toEqual(told.map((record) => record.requestId))
  })

  test('keeps tokens and secrets out of the log', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 500, body: 'token-1' }))
    await failureOf(microsoft.fulfilment.resolve('a+purchase/token=='))
    expect(microsoft.logged()).not.toMatch(/token-1|the-secret-value|a\+purchase/)
    expect(microsoft.logged()).toContain('resolve')
  })

  test('ends at once when its signal is aborted, with the signal’s reason', async () => {
    const microsoft = await scriptedMicrosoft(() => new Promise(() => undefined))
    const giveUp = new AbortController()
    const call = microsoft.fulfilment.activate(ids.subscription, { planId: ids.plan, quantity: 1 }, giveUp.signal)
    giveUp.abort(new Error('lease lost'))
    await expect(call).rejects.toThrow('lease lost')
  })
})

describe('a token refused with 401', () => {
  const onlyWith = (token: string) => (request: SeenRequest) =>
    request.headers['authorization'] === `Bearer ${token}` ? { status: 202, body: wireSubscription } : { status: 401 }

  test('is replaced once and the call sent again, even one that is not repeatable', async () => {
    const microsoft = await scriptedMicrosoft(onlyWith('token-2'))
    await microsoft.fulfilment.cancel(ids.subscription)
    expect(microsoft.calls().map((call) => call.headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2'])
    await microsoft.fulfilment.getSubscription(ids.subscription)
    expect(microsoft.tokenRequests()).toHaveLength(2)
  })

  test('twice is told as forbidden, not tried for ever', async () => {
    const microsoft = await scriptedMicrosoft(onlyWith('none'))
    expect(await failureOf(microsoft.fulfilment.getSubscription(ids.subscription))).toMatchObject({ code: 'ERR_MS_FORBIDDEN', status: 401 })
    expect(microsoft.calls()).toHaveLength(2)
  })
})

describe('a lost answer', () => {
  test.each([
    ['getSubscription', 3, false],
    ['activate', 3, true],
    ['patchOperation', 3, true],
    ['changePlan', 1, true],
    ['changeQuantity', 1, true],
    ['cancel', 1, true],
  ] as const)('of %s makes %i tries; outcome unknown: %s', async (call, tries, outcomeUnknown) => {
    const microsoft = await scriptedMicrosoft(() => 'hangUp')
    const error = await failureOf(CALLS[call](microsoft.fulfilment))
    expect(error).toMatchObject({ code: 'ERR_MS_UNAVAILABLE', status: undefined, outcomeUnknown, retryable: true })
    expect(microsoft.calls()).toHaveLength(tries)
    expect(new Set(microsoft.calls().map((seen) => seen.headers['x-ms-requestid']))).toEqual(new Set([error.requestId]))
  })

  test('followed by a refusal leaves doubt: the first try may have done it', async () => {
    const microsoft = await scriptedMicrosoft(inTurn('hangUp', { status: 409 }))
    expect(await failureOf(CALLS.patchOperation(microsoft.fulfilment))).toMatchObject({ code: 'ERR_MS_CONFLICT', outcomeUnknown: true })
  })
})

describe('a bad status', () => {
  test('of a call that must not be repeated is not repeated, but for 429, which had no effect', async () => {
    const busy = await scriptedMicrosoft(() => ({ status: 503 }))
    expect(await failureOf(CALLS.cancel(busy.fulfilment))).toMatchObject({ code: 'ERR_MS_UNAVAILABLE', outcomeUnknown: true })
    expect(busy.calls()).toHaveLength(1)
    const throttled = await scriptedMicrosoft(inTurn({ status: 429 }, { status: 202 }))
    await CALLS.cancel(throttled.fulfilment)
    expect(throttled.calls()).toHaveLength(2)
  })

  test('hands on how long Microsoft asks to wait', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 429, headers: { 'retry-after': '120' } }))
    const error = await failureOf(CALLS.getSubscription(microsoft.fulfilment))
    expect(error).toMatchObject({ code: 'ERR_MS_UNAVAILABLE', facts: { retryAfter: seconds(120) }, outcomeUnknown: false })
    expect(microsoft.calls()).toHaveLength(1)
  })

  test.each([{ error: { code: 'Locked', message: 'm' } }, { code: 'Locked', message: 'm' }])(
    'keeps Microsoft’s code and answer',
    async (body) => {
      const microsoft = await scriptedMicrosoft(() => ({ status: 400, body }))
      const error = await failureOf(CALLS.changePlan(microsoft.fulfilment))
      expect(error).toMatchObject({ code: 'ERR_MS_BAD_REQUEST', body, facts: { microsoftCode: 'Locked' }, outcomeUnknown: false })
      expect(error.message).toMatch(/changePlan: HTTP 400, Locked/)
    },
  )

  test.each(['"You may not"', '<html>no</html>', ''])('is told whatever the body is: %s', async (body) => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 403, body }))
    expect(await failureOf(CALLS.getSubscription(microsoft.fulfilment))).toMatchObject({ code: 'ERR_MS_FORBIDDEN', status: 403 })
  })

  test('a very long answer is cut', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 400, body: 'x'.repeat(100_000) }))
    const { body } = await failureOf(CALLS.changePlan(microsoft.fulfilment))
    expect(String(body).length).toBeLessThan(5000)
  })

  test('a redirect is not followed: the token stays here', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } }))
    expect(await failureOf(CALLS.getSubscription(microsoft.fulfilment))).toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
  })
})

describe('a good answer that cannot be read', () => {
  test.each(['not json', '[]', '{}', JSON.stringify({ ...wireSubscription, quantity: 'many' })])(
    '%s is told as unexpected',
    async (body) => {
      const microsoft = await scriptedMicrosoft(() => ({ body }))
      expect(await failureOf(CALLS.getSubscription(microsoft.fulfilment))).toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER', status: 200 })
    },
  )

  test('its values are not quoted', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ body: { ...wireSubscription, quantity: 'mara@fabrikam.example' } }))
    const error = await failureOf(CALLS.getSubscription(microsoft.fulfilment))
    expect(`${error.message}${JSON.stringify(error.facts)}`).not.toContain('mara')
    expect(error.message).toContain('quantity')
  })

  test('another subscription than asked for is not taken', async () => {
    const microsoft = await scriptedMicrosoft(() => ({ body: { ...wireSubscription, id: ids.operation } }))
    expect(await failureOf(CALLS.getSubscription(microsoft.fulfilment))).toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
  })
})
