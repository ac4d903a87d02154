import { describe, expect, test } from 'vitest'
import { ids, scriptedMicrosoft } from '../../test/helpers/scripted-microsoft.ts'
import { dimensionId } from '../kit/ids.ts'
import { quantityOf } from '../kit/quantity.ts'
import { instant } from '../kit/time.ts'
import { joinVerdicts, MAX_BATCH_EVENTS, type UsageEvent } from './index.ts'

const apiCalls = dimensionId.parse('api-calls')
const eventId = '0b6f8a5e-8b7e-4f55-9a4e-0f3a3d1f7c20'

const event = (hour: number, quantity = '1.5'): UsageEvent => ({
  subscriptionId: ids.subscription,
  dimension: apiCalls,
  planId: ids.plan,
  slotHour: instant(Date.parse('2030-05-01T00:00:00Z') + hour * 3_600_000),
  quantity: quantityOf(quantity),
})

/** As Microsoft's documentation shows it. */
const message = (hour: number, more: object = {}) => ({
  usageEventId: eventId,
  status: 'Accepted',
  messageTime: '2030-05-01T11:59:59.1234567Z',
  resourceId: ids.subscription,
  quantity: 1.5,
  dimension: 'api-calls',
  effectiveStartTime: `2030-05-01T0${hour}:00:00Z`,
  planId: 'silver',
  ...more,
})

const accepted = { ...message(2), usageEventId: eventId, status: 'Duplicate', quantity: 1.25 }
const duplicate = {
  additionalInfo: { acceptedMessage: accepted },
  message: 'This usage event already exist.',
  code: 'Conflict',
}

const batch = (...result: readonly object[]) => ({ body: { count: result.length, result } })

describe('reporting', () => {
  test('is one call with Microsoft’s names, in UTC, with plain numbers', async () => {
    const { metering, calls } = await scriptedMicrosoft(() => batch(message(1)))
    await metering.reportUsage([event(1, '0.00000001')])
    expect(calls()[0]).toMatchObject({ method: 'POST', path: '/api/batchUsageEvent', rawQuery: '?api-version=2018-08-31' })
    expect(JSON.parse(calls()[0]?.body ?? '')).toEqual({
      request: [
        {
          resourceId: ids.subscription,
          quantity: 1e-8,
          dimension: 'api-calls',
          effectiveStartTime: '2030-05-01T01:00:00.000Z',
          planId: 'silver',
        },
      ],
    })
  })

  test('a verdict is read whole, and a word nobody knows is never a success', async () => {
    const { metering } = await scriptedMicrosoft(() => batch(message(1), { ...message(2), status: 'Postponed' }))
    const verdicts = await metering.reportUsage([event(1), event(2)])
    expect(verdicts[0]).toEqual({
      status: 'Accepted',
      rawStatus: 'Accepted',
      usageEventId: eventId,
      messageTime: instant('2030-05-01T11:59:59.123Z'),
      subscriptionId: ids.subscription,
      dimension: 'api-calls',
      slotHour: event(1).slotHour,
      planId: 'silver',
      quantity: quantityOf('1.5'),
      accepted: undefined,
      error: undefined,
    })
    expect(verdicts[1]).toMatchObject({ status: 'Unknown', rawStatus: 'Postponed' })
  })

  test('a duplicate tells what has the slot, in a batch and alone', async () => {
    const refused = { ...message(2), usageEventId: '00000000-0000-0000-0000-000000000000', status: 'Duplicate', error: duplicate }
    const { metering } = await scriptedMicrosoft(({ path }) =>
      path.endsWith('/usageEvent') ? { status: 409, body: duplicate } : batch({ ...refused, messageTime: '0001-01-01T00:00:00' }),
    )
    const expected = {
      status: 'Duplicate',
      usageEventId: undefined,
      messageTime: undefined,
      accepted: { usageEventId: eventId, quantity: quantityOf('1.25'), planId: 'silver' },
      error: { code: 'Conflict' },
    }
    expect(await metering.reportUsage([event(2)])).toMatchObject([expected])
    expect(await metering.reportOne(event(2))).toMatchObject(expected)
  })

  test('verdicts are joined by slot, whatever their order, spelling and number', async () => {
    const odd = { resourceId: ids.subscription.toUpperCase(), effectiveStartTime: '2030-05-01T03:00:00' }
    const { metering } = await scriptedMicrosoft(() => batch({ ...message(3), ...odd }, message(9), message(1), { status: 'Error' }))
    const events = [event(1), event(2), event(3)]
    const joined = joinVerdicts(events, await metering.reportUsage(events))
    expect(joined.map(({ event: sent, verdict }) => [sent.slotHour.getUTCHours(), verdict?.slotHour?.getUTCHours()])).toEqual([
      [1, 1],
      [2, undefined],
      [3, 3],
    ])
  })

  test('what must not be sent is not sent', async () => {
    const { metering, calls } = await scriptedMicrosoft(() => batch())
    const many = Array.from({ length: MAX_BATCH_EVENTS + 1 }, (_, hour) => event(hour))
    const halfPast = { ...event(1), slotHour: instant('2030-05-01T01:30:00Z') }
    for (const events of [[], many, [event(1), event(1)], [event(1, '0')], [event(1, '-1')], [event(1, '12345678.12345678')], [halfPast]])
      await expect(metering.reportUsage(events)).rejects.toThrow(RangeError)
    expect(calls()).toEqual([])
  })

  test('a lost answer is repeated within the call: the slot is taken once', async () => {
    let asked = 0
    const { metering } = await scriptedMicrosoft(() => (asked++ === 0 ? 'hangUp' : batch({ ...message(1), status: 'Duplicate' })))
    expect(await metering.reportUsage([event(1)])).toMatchObject([{ status: 'Duplicate', accepted: undefined }])
    expect(asked).toBe(2)
  })

  test('a wish to wait longer than a call may is handed on with its length', async () => {
    const { metering, calls } = await scriptedMicrosoft(() => ({ status: 429, headers: { 'retry-after': '120' } }))
    await expect(metering.reportUsage([event(1)])).rejects.toMatchObject({ code: 'ERR_MS_UNAVAILABLE', facts: { retryAfter: 120_000 } })
    expect(calls()).toHaveLength(1)
  })

  test.each([
    [400, 'ERR_MS_BAD_REQUEST'],
    [403, 'ERR_MS_FORBIDDEN'],
  ])('HTTP %i is the caller’s or the set-up’s fault: %s', async (status, code) => {
    const body = { code: 'BadArgument', message: 'One or more errors have occurred.', target: 'usageEventRequest', details: [] }
    const { metering } = await scriptedMicrosoft(() => ({ status, body }))
    await expect(metering.reportOne(event(1))).rejects.toMatchObject({
      code,
      outcomeUnknown: false,
      facts: { microsoftCode: 'BadArgument' },
    })
  })
})

describe('reading back', () => {
  const row = {
    usageDate: '2030-04-30T00:00:00Z',
    usageResourceId: ids.subscription,
    dimension: 'api-calls',
    planId: 'silver',
    planName: 'Silver',
    offerId: 'offer1-preview',
    offerName: 'Offer',
    offerType: 'SaaS',
    azureSubscriptionId: '00000000-0000-0000-0000-000000000000',
    reconStatus: 'Accepted',
    submittedQuantity: 0.1 + 0.2,
    processedQuantity: 0.3,
    submittedCount: 2,
  }

  test('asks by whole days and reads sums made of doubles', async () => {
    const { metering, calls } = await scriptedMicrosoft(() => ({ body: [row, { ...row, reconStatus: 'Paused', processedQuantity: null }] }))
    const totals = await metering.listUsage({ from: '2030-04-29', to: '2030-04-30', dimension: apiCalls, reconStatus: 'Accepted' })
    expect(Object.fromEntries(calls()[0]?.query ?? [])).toEqual({
      'api-version': '2018-08-31',
      usageStartDate: '2030-04-29T00:00:00Z',
      UsageEndDate: '2030-04-30T23:59:59Z',
      dimension: 'api-calls',
      reconStatus: 'Accepted',
    })
    expect(totals[0]).toEqual({
      day: '2030-04-30',
      subscriptionId: ids.subscription,
      dimension: 'api-calls',
      planId: 'silver',
      offerId: 'offer1',
      reconStatus: 'Accepted',
      rawReconStatus: 'Accepted',
      submitted: quantityOf('0.3'),
      processed: quantityOf('0.3'),
      submittedCount: 2,
    })
    expect(totals[1]).toMatchObject({ reconStatus: 'Unknown', rawReconStatus: 'Paused', processed: undefined })
  })

  test('a managed application’s row is none of ours; a row that cannot be read is no shorter list', async () => {
    const { metering: mixed } = await scriptedMicrosoft(() => ({ body: [{ ...row, usageResourceId: null }, row] }))
    expect(await mixed.listUsage({ from: '2030-04-30' })).toHaveLength(1)
    const { metering: broken } = await scriptedMicrosoft(() => ({ body: [row, { ...row, submittedQuantity: 'many' }] }))
    await expect(broken.listUsage({ from: '2030-04-30' })).rejects.toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
  })

  test('no usage is an empty list, and a day that is none is not asked for', async () => {
    const { metering } = await scriptedMicrosoft(() => ({ body: [] }))
    expect(await metering.listUsage({ from: '2030-04-30' })).toEqual([])
    await expect(metering.listUsage({ from: '30 April' })).rejects.toThrow(RangeError)
  })
})
