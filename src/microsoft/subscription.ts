/** Microsoft's SaaS subscription as we understand it: always one shape, however the wire was spelt. */
import type { EntraObjectId, EntraTenantId, OfferId, PlanId, SubscriptionId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'

/** `saasSubscriptionStatus`. Unsubscribed is final. Source: Fulfilment API 2018-08-31, SubscriptionStatusEnum. */
export const SUBSCRIPTION_STATUSES = ['NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed'] as const
export type KnownStatus = (typeof SUBSCRIPTION_STATUSES)[number]
/** `Unknown`: a word Microsoft did not have when this was written; `rawStatus` keeps it. */
export type SubscriptionStatus = KnownStatus | 'Unknown'

/** A person or organisation at Microsoft. Personal data: never into logs. */
export interface MicrosoftParty {
  readonly tenantId: EntraTenantId | undefined
  readonly objectId: EntraObjectId | undefined
  /** May be missing, and need not be a mailbox. */
  readonly email: string | undefined
}

export interface SubscriptionTerm {
  /** Only while Subscribed or Suspended: what Microsoft sends before means nothing and is left out. */
  readonly startDate: Instant | undefined
  /** The last valid day; the next term starts the day after. Only while Subscribed or Suspended. */
  readonly endDate: Instant | undefined
  /** ISO 8601: P1M, P1Y … P5Y; open. */
  readonly termUnit: string | undefined
  /** How often the term is charged, ISO 8601. */
  readonly chargeDuration: string | undefined
}

export interface MicrosoftSubscription {
  readonly id: SubscriptionId
  /** Chosen by the buyer; may be empty. */
  readonly name: string
  /** The publisher's id in the marketplace; empty when Microsoft left it out. */
  readonly publisherId: string
  /** Without the `-preview` suffix. */
  readonly offerId: OfferId
  /** Bought from the preview of the offer. */
  readonly isPreview: boolean
  /** Unique within the offer only. */
  readonly planId: PlanId
  /** Seats; undefined on flat-rate plans. */
  readonly quantity: number | undefined
  readonly status: SubscriptionStatus
  /** Microsoft's word, blanks trimmed; empty when it was left out. */
  readonly rawStatus: string
  /** Who will use the product. */
  readonly beneficiary: MicrosoftParty
  /** Who bought it; another one when a partner (CSP) bought for a customer. */
  readonly purchaser: MicrosoftParty
  readonly term: SubscriptionTerm
  readonly autoRenew: boolean
  readonly isTest: boolean
  readonly isFreeTrial: boolean
  /** Of Read, Update, Delete; open. Purchases through a partner (CSP) have only Read. */
  readonly allowedCustomerOperations: readonly string[]
  /** None or DryRun; open. */
  readonly sessionMode: string | undefined
  /** None or Csp; open. */
  readonly sandboxType: string | undefined
  readonly created: Instant | undefined
  /** Deprecated by Microsoft; undefined when it sends year 1. */
  readonly lastModified: Instant | undefined
}

export type TestReason = 'preview' | 'isTest' | 'sandboxType' | 'sessionMode'
export type PurchaseKind = { readonly kind: 'production' } | { readonly kind: 'test'; readonly reason: TestReason }

type TestMarks = Pick<MicrosoftSubscription, 'isPreview' | 'isTest' | 'sandboxType' | 'sessionMode'>

/** Whether a real vendor must deliver this. Anything but `production` belongs to the product's test connection. */
export function purchaseKind(subscription: TestMarks): PurchaseKind {
  if (subscription.isPreview) return { kind: 'test', reason: 'preview' }
  if (subscription.isTest) return { kind: 'test', reason: 'isTest' }
  if (!isNone(subscription.sandboxType)) return { kind: 'test', reason: 'sandboxType' }
  if (subscription.sessionMode?.toLowerCase() === 'dryrun') return { kind: 'test', reason: 'sessionMode' }
  return { kind: 'production' }
}

const isNone = (value: string | undefined): boolean => value === undefined || value.toLowerCase() === 'none'

/**
 * Whether Microsoft lets the publisher do this to the subscription: Update before a plan or seat change, Delete before a cancel.
 * A subscription without the list promises nothing: the answer is no.
 */
export const allows = (
  subscription: Pick<MicrosoftSubscription, 'allowedCustomerOperations'>,
  operation: 'Read' | 'Update' | 'Delete',
): boolean => subscription.allowedCustomerOperations.some((allowed) => allowed.toLowerCase() === operation.toLowerCase())
