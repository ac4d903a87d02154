/** A private offer as an operator wants it, before Microsoft knows it. */

/** A calendar day, `2027-06-30`. */
export type Day = string

/** The price of one payment of a term, or of one unit of a dimension. Canonical decimal text, US dollars. */
export interface OwnPrice {
  /** `1 year`, or a dimension's id. */
  readonly of: string
  readonly price: string
}

export interface PlanRef {
  readonly offerId: string
  readonly planId: string
}

export type DraftPricing =
  /** The same share off the list price of each plan. */
  | { readonly kind: 'discount'; readonly plans: readonly PlanRef[]; readonly percentage: string }
  /** Other prices for a plan everybody knows; its terms and dimensions stay. */
  | { readonly kind: 'ownPrice'; readonly plan: PlanRef; readonly terms: readonly OwnPrice[]; readonly meters: readonly OwnPrice[] }
  /** A plan of its own, made from one that is sold: Microsoft gives it an id. Only the terms named are sold. */
  | {
      readonly kind: 'newPlan'
      readonly plan: PlanRef
      readonly name: string
      readonly description: string
      readonly terms: readonly OwnPrice[]
      readonly meters: readonly OwnPrice[]
    }

export interface PrivateOfferDraft {
  readonly name: string
  /** A billing account, not a tenant. */
  readonly billingAccount: string
  readonly customer: string | undefined
  readonly pricing: DraftPricing
  /** Undefined: with the customer's acceptance. */
  readonly start: Day | undefined
  readonly end: Day
  readonly acceptBy: Day
  readonly preparedBy: string | undefined
  readonly contacts: readonly string[]
  readonly notes: string | undefined
  /** Where Microsoft fetches the terms, a PDF. Signed addresses are secrets: never shown, never kept. */
  readonly termsDocument: string | undefined
}

export const plansOf = ({ pricing }: Pick<PrivateOfferDraft, 'pricing'>): readonly PlanRef[] =>
  pricing.kind === 'discount' ? pricing.plans : [pricing.plan]
