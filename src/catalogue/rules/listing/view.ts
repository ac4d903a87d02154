/** What is known of a vendor's listing request, as observed, without judgment. */
import type { ListingPolicy } from '../../../tenants/model/policies.ts'

/** How far all offers of the product are at Microsoft, with every plan that is kept. `untold`: nobody can tell the bridge. */
export const offerStages = ['untold', 'none', 'preview', 'live'] as const
export type OfferStage = (typeof offerStages)[number]

export interface ListingView {
  readonly type: 'new' | 'update' | 'remove' | 'unknown'
  /** As Connect tells. `gone`: not shown any more, deleted or given back to the vendor. */
  readonly state: 'draft' | 'reviewing' | 'deploying' | 'completed' | 'canceled' | 'unknown' | 'gone'
  /** The product is in the publisher's set-up, and active. */
  readonly isSold: boolean
  readonly policy: ListingPolicy
  readonly said: Said
  /** In the way of the offers, by Microsoft's limits and the plan map. */
  readonly problems: number
  /** What this version of the product changes, and the offers do not have yet. */
  readonly changes: number
  readonly stage: OfferStage
  /** Some offer is the bridge’s to publish: its content is kept here, the policy wants it, and Partner Center can be asked. */
  readonly driven: boolean
  /** Offers the request takes further than they are wanted yet. */
  readonly toSend: number
  /** What holds the offers up that were sent: a yes to going live, something a person has to see to, or the end of what the policy takes them to. */
  readonly held: 'yes' | 'blocked' | 'end' | undefined
  /** Buyers can still begin a subscription of some offer. */
  readonly isOffered: boolean
}

/** An operator's word about this request. */
export interface Said {
  readonly accept: boolean
  readonly complete: boolean
  readonly refuse: boolean
}
