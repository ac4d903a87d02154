import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../kit/time.ts'
import { purchaseKind, SUBSCRIPTION_STATUSES } from '../subscription.ts'
import { subscription } from './subscription.ts'

const ID = '37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const least = { id: ID, offerId: 'offer1', planId: 'silver', saasSubscriptionStatus: 'Subscribed' }

/** The sample of the Partner Center docs, Get Subscription. */
const sample = {
  id: ID,
  publisherId: 'contoso',
  offerId: 'offer1',
  name: 'Contoso Cloud Solution',
  saasSubscriptionStatus: ' Subscribed ',
  beneficiary: {
    emailId: 'test@contoso.com',
    objectId: '11111111-1111-1111-1111-111111111111',
    tenantId: '22222222-2222-2222-2222-222222222222',
    puid: '1234567890',
  },
  purchaser: { emailId: '', objectId: null, tenantId: '33333333-3333-3333-3333-333333333333', puid: null },
  planId: 'silver',
  term: { termUnit: 'P1M', startDate: '2030-03-04T00:00:00.0000001Z', endDate: '2030-04-03', chargeDuration: null },
  autoRenew: true,
  isTest: true,
  isFreeTrial: false,
  allowedCustomerOperations: ['Delete', 'Update', 'Read'],
  sandboxType: 'None',
  lastModified: '0001-01-01T00:00:00',
  created: '2030-03-01T10:20:30.1234567',
  quantity: 5,
  sessionMode: 'None',
  storeFront: 'something new',
}

describe('a subscription', () => {
  test('is read whole from the sample of the docs', () => {
    expect(subscription.parse(sample)).toEqual({
      id: ID,
      name: 'Contoso Cloud Solution',
      publisherId: 'contoso',
      offerId: 'offer1',
      isPreview: false,
      planId: 'silver',
      quantity: 5,
      status: 'Subscribed',
      rawStatus: 'Subscribed',
      beneficiary: {
        tenantId: '22222222-2222-2222-2222-222222222222',
        objectId: '11111111-1111-1111-1111-111111111111',
        email: 'test@contoso.com',
      },
      purchaser: { tenantId: '33333333-3333-3333-3333-333333333333', objectId: undefined, email: undefined },
      term: {
        startDate: instant('2030-03-04T00:00:00Z'),
        endDate: instant('2030-04-03T00:00:00Z'),
        termUnit: 'P1M',
        chargeDuration: undefined,
      },
      autoRenew: true,
      isTest: true,
      isFreeTrial: false,
      allowedCustomerOperations: ['Delete', 'Update', 'Read'],
      sessionMode: 'None',
      sandboxType: 'None',
      created: instant('2030-03-01T10:20:30.123Z'),
      lastModified: undefined,
    })
  })

  test('needs no more than its id, offer, plan and status', () => {
    expect(subscription.parse(least)).toMatchObject({ id: ID, name: '', quantity: undefined, status: 'Subscribed', autoRenew: false })
  })

  test.each(['id', 'offerId', 'planId'])('without %s is refused', (field) => {
    expect(subscription.safeParse({ ...least, [field]: undefined }).success).toBe(false)
  })

  test('of the preview offer belongs to the offer, with a mark', () => {
    expect(subscription.parse({ ...least, offerId: 'saasteam4-preview' })).toMatchObject({ offerId: 'saasteam4', isPreview: true })
    expect(subscription.safeParse({ ...least, offerId: '-preview' }).success).toBe(false)
  })

  test.each([
    [20, 20],
    ['20', 20],
    [' 20 ', 20],
    [null, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('quantity %o is read as %o', (quantity, read) => {
    expect(subscription.parse({ ...least, quantity }).quantity).toBe(read)
  })

  test.each(['many', 1.5, -1, {}, [], true])('quantity %o is refused rather than guessed', (quantity) => {
    expect(subscription.safeParse({ ...least, quantity }).success).toBe(false)
  })

  test('term dates count only while Subscribed or Suspended', () => {
    const term = { startDate: '2030-03-04T00:00:00Z', endDate: '2030-04-03T00:00:00Z', termUnit: 'P1Y' }
    for (const status of SUBSCRIPTION_STATUSES) {
      const { startDate, endDate, termUnit } = subscription.parse({ ...least, saasSubscriptionStatus: status, term }).term
      const meant = status === 'Subscribed' || status === 'Suspended'
      expect([startDate !== undefined, endDate !== undefined, termUnit]).toEqual([meant, meant, 'P1Y'])
    }
  })

  test('an unknown status is kept in its own words', () => {
    expect(subscription.parse({ ...least, saasSubscriptionStatus: ' Frozen ' })).toMatchObject({ status: 'Unknown', rawStatus: 'Frozen' })
    expect(subscription.parse({ ...least, saasSubscriptionStatus: null })).toMatchObject({ status: 'Unknown', rawStatus: '' })
  })

  test('a known status is known in any case and with any blanks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SUBSCRIPTION_STATUSES), fc.boolean(), fc.stringMatching(/^[ \t]{0,3}$/), (status, upper, blanks) => {
        const written = blanks + (upper ? status.toUpperCase() : status) + blanks
        expect(subscription.parse({ ...least, saasSubscriptionStatus: written }).status).toBe(status)
      }),
    )
  })

  test('is read whatever stands in the fields that only inform, and in fields nobody knows', () => {
    const informing = fc.constantFrom(
      'name',
      'publisherId',
      'beneficiary',
      'purchaser',
      'term',
      'autoRenew',
      'created',
      'isTest',
      'sessionMode',
      'new',
    )
    fc.assert(
      fc.property(fc.dictionary(informing, fc.jsonValue()), (noise) => {
        expect(subscription.parse({ ...noise, ...least })).toMatchObject({
          id: ID,
          offerId: 'offer1',
          planId: 'silver',
          status: 'Subscribed',
        })
      }),
    )
  })
})

describe('a purchase', () => {
  test.each([
    [{}, { kind: 'production' }],
    [{ sandboxType: 'None', sessionMode: 'None' }, { kind: 'production' }],
    [{ offerId: 'offer1-preview' }, { kind: 'test', reason: 'preview' }],
    [{ isTest: true }, { kind: 'test', reason: 'isTest' }],
    [{ sandboxType: 'Csp' }, { kind: 'test', reason: 'sandboxType' }],
    [{ sandboxType: 'SomethingNew' }, { kind: 'test', reason: 'sandboxType' }],
    [{ sessionMode: 'DryRun' }, { kind: 'test', reason: 'sessionMode' }],
  ])('with %o is %o', (fields, kind) => {
    expect(purchaseKind(subscription.parse({ ...least, ...fields }))).toEqual(kind)
  })
})
