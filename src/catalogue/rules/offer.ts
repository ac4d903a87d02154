/** An offer as the catalogue works with it: proposed, kept, edited, compared. */
import type { ItemId } from '../../kit/ids.ts'
import type { OfferContent } from '../../tenants/model/offer-content.ts'
import type { PlanContent } from '../../tenants/model/plan-content.ts'

export interface OfferItem {
  readonly id: ItemId
  readonly kind: 'reservation' | 'payAsYouGo'
  /** What Microsoft meters it as; absent where the flat fee covers it. */
  readonly dimension?: string | undefined
}

export interface OfferPlan {
  readonly id: string
  readonly name: string
  readonly items: readonly OfferItem[]
  readonly content: PlanContent
  /** It exists at Microsoft: its id is fixed, and it is not remodeled. */
  readonly made: boolean
}

export interface OfferProposal {
  readonly id: string
  readonly name: string
  readonly content: OfferContent
  readonly plans: readonly OfferPlan[]
  /** It exists at Microsoft: its id is fixed. */
  readonly made: boolean
}

export const subjectOf = (offer: Pick<OfferProposal, 'id'>, plan?: Pick<OfferPlan, 'id'>): string =>
  plan === undefined ? `offer ${offer.id}` : `plan ${offer.id} / ${plan.id}`
