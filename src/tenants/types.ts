/** Publishers and what they sell, as the rest of the bridge sees them. */
import type { MarketplaceId, OfferId, PlanId, ProductId, TenantId } from '../kit/ids.ts'
import type { Connections } from './model/connections.ts'
import type { Pages } from './model/pages.ts'
import type { MappedItem } from './model/plan-map.ts'
import type { Policies } from './model/policies.ts'
import type { Status } from './model/text.ts'
import type { Tier1 } from './model/tier1.ts'

export interface Tenant {
  readonly id: TenantId
  readonly name: string
  /** Archived: nothing new begins, what exists is kept in step. */
  readonly status: Status
  /** Connect's API for this tenant; the installation's `CONNECT_API_URL` when absent. */
  readonly connectApiUrl: string | undefined
}

export interface Product {
  readonly tenantId: TenantId
  readonly id: ProductId
  readonly name: string
  readonly status: Status
  readonly marketplaceId: MarketplaceId
  readonly connections: Connections
  readonly tier1: Tier1
  readonly policies: Policies
  readonly pages: Pages
}

export interface Offer {
  readonly tenantId: TenantId
  /** Without `-preview`. */
  readonly id: OfferId
  readonly productId: ProductId
  readonly name: string | undefined
  readonly status: Status
}

/**
 * What one Microsoft plan is made of at Connect. Archived: no longer in the set-up, kept for the subscriptions that are on it;
 * a new purchase of it counts as not mapped.
 */
export interface PlanMapping {
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly name: string | undefined
  readonly items: readonly PlanItem[]
  readonly status: Status
  /** Not in the plan map itself: recognized as customized from this plan in a private offer, and sold as it is. */
  readonly base?: PlanId | undefined
}

export interface PlanItem {
  readonly itemId: MappedItem['id']
  readonly kind: MappedItem['kind']
  /** What Microsoft meters it as; absent where the flat fee covers it. */
  readonly dimension: MappedItem['dimension']
}
