/** Our readers take everything Microsoft's own description admits. The file holds no examples, so they are made from its schemas. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { operation, operationList } from '../../../src/microsoft/wire/operation.ts'
import { page } from '../../../src/microsoft/wire/page.ts'
import { planList } from '../../../src/microsoft/wire/plan.ts'
import { resolved } from '../../../src/microsoft/wire/resolved.ts'
import { subscription } from '../../../src/microsoft/wire/subscription.ts'
import { arbitraryOf } from './arbitrary.ts'
import { FULFILMENT, loadSpec } from './spec.ts'

const { schemas } = loadSpec(FULFILMENT).components
const GUID = '37f9dea2-4345-438f-b0bd-03d40d28c7e0'

/** What the schema admits, always with the few fields no reader can do without. */
const admitted = (name: string, needed: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  arbitraryOf({ $ref: `#/components/schemas/${name}` }, schemas).map((value) => ({ ...Object(value), ...needed }))

const subscriptions = admitted('Subscription', { id: GUID, offerId: 'offer', planId: 'plan' })
const operations = admitted('SaaSOperation', { id: GUID })
const plans = admitted('Plan', { planId: 'plan' })

test.each<[string, fc.Arbitrary<unknown>, z.ZodType]>([
  ['Subscription', subscriptions, subscription],
  ['ResolvedSubscription', admitted('ResolvedSubscription', { id: GUID }), resolved],
  ['SubscriptionsResponse', admitted('SubscriptionsResponse', {}), page],
  ['SaaSOperation', operations, operation],
  ['OperationList', fc.array(operations).map((list) => ({ operations: list })), operationList],
  ['SubscriptionPlans', fc.array(plans).map((list) => ({ plans: list })), planList],
])('every %s of the description is read', (_, values, reader) => {
  fc.assert(fc.property(values, (value) => reader.safeParse(value).success))
})

describe('nothing that is described is lost', () => {
  test('of a subscription', () => {
    fc.assert(
      fc.property(subscriptions, (wire) => {
        const read = subscription.parse(wire)
        expect(read.rawStatus).toBe(wire['saasSubscriptionStatus'] ?? '')
        expect(read.status).toBe(wire['saasSubscriptionStatus'] ?? 'Unknown')
        expect(read.quantity).toBe(wire['quantity'])
        expect(read.allowedCustomerOperations).toEqual(wire['allowedCustomerOperations'] ?? [])
        expect([read.sandboxType, read.sessionMode]).toEqual([wire['sandboxType'], wire['sessionMode']])
        expect(read.created?.toISOString()).toBe(wire['created'])
      }),
    )
  })

  test('of an operation', () => {
    fc.assert(
      fc.property(operations, (wire) => {
        const read = operation.parse(wire)
        expect([read.action, read.status]).toEqual([wire['action'] ?? 'Unknown', wire['status'] ?? 'Unknown'])
        expect([read.quantity, read.subscriptionId]).toEqual([wire['quantity'], wire['subscriptionId']])
      }),
    )
  })
})
