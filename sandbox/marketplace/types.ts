/** What the sandbox's marketplace keeps: offers, subscriptions, operations, deliveries. Microsoft's words. */
import type { Instant, Milliseconds } from '../../src/kit/time.ts'

export type SubscriptionStatus = 'PendingFulfillmentStart' | 'Subscribed' | 'Suspended' | 'Unsubscribed'
export type OperationAction = 'ChangePlan' | 'ChangeQuantity' | 'Renew' | 'Suspend' | 'Reinstate' | 'Unsubscribe' | 'Subscribe'
export type OperationStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Conflict'
export const TERM_UNITS = ['P1M', 'P1Y', 'P2Y', 'P3Y'] as const
export type TermUnit = (typeof TERM_UNITS)[number]

export interface Plan {
  readonly planId: string
  readonly name: string
  readonly description?: string
  /** Per month and, on a per-user offer, per seat; in US dollars. */
  readonly price: number
  /** What it is sold for, when that is not one month at `price` and one year at twelve times as much. */
  readonly terms?: readonly PlanTerm[]
  readonly hasTrial?: boolean
  /** Sold to who knows of it, not shown. */
  readonly hidden?: boolean
  /** What single customers were promised by private offers. */
  readonly deals?: readonly Deal[]
  readonly minSeats?: number
  readonly maxSeats?: number
  /** Only for these directories. */
  readonly privateFor?: readonly string[]
  /** No longer sold; who has it keeps it. */
  readonly stopSell?: boolean
  /** Which of the offer's dimensions it meters. Others are not switched on in it. */
  readonly meters?: readonly Meter[]
}

/** One of the spans a plan can be bought for. */
export interface PlanTerm {
  readonly unit: TermUnit
  /** Of the whole term and, on a per-user offer, of a seat. */
  readonly price: number
}

/** A private offer somebody has accepted. */
export interface Deal {
  readonly privateOfferId: string
  /** The customer's directory. */
  readonly tenantId: string
  /** What the terms cost this customer. */
  readonly terms?: readonly PlanTerm[]
}

/** A dimension as a plan meters it. */
export interface Meter {
  readonly dimensionId: string
  /** Of one unit, in US dollars. */
  readonly price: number
  /** For the publisher to count: Microsoft bills every unit it is told of. */
  readonly included?: Included | 'unlimited'
}

export interface Included {
  readonly monthly: number
  readonly yearly: number
  readonly twoYears?: number
  readonly threeYears?: number
}

export interface Dimension {
  readonly id: string
  readonly name: string
  readonly unit: string
}

/** An offer with its technical configuration: whose app may ask about it, and where its landing page and webhook are. */
export interface Offer {
  readonly offerId: string
  readonly publisherId: string
  readonly name: string
  readonly summary: string
  readonly model: 'perUser' | 'flatRate'
  readonly plans: readonly Plan[]
  readonly dimensions: readonly Dimension[]
  readonly app: { readonly tenantId: string; readonly clientId: string }
  /** Addresses, or paths below the bridge's base URL. */
  readonly landing: string
  readonly webhook: string
  /** Who can buy from its preview, by mail address; everybody when left out. */
  readonly previewAudience?: readonly string[]
}

export interface AadIdentifier {
  readonly emailId: string
  readonly objectId: string
  readonly tenantId: string
  readonly puid: string | null
}

export interface Subscription {
  readonly id: string
  readonly name: string
  readonly offer: Offer
  /** Bought from the preview of the offer: its offer id carries `-preview` on the wire. */
  readonly preview: boolean
  readonly planId: string
  /** The plans it had before, oldest first. */
  readonly formerPlans: readonly { readonly planId: string; readonly until: Instant }[]
  /** Seats; undefined on a flat-rate plan. */
  readonly quantity: number | undefined
  readonly status: SubscriptionStatus
  readonly beneficiary: AadIdentifier
  readonly purchaser: AadIdentifier
  readonly termUnit: TermUnit
  /** Set at activation. `endDate` is the last day that is valid; the next term starts the day after. */
  readonly term: { readonly startDate: Instant; readonly endDate: Instant } | undefined
  readonly autoRenew: boolean
  readonly isTest: boolean
  readonly isFreeTrial: boolean
  readonly allowedCustomerOperations: readonly ('Read' | 'Update' | 'Delete')[]
  readonly sessionMode: 'None' | 'DryRun'
  readonly sandboxType: 'None' | 'Csp'
  readonly created: Instant
  readonly lastModified: Instant
  /** The publisher has called Activate, and it has not taken effect yet. */
  readonly activating: boolean
}

export interface Operation {
  readonly id: string
  readonly activityId: string
  readonly subscriptionId: string
  readonly action: OperationAction
  readonly status: OperationStatus
  /** Who started it: the customer at Microsoft, or the publisher by the API. */
  readonly source: 'Azure' | 'Partner'
  /** The target for a change, the current value otherwise. */
  readonly planId: string
  readonly quantity: number | undefined
  readonly created: Instant
  /** What the publisher answered by PATCH, if anything. */
  readonly answer: 'Success' | 'Failure' | undefined
  /** The PATCH came before the webhook call was answered, which the real service does not like. */
  readonly answeredEarly: boolean
}

export interface DeliveryAttempt {
  readonly at: Instant
  /** The HTTP status, or why there was none. */
  readonly outcome: number | string
  readonly took: Milliseconds
}

export interface Delivery {
  readonly id: number
  readonly operationId: string
  readonly subscriptionId: string
  readonly action: OperationAction
  readonly url: string
  readonly body: Readonly<Record<string, unknown>>
  readonly created: Instant
  readonly state: 'sending' | 'waiting' | 'accepted' | 'refused' | 'givenUp' | 'lost'
  readonly attempts: readonly DeliveryAttempt[]
  readonly nextAttemptAt: Instant | undefined
}
