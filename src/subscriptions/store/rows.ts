/** Rows ↔ records. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { PresentAttention } from '../../attention/index.ts'
import type { SubscriptionRow } from '../../database/tables/subscriptions.ts'
import { assetId, entraObjectId, entraTenantId, offerId, planId, productId, requestId, subscriptionId, tenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { SubscriptionRecord } from '../record.ts'
import type { Attempt } from '../rules/attempts.ts'
import type { Next } from '../rules/next.ts'
import type { Proposal } from '../rules/reconcile/match.ts'
import { refusalReasons } from '../rules/refusal.ts'
import { type ConnectSnapshot, connectSnapshot, type MicrosoftSnapshot, microsoftSnapshot } from '../snapshots.ts'
import type { StoredNext, StoredSubscription } from './store.ts'

const instantText = z.string().transform((text): Instant => instant(text))

const attempts = z.array(
  z.object({
    key: z.string(),
    count: z.number(),
    firstAt: instantText,
    lastAt: instantText,
    outcome: z.enum(['intended', 'accepted', 'unknown', 'notTaken', 'refused', 'nothingChanged']),
    messages: z.array(z.string()),
    because: z.enum(refusalReasons).optional().catch('other'),
    mayHaveWorkedAt: instantText.optional(),
    newestBefore: requestId.nullish(),
    sentWith: z.string().optional(),
  }),
)

const renewal = z.object({ from: instantText, to: instantText, billedAs: z.string().optional() })

const storedNext = z.object({
  kind: z.enum(['step', 'wait', 'settled', 'attention']),
  waitsFor: z.string().optional(),
  until: instantText.optional(),
  note: z.string().optional(),
})

const match = z.object({ assetId, because: z.array(z.string()) })
export const proposal = z
  .object({ best: match.optional(), others: z.array(match) })
  .transform(({ best, others }): Proposal => ({ best, others }))

/** As JSON writes them: instants become ISO text, UTC. */
export const attemptsJson = (value: readonly Attempt[]): string => JSON.stringify(value)
export const nextJson = (next: Next): string => JSON.stringify(toStoredNext(next))
export const microsoftJson = (value: MicrosoftSnapshot): string => JSON.stringify(value)
export const connectJson = (value: ConnectSnapshot): string => JSON.stringify(value)

export function toStoredNext(next: Next): StoredNext {
  const none = { waitsFor: undefined, until: undefined, note: undefined }
  switch (next.kind) {
    case 'step':
      return { ...none, kind: 'step', note: next.step.kind }
    case 'wait':
      return { ...none, kind: 'wait', waitsFor: next.for, until: next.until }
    case 'settled':
      return { ...none, kind: 'settled', note: next.note }
    case 'attention':
      return { ...none, kind: 'attention', until: next.until, note: next.attention.code }
  }
}

export function toRecord(row: Selectable<SubscriptionRow>, openAttention: readonly PresentAttention[]): StoredSubscription {
  return {
    tenantId: tenantId.parse(row.tenant_id),
    subscriptionId: subscriptionId.parse(row.id),
    productId: row.product_id === null ? undefined : productId.parse(row.product_id),
    offerId: offerId.parse(row.offer_id),
    planId: planId.parse(row.plan_id),
    quantity: row.quantity ?? undefined,
    environment: row.environment,
    microsoft: microsoftSnapshot.parse(row.microsoft),
    microsoftObservedAt: row.microsoft_observed_at,
    connect: connectSnapshot.parse(row.connect),
    connectObservedAt: row.connect_observed_at ?? undefined,
    confirmed: confirmation(row),
    firstSeenAt: row.first_seen_at,
    openAttention,
    attempts: attempts.parse(row.attempts),
    renewal: row.renewal === null ? undefined : renewal.parse(row.renewal),
    targetBaseline: row.target_baseline === null ? undefined : requestId.parse(row.target_baseline),
    next: row.next === null ? undefined : readNext(row.next),
    assetLink: row.linked_asset === null ? undefined : assetId.parse(row.linked_asset),
    proposal: row.proposed_asset === null ? undefined : proposal.parse(row.proposed_asset),
    retryAskedAt: row.retry_asked_at ?? undefined,
  }
}

function readNext(value: unknown): StoredNext {
  const { kind, waitsFor, until, note } = storedNext.parse(value)
  return { kind, waitsFor, until, note }
}

function confirmation(row: Selectable<SubscriptionRow>): SubscriptionRecord['confirmed'] {
  if (row.confirmed_at === null || row.confirmed_by_tenant === null || row.confirmed_by_object === null) return undefined
  return {
    at: row.confirmed_at,
    entraTenantId: entraTenantId.parse(row.confirmed_by_tenant),
    objectId: entraObjectId.parse(row.confirmed_by_object),
  }
}
