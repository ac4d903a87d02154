import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRevert, type MicrosoftNotice, readNotice } from './notice.ts'

const SUBSCRIPTION = '37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const OPERATION = '74dfb4db-c193-4891-827d-eb05fbdc64b0'

/** The sample of the Partner Center docs, ChangePlan. */
const current = {
  id: OPERATION,
  activityId: OPERATION,
  publisherId: 'contoso',
  offerId: 'testoffer-preview',
  planId: 'gold',
  quantity: 10,
  subscriptionId: SUBSCRIPTION,
  timeStamp: '2030-04-15T20:17:31.7350641Z',
  action: 'ChangePlan',
  status: 'InProgress',
  operationRequestSource: 'Azure',
  subscription: { id: SUBSCRIPTION, offerId: 'testoffer', planId: 'silver', quantity: 10, saasSubscriptionStatus: 'Subscribed', new: {} },
  purchaseToken: null,
}

const noticeOf = (body: unknown): MicrosoftNotice => {
  const reading = readNotice(body)
  if (reading.readable) return reading.notice
  throw new Error(reading.reason)
}

describe('a notice', () => {
  test('is read whole in the current shape', () => {
    expect(noticeOf(current)).toMatchObject({
      subscriptionId: SUBSCRIPTION,
      operationId: OPERATION,
      offerId: 'testoffer',
      planId: 'gold',
      quantity: 10,
      action: 'ChangePlan',
      status: 'InProgress',
      source: 'Azure',
      timeStamp: new Date('2030-04-15T20:17:31.735Z'),
      subscription: { planId: 'silver', status: 'Subscribed' },
    })
  })

  test.each([
    [
      'minimal, 2021',
      { id: OPERATION, activityId: OPERATION, operationRequestSource: 'Azure', subscriptionId: SUBSCRIPTION, action: 'Renew' },
      'Renew',
    ],
    [
      '2019',
      { operationId: OPERATION, subscriptionId: SUBSCRIPTION, offerId: 'o', planId: 'p', action: 'Subscribe', quantity: '20' },
      'Subscribe',
    ],
    ['Reinstate, early draft', { subscriptionId: SUBSCRIPTION, operationType: 'Reinstate' }, 'Reinstate'],
    ['the life-cycle page’s word', { subscriptionId: SUBSCRIPTION, action: 'Suspended' }, 'Suspend'],
    ['an action of tomorrow', { subscriptionId: SUBSCRIPTION, action: 'Transfer' }, 'Unknown'],
    ['the subscription named only inside', { id: OPERATION, action: 'Unsubscribe', subscription: { id: SUBSCRIPTION } }, 'Unsubscribe'],
  ])('is read in the shape: %s', (_, body, action) => {
    expect(noticeOf(body)).toMatchObject({ subscriptionId: SUBSCRIPTION, action })
  })

  test('keeps the word of an action it does not know', () => {
    expect(noticeOf({ subscriptionId: SUBSCRIPTION, action: ' Transfer ' })).toMatchObject({ action: 'Unknown', rawAction: 'Transfer' })
  })

  test('knows its source, misspelt too', () => {
    const sources = [{ operationRequestSource: 'Partner' }, { operationRequestedSource: 'partner' }, {}, { operationRequestSource: 'Moon' }]
    expect(sources.map((source) => noticeOf({ subscriptionId: SUBSCRIPTION, ...source }).source)).toEqual([
      'Partner',
      'Partner',
      'Unknown',
      'Unknown',
    ])
  })

  test('is read from text and bytes, a byte order mark in front or not', () => {
    const text = JSON.stringify(current)
    for (const body of [text, Buffer.from(text), `\uFEFF${text}`]) expect(noticeOf(body)).toEqual(noticeOf(current))
  })

  test('does not take the embedded subscription of another one', () => {
    expect(noticeOf({ ...current, subscription: { ...current.subscription, id: OPERATION } }).subscription).toBeUndefined()
  })

  test.each([
    ['notJson', 'action=Renew'],
    ['notJson', ''],
    ['notAnObject', '[]'],
    ['notAnObject', null],
    ['notAnObject', undefined],
    ['noSubscription', {}],
    ['noSubscription', { subscriptionId: 'x' }],
  ])('that says nothing is told as %s: %o', (reason, body) => {
    expect(readNotice(body)).toEqual({ readable: false, reason })
  })

  test('with the subscription’s id is read whatever else it holds', () => {
    const keys = fc.constantFrom(...Object.keys(current).filter((key) => key !== 'subscriptionId'), 'operationId', 'operationType', 'more')
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (noise) => {
        expect(noticeOf({ ...noise, subscriptionId: SUBSCRIPTION }).subscriptionId).toBe(SUBSCRIPTION)
      }),
    )
  })

  test('no body at all makes the reader throw', () => {
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.string(), fc.uint8Array()), (body) => void readNotice(body)))
  })
})

describe('a revert', () => {
  test.each([
    [{}, false],
    [{ planId: 'silver' }, true],
    [{ action: 'ChangeQuantity', planId: 'silver', quantity: 10 }, true],
    [{ action: 'ChangeQuantity', planId: 'silver', quantity: 11 }, false],
    [{ action: 'Renew', planId: 'silver' }, false],
    [{ planId: 'silver', subscription: undefined }, false],
    [{ action: 'ChangeQuantity', quantity: null, subscription: { ...current.subscription, quantity: null } }, false],
  ])('with %o: %s', (fields, revert) => {
    expect(isRevert(noticeOf({ ...current, ...fields }))).toBe(revert)
  })
})
