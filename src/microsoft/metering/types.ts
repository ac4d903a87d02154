/** The face of Microsoft's metering API (2018-08-31) towards the rest of the bridge, and what it says in our words. */
import type { DimensionId, OfferId, PlanId, SubscriptionId, UsageEventId } from '../../kit/ids.ts'
import type { ExactQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { Traced } from '../trace.ts'

/** What Microsoft accepts once: one subscription, one dimension, one hour. */
export interface UsageSlot {
  readonly subscriptionId: SubscriptionId
  readonly dimension: DimensionId
  /** Start of the UTC hour the usage happened in. */
  readonly slotHour: Instant
}

export interface UsageEvent extends UsageSlot {
  /** The plan the subscription had in that hour. */
  readonly planId: PlanId
  /** In units of the dimension; above zero, at most fifteen significant digits (`splitForDouble`). */
  readonly quantity: ExactQuantity
}

/** Everything the official description lists. */
export const USAGE_STATUSES = [
  'Accepted',
  'Duplicate',
  'Expired',
  'Error',
  'ResourceNotFound',
  'ResourceNotAuthorized',
  'ResourceNotActive',
  'InvalidDimension',
  'InvalidQuantity',
  'BadArgument',
] as const
export type KnownUsageStatus = (typeof USAGE_STATUSES)[number]
/** `Unknown` is never a success: a person has to look. */
export type UsageStatus = KnownUsageStatus | 'Unknown'

/** What Microsoft says about one event. */
export interface UsageVerdict {
  readonly status: UsageStatus
  /** Microsoft's own word. */
  readonly rawStatus: string
  /** The proof of an accepted event. Of a `Duplicate`: see `accepted`. */
  readonly usageEventId: UsageEventId | undefined
  /** When Microsoft took the event; undefined when it did not. */
  readonly messageTime: Instant | undefined
  /** Which event this is about, as Microsoft repeats it; undefined where it does not. */
  readonly subscriptionId: SubscriptionId | undefined
  readonly dimension: DimensionId | undefined
  readonly slotHour: Instant | undefined
  readonly planId: PlanId | undefined
  readonly quantity: ExactQuantity | undefined
  /** Of a `Duplicate`: the event that has the slot. Undefined when Microsoft does not tell: ask `listUsage`. */
  readonly accepted: AcceptedUsage | undefined
  readonly error: UsageFault | undefined
}

/** The event that was recorded earlier for the same slot. */
export interface AcceptedUsage {
  readonly usageEventId: UsageEventId | undefined
  readonly messageTime: Instant | undefined
  readonly quantity: ExactQuantity | undefined
  readonly planId: PlanId | undefined
}

/** Microsoft's words for no. */
export interface UsageFault {
  readonly code: string | undefined
  readonly message: string | undefined
}

export const RECON_STATUSES = ['Submitted', 'Accepted', 'Rejected', 'Mismatch', 'TestHeaders', 'DryRun'] as const
/** `Submitted`: not processed yet. `Mismatch`: submitted and processed differ. `TestHeaders`, `DryRun`: never billed. */
export type KnownReconStatus = (typeof RECON_STATUSES)[number]
export type ReconStatus = KnownReconStatus | 'Unknown'

/** Microsoft's own sum for a day. There is no list of single events. */
export interface UsageTotal {
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string
  readonly subscriptionId: SubscriptionId
  readonly dimension: DimensionId
  readonly planId: PlanId | undefined
  readonly offerId: OfferId | undefined
  readonly reconStatus: ReconStatus
  readonly rawReconStatus: string
  readonly submitted: ExactQuantity
  /** What will be billed; undefined while Microsoft says nothing. */
  readonly processed: ExactQuantity | undefined
  /** Events in the sum. */
  readonly submittedCount: number | undefined
}

export interface UsageQuestion {
  /** The first UTC day, `YYYY-MM-DD`. */
  readonly from: string
  /** The last UTC day, today by default. */
  readonly to?: string
  readonly offerId?: OfferId
  readonly planId?: PlanId
  readonly dimension?: DimensionId
  readonly reconStatus?: KnownReconStatus
}

/** One publisher's metering API. Errors as in `MicrosoftFulfilment`. */
export interface MicrosoftMetering {
  /** Reports 1 to 25 slots. A good answer is not a bill: read each verdict. May be repeated. */
  reportUsage(events: readonly UsageEvent[], signal?: AbortSignal): Promise<readonly UsageVerdict[]>
  /** Reports one slot. May be repeated. */
  reportOne(event: UsageEvent, signal?: AbortSignal): Promise<UsageVerdict>
  /** Microsoft's sums by day, subscription, dimension and plan. */
  listUsage(question: UsageQuestion, signal?: AbortSignal): Promise<readonly UsageTotal[]>
  /** The same API under one correlation id, telling of each call: for a timeline. */
  traced(traced: Traced): MicrosoftMetering
}
