/** Subscription records in every state, built from a plain one: for tests and the gallery of the buyer's pages. */
import {
  assetId,
  entraObjectId,
  entraTenantId,
  offerId,
  planId,
  productId,
  requestId,
  subscriptionId,
  tenantId,
} from '../../src/kit/ids.ts'
import { instant } from '../../src/kit/time.ts'
import type { Choices, NotPossible } from '../../src/subscriptions/index.ts'
import type { SubscriptionRecord, Visitor } from '../../src/subscriptions/record.ts'
import type { ConnectSnapshot, MicrosoftSnapshot, RequestSnapshot } from '../../src/subscriptions/snapshots.ts'

export const NOW = instant('2026-11-22T15:30:00Z')

export const buyer: Visitor = {
  entraTenantId: entraTenantId.parse('d2a4c1f8-3b5e-4f7a-8c6d-90e1f2a3b4c5'),
  objectId: entraObjectId.parse('11a0f1d2-0001-4a6b-9c3d-5e7f80910001'),
  name: 'Mara Vogt',
  givenName: 'Mara',
  familyName: 'Vogt',
  email: 'mara.vogt@fabrikam.example',
}

export const partnerTenant = entraTenantId.parse('e7b3d5a1-6c2f-4e8b-9d4a-1f0e2d3c4b5a')

const microsoft: MicrosoftSnapshot = {
  status: 'PendingFulfillmentStart',
  rawStatus: 'PendingFulfillmentStart',
  name: 'Projects for Fabrikam',
  offerId: offerId.parse('larkspur-projects'),
  isPreview: false,
  planId: planId.parse('professional'),
  quantity: 25,
  beneficiary: { entraTenantId: buyer.entraTenantId, objectId: buyer.objectId, email: buyer.email },
  purchaser: { entraTenantId: buyer.entraTenantId, objectId: buyer.objectId, email: buyer.email },
  term: { termUnit: 'P1Y' },
  autoRenew: true,
  isFreeTrial: false,
  isTest: false,
  allowedCustomerOperations: ['Read', 'Update', 'Delete'],
  createdAt: instant('2026-11-22T15:02:00Z'),
}

const record: SubscriptionRecord = {
  tenantId: tenantId.parse('larkspur'),
  subscriptionId: subscriptionId.parse('37f9dea2-4345-438f-b0bd-03d40d28c7e0'),
  productId: productId.parse('PRD-417-220-902'),
  offerId: microsoft.offerId,
  planId: microsoft.planId,
  quantity: 25,
  environment: 'production',
  microsoft,
  microsoftObservedAt: NOW,
  connect: {},
  connectObservedAt: NOW,
  confirmed: undefined,
  firstSeenAt: instant('2026-11-22T15:03:00Z'),
  openAttention: [],
}

export interface Changes {
  readonly record?: Partial<SubscriptionRecord>
  readonly microsoft?: Partial<MicrosoftSnapshot>
  readonly connect?: ConnectSnapshot
}

/** Bought and not confirmed, except for what is said. */
export const bought = (changes: Changes = {}): SubscriptionRecord => ({
  ...record,
  ...changes.record,
  microsoft: { ...microsoft, ...changes.microsoft },
  connect: changes.connect ?? {},
})

export const confirmed = { at: instant('2026-11-22T15:10:00Z'), entraTenantId: buyer.entraTenantId, objectId: buyer.objectId }

/** Bought and confirmed. */
export const ordered = (changes: Changes = {}): SubscriptionRecord => bought({ ...changes, record: { confirmed, ...changes.record } })

export const request = (changes: Partial<RequestSnapshot> = {}): RequestSnapshot => ({
  id: requestId.parse('PR-2201-9917-0440-001'),
  type: 'purchase',
  status: 'pending',
  items: [],
  createdAt: instant('2026-11-22T15:10:20Z'),
  updatedAt: instant('2026-11-22T15:14:00Z'),
  ...changes,
})

export const asset = (status: NonNullable<ConnectSnapshot['asset']>['status']): NonNullable<ConnectSnapshot['asset']> => ({
  id: assetId.parse('AS-2201-9917-0440'),
  status,
  items: [],
  params: [
    { id: 'workspace_url', title: 'Workspace', value: 'https://fabrikam.larkspur.example' },
    { id: 'workspace_id', title: 'Workspace number', value: 'WS-88213' },
  ],
})

/** Once Microsoft bills. */
export const billed: Partial<MicrosoftSnapshot> = {
  status: 'Subscribed',
  rawStatus: 'Subscribed',
  term: { termUnit: 'P1Y', startDate: instant('2026-11-22T00:00:00Z'), endDate: instant('2027-11-21T00:00:00Z') },
}

/** What Microsoft and the publisher let the buyer of 25 Professional seats change. */
export const choices: Choices = {
  present: { status: 'Subscribed', planId: microsoft.planId, quantity: 25, mayUpdate: true, mayDelete: true },
  changePlan: {
    possible: true,
    plans: [
      { planId: planId.parse('starter'), name: 'Starter', isPresent: false, notPossible: tooMany(20) },
      { planId: microsoft.planId, name: 'Professional', isPresent: true, notPossible: undefined },
      { planId: planId.parse('enterprise'), name: 'Enterprise', isPresent: false, notPossible: undefined },
    ],
  },
  changeSeats: { possible: true, least: 5, most: 1000 },
  cancel: { possible: true },
}

export function tooMany(most: number): NotPossible {
  return { possible: false, reason: 'TOO_MANY_SEATS', facts: { most }, because: `At most ${most} seats are possible.` }
}
