/** Where a purchase is, in the words of the person who made it. One page of the shop front for each kind. */
import type { Instant } from '../../kit/time.ts'
import type { Actor } from './actor.ts'
import type { ChangeNews } from './change.ts'
import type { UsedInTerm } from './usage.ts'

/** What was bought: the same facts stand beside every stage. */
export interface PurchaseSummary {
  /** The name the buyer gave the subscription at Microsoft. */
  readonly name: string
  readonly planId: string
  readonly planName: string | undefined
  /** Absent on flat-rate plans. */
  readonly seats: number | undefined
  /** ISO 8601 duration (`P1M`, `P1Y`). */
  readonly termUnit: string | undefined
  /** Only once Microsoft bills: before that the dates mean nothing. */
  readonly term: { readonly startDate: Instant; readonly endDate: Instant | undefined } | undefined
  /** Absent after the end, and where Microsoft does not say. */
  readonly autoRenew: boolean | undefined
  readonly isFreeTrial: boolean
  /** A preview, test or sandbox purchase: nobody is charged. */
  readonly isTest: boolean
  readonly purchasedAt: Instant | undefined
  /** Microsoft bills it, or may have billed it: then no page says that nobody is charged. */
  readonly mayBeBilled: boolean
  /** A partner (CSP) bought it for the customer, or one organisation for another. */
  readonly boughtForAnother: boolean
  /** Microsoft lets the customer change and cancel; for purchases through a partner only the partner may. */
  readonly customerManages: boolean
}

/** Who changes and cancels: this visitor on our own page, whoever comes from Microsoft, or the partner who bought it. */
export type ManagedBy = 'here' | 'fromMicrosoft' | 'partner'

/** What exactly is waited for. */
export type WaitingFor = 'orderPlaced' | 'vendor' | 'accountSetup' | 'plannedDate' | 'ending' | 'resuming'

export interface ActionLink {
  /** Connect's action id; its link is fetched when it is clicked. */
  readonly id: string
  readonly title: string
}

interface Common {
  readonly purchase: PurchaseSummary
}

/** Bought, not confirmed: asks for what is missing. `completeBy`: Microsoft cancels what is not active 30 days after purchase. */
export interface OrderStage extends Common {
  readonly kind: 'order'
  readonly completeBy: Instant | undefined
}

/** The same for a purchase one organisation made for another: says what that means, then asks. */
export interface PartnerBoughtStage extends Common {
  readonly kind: 'partnerBought'
  /** Whose side the visitor is on. */
  readonly visitorIs: 'customer' | 'partner'
  readonly completeBy: Instant | undefined
}

export interface WaitingStage extends Common {
  readonly kind: 'waiting'
  readonly for: WaitingFor
  readonly actor: Actor
  readonly since: Instant
  readonly plannedAt: Instant | undefined
  /** It takes longer than it should, and people of the publisher know. */
  readonly slow: boolean
}

export interface InquiringStage extends Common {
  readonly kind: 'inquiring'
  /** Markdown of the vendor. */
  readonly message: string | undefined
  /** Where the buyer answers; http or https only. */
  readonly formUrl: string | undefined
  readonly since: Instant
}

/** The vendor has delivered; Microsoft is being told. */
export interface ActivatingStage extends Common {
  readonly kind: 'activating'
  readonly since: Instant
  readonly slow: boolean
}

export interface ActiveStage extends Common {
  readonly kind: 'active'
  /** The vendor approved within the last day: the moment to celebrate. */
  readonly isFresh: boolean
  /** Markdown of the vendor. */
  readonly activationText: string | undefined
  readonly params: readonly { readonly id: string; readonly title: string; readonly value: string }[]
  readonly actions: readonly ActionLink[]
  /** Absent when nothing of the plan is metered. */
  readonly usage: UsedInTerm | undefined
  readonly change: ChangeNews | undefined
  readonly managedBy: ManagedBy
}

export interface SuspendedStage extends Common {
  readonly kind: 'suspended'
  readonly change: ChangeNews | undefined
  readonly managedBy: ManagedBy
}

export interface EndedStage extends Common {
  readonly kind: 'ended'
  /** When it was cancelled on this page; absent when it ended in another way. */
  readonly cancelledHereAt: Instant | undefined
}

/** The vendor declined. */
export interface FailedStage extends Common {
  readonly kind: 'failed'
  readonly outcome: 'cancelled' | 'beingCancelled' | 'beingLookedAt'
}

/** Something on our side is missing; people know. Never says what. */
export interface NotReadyStage extends Common {
  readonly kind: 'notReady'
  readonly since: Instant | undefined
}

/** Ended before it ever began. */
export interface LapsedStage extends Common {
  readonly kind: 'lapsed'
}

export type BuyerStage =
  | OrderStage
  | PartnerBoughtStage
  | WaitingStage
  | InquiringStage
  | ActivatingStage
  | ActiveStage
  | SuspendedStage
  | EndedStage
  | FailedStage
  | NotReadyStage
  | LapsedStage

/** The stages on which the order form is shown. */
export const asksForOrder = (stage: BuyerStage): stage is OrderStage | PartnerBoughtStage =>
  stage.kind === 'order' || stage.kind === 'partnerBought'
