/** A plan the beneficiary of a subscription may use. */
import type { PlanId } from '../kit/ids.ts'

export interface MicrosoftPlan {
  readonly planId: PlanId
  readonly displayName: string
  readonly description: string
  readonly isPrivate: boolean
  /** Seats, per-user plans only. */
  readonly minQuantity: number | undefined
  readonly maxQuantity: number | undefined
  readonly hasFreeTrials: boolean
  /** True: per user; false: flat rate; undefined: Microsoft did not say. */
  readonly isPricePerSeat: boolean | undefined
  /** No longer purchasable. */
  readonly isStopSell: boolean
  /** Two letters. */
  readonly market: string | undefined
  readonly billingTerms: readonly BillingTerm[]
  readonly dimensions: readonly MeteringDimension[]
  /** Private offers this plan comes from; only told when asked for the purchased plan by its id. */
  readonly sourceOfferIds: readonly string[]
}

export interface BillingTerm {
  readonly currency: string | undefined
  /** In units of the currency, to show; not to calculate with. */
  readonly price: number | undefined
  /** ISO 8601: P1M, P1Y … P5Y; open. */
  readonly termUnit: string | undefined
  readonly termDescription: string | undefined
  readonly included: readonly IncludedQuantity[]
}

export interface IncludedQuantity {
  readonly dimensionId: string
  /** Microsoft's text, as sent: a whole number or a word for unlimited. */
  readonly units: string
}

export interface MeteringDimension {
  readonly id: string
  readonly displayName: string
  readonly unitOfMeasure: string | undefined
  readonly currency: string | undefined
  /** To show; not to calculate with. */
  readonly pricePerUnit: number | undefined
}
