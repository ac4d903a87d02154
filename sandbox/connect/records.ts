/** What the sandbox's Connect remembers. Plain records that its own functions change; nobody outside does. */
import type { Instant } from '../../src/kit/time.ts'
import type { Json, JsonObject } from './json.ts'

export type Role = 'provider' | 'vendor'
export type Environment = 'production' | 'test'

/** A whole number; -1 is unlimited. */
export type Quantity = number

export type AssetStatus = 'draft' | 'processing' | 'active' | 'suspended' | 'terminating' | 'terminated'
/** `new` only inside the call that creates a request. */
export type RequestStatus =
  | 'new'
  | 'draft'
  | 'tiers_setup'
  | 'pending'
  | 'inquiring'
  | 'approved'
  | 'failed'
  | 'scheduled'
  | 'revoking'
  | 'revoked'
export type RequestType = 'purchase' | 'change' | 'suspend' | 'resume' | 'cancel' | 'adjustment'

export const OPEN_STATUSES: ReadonlySet<RequestStatus> = new Set(['tiers_setup', 'pending', 'inquiring', 'scheduled', 'revoking'])

export interface ParamEntry {
  value: string
  structured?: Json
  valueError?: string
}
/** By parameter name (what the wire calls `id`). */
export type Params = Map<string, ParamEntry>

export interface Tiers {
  readonly customer: string
  readonly tier1: string | undefined
  readonly tier2: string | undefined
}

export interface AssetRecord {
  readonly id: string
  readonly productId: string
  readonly connectionId: string
  readonly environment: Environment
  readonly marketplaceId: string
  readonly externalId: string
  readonly externalUid: string
  status: AssetStatus
  /** By global item id; absent is zero. */
  quantities: Map<string, Quantity>
  params: Params
  tiers: Tiers
  /** The template last approved with, or the text itself where the vendor sent one. */
  activation: { readonly templateId: string } | { readonly text: string } | undefined
  readonly created: Instant
  updated: Instant
}

export interface ItemLine {
  readonly itemId: string
  quantity: Quantity
  readonly oldQuantity: Quantity
}

export interface RequestRecord {
  readonly id: string
  readonly assetId: string
  readonly type: RequestType
  status: RequestStatus
  items: ItemLine[]
  params: Params
  note: string
  reason: string
  /** The template of the vendor's answer: fulfilment once approved, inquiry while inquiring. */
  templateId: string | undefined
  /** What the buyer reads while inquiring. */
  message: string | undefined
  activationKey: string
  /** Set while the hosted form may be used. */
  formCode: string | undefined
  plannedDate: Instant | undefined
  effectiveDate: Instant | undefined
  assignee: string | undefined
  externalAttributes: Json
  previousApproved: string | undefined
  /** The asset's state before this request, restored when it fails. */
  readonly assetStatusBefore: AssetStatus
  /** Calls off the collection of a draft. */
  keep: (() => void) | undefined
  /** The customer has answered an inquiry of this request. */
  answered: boolean
  readonly created: Instant
  updated: Instant
}

export interface TierAccount {
  readonly id: string
  readonly type: 'customer' | 'reseller'
  readonly environment: Environment
  readonly hubId: string
  readonly parentId: string | undefined
  readonly externalId: string
  readonly externalUid: string
  version: number
  name: string
  taxId: string
  contactInfo: JsonObject
  readonly created: Instant
  updated: Instant
}

export interface TierConfig {
  readonly id: string
  readonly productId: string
  readonly accountId: string
  readonly level: 1 | 2
  readonly connectionId: string
  readonly environment: Environment
  readonly marketplaceId: string
  status: 'processing' | 'active'
  params: Params
  templateId: string | undefined
  readonly created: Instant
  updated: Instant
}

export interface TierConfigRequest {
  readonly id: string
  readonly configId: string
  readonly type: 'setup'
  status: 'pending' | 'inquiring' | 'approved' | 'failed'
  params: Params
  reason: string
  notes: string
  templateId: string | undefined
  assignee: string | undefined
  effectiveDate: Instant | undefined
  readonly created: Instant
  updated: Instant
}

export interface Listing {
  readonly id: string
  readonly productId: string
  status: 'listed' | 'unlisted'
  /** The version on the shelf, or last there. */
  productVersion: number | undefined
  readonly created: Instant
  updated: Instant
}

export interface ListingRequest {
  readonly id: string
  readonly listingId: string
  readonly type: 'new' | 'update' | 'remove'
  state: 'draft' | 'reviewing' | 'deploying' | 'completed' | 'canceled'
  readonly productVersion: number
  readonly note: string
  /** A user of the distributor. */
  assignee: string | undefined
  readonly created: Instant
  updated: Instant
}

export interface Webhook {
  readonly id: string
  readonly account: Role
  productId: string
  objectClass: string
  type: string
  label: string
  description: string
  externalUrl: string
  jwtSecret: string
  active: boolean
  data: Json
  headers: Json
  triggers: number
  successes: number
  failures: number
  failuresSinceSuccess: number
  lastSuccess: Instant | undefined
  lastFailure: Instant | undefined
  readonly created: Instant
  modified: Instant | undefined
}

export const BILLING_UNITS = ['monthly', 'yearly', 'years_2', 'years_3', 'years_4', 'years_5', 'years_6'] as const

export interface BillingRequest {
  readonly id: string
  readonly type: Role
  readonly assetId: string
  readonly items: readonly { readonly id: string; readonly quantity: number }[]
  readonly from: Instant
  readonly to: Instant
  readonly delta: number
  readonly unit: (typeof BILLING_UNITS)[number]
  readonly created: Instant
}
