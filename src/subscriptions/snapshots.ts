/**
 * What we keep of each side as last observed. Stored as JSON and read back through these schemas; instants are ISO text, UTC.
 * Snapshots are for people and screens: a decision is only ever taken on what was read under the lease.
 */
import { z } from 'zod'
import { assetId, entraObjectId, entraTenantId, itemId, offerId, planId, requestId } from '../kit/ids.ts'
import { type Instant, instant } from '../kit/time.ts'

const instantText = z.string().transform((text): Instant => instant(text))
const optionalInstant = instantText.optional()

const party = z.object({
  entraTenantId: entraTenantId.optional(),
  objectId: entraObjectId.optional(),
  email: z.string().optional(),
})

export const microsoftSnapshot = z.object({
  status: z.enum(['NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'Unknown']),
  rawStatus: z.string(),
  name: z.string(),
  offerId,
  isPreview: z.boolean(),
  planId,
  quantity: z.number().optional(),
  beneficiary: party,
  purchaser: party,
  term: z.object({ startDate: optionalInstant, endDate: optionalInstant, termUnit: z.string().optional() }),
  autoRenew: z.boolean().optional(),
  isFreeTrial: z.boolean(),
  isTest: z.boolean(),
  /** Why it is a test purchase; absent of others, and of what was seen before it was kept. */
  testReason: z.enum(['preview', 'isTest', 'sandboxType', 'sessionMode']).optional(),
  allowedCustomerOperations: z.array(z.string()),
  createdAt: optionalInstant,
})
export type MicrosoftSnapshot = z.infer<typeof microsoftSnapshot>

const snapshotItem = z.object({
  itemId,
  name: z.string().optional(),
  quantity: z.union([z.number(), z.literal('unlimited')]),
})

const snapshotRequest = z.object({
  id: requestId,
  type: z.enum(['purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment', 'unknown']),
  status: z.enum(['pending', 'tiers_setup', 'inquiring', 'scheduled', 'revoking', 'approved', 'failed', 'revoked', 'unknown']),
  items: z.array(snapshotItem),
  reason: z.string().optional(),
  /** While inquiring: the vendor's question, Markdown, and the form where the buyer answers. */
  message: z.string().optional(),
  paramsFormUrl: z.string().optional(),
  plannedAt: optionalInstant,
  /** While `tiers_setup`: the set-up request of the reseller it waits for. */
  tierRequest: z
    .object({
      id: z.string(),
      status: z.enum(['draft', 'tiers_setup', 'pending', 'inquiring', 'approved', 'failed', 'unknown']),
      level: z.number().optional(),
      account: z.string().optional(),
      link: z.string(),
    })
    .optional(),
  createdAt: instantText,
  updatedAt: instantText,
})
export type RequestSnapshot = z.infer<typeof snapshotRequest>

export const connectSnapshot = z.object({
  asset: z
    .object({
      id: assetId,
      status: z.enum(['processing', 'active', 'suspended', 'terminating', 'terminated', 'unknown']),
      items: z.array(snapshotItem),
      /** The vendor's own id of the subscription: the parameter marked for reconciliation. */
      reconciliationId: z.string().optional(),
      /** Fulfilment values the vendor shares with the buyer; never passwords. */
      params: z.array(z.object({ id: z.string(), title: z.string(), value: z.string() })),
    })
    .optional(),
  openRequest: snapshotRequest.optional(),
  lastFinished: snapshotRequest.optional(),
  /** The vendor's activation text, Markdown as Connect rendered it; sanitise before showing. */
  activationText: z.string().optional(),
})
export type ConnectSnapshot = z.infer<typeof connectSnapshot>
