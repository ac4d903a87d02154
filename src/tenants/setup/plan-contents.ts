/** What to write of the catalogue's contents. Pure. */
import type { OfferId, PlanId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { OfferContent } from '../model/offer-content.ts'
import type { PlanContent } from '../model/plan-content.ts'
import { changeOf } from './change-of.ts'
import type { Change } from './changes.ts'
import { offerContentView, planContentView } from './content-views.ts'
import type { DesiredTenant } from './desired.ts'
import type { DesiredOfferContent, DesiredPlanContent } from './desired-contents.ts'

interface Stamps {
  readonly madeAt: Instant | undefined
  readonly publishedAt: Instant | undefined
}

export interface StoredOfferContent extends Stamps {
  readonly offerId: OfferId
  readonly content: OfferContent
  /** Opened; absent when there is none or it cannot be opened with the present master key. */
  readonly leadSecret: string | undefined
  /** Sealed with an older master key than the present one. */
  readonly stale: boolean
}

export interface StoredPlanContent extends Stamps {
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly content: PlanContent
}

export interface CurrentContents {
  readonly offerContents: readonly StoredOfferContent[]
  readonly planContents: readonly StoredPlanContent[]
}

export type ContentStep = { readonly change: Change } & (
  | { readonly write: 'offerContent'; readonly value: DesiredOfferContent }
  | { readonly write: 'planContent'; readonly value: DesiredPlanContent }
  /** Of the offer and of all its plans. */
  | { readonly write: 'noContent'; readonly offerId: OfferId }
)

/** What the file says of the catalogue. Offers and plans without `catalogue` keep what is stored of them. */
export const contentSteps = (desired: DesiredTenant, current: CurrentContents | undefined): readonly ContentStep[] => [
  ...desired.offerContents.flatMap(({ value }) => offerContentSteps(desired, value, current?.offerContents ?? [])),
  ...desired.planContents.flatMap(({ value }) => planContentSteps(desired, value, current?.planContents ?? [])),
  ...desired.handmade.flatMap(({ value }) => dropSteps(desired, value, current?.offerContents ?? [])),
]

function offerContentSteps(
  desired: DesiredTenant,
  wanted: DesiredOfferContent,
  current: readonly StoredOfferContent[],
): readonly ContentStep[] {
  const before = current.find(({ offerId }) => offerId === wanted.offerId)
  const kept = before && before.content.leads?.destination === wanted.content.leads?.destination ? before.leadSecret : undefined
  const value = { ...wanted, leadSecret: wanted.leadSecret ?? kept }
  const base = { tenantId: desired.tenant.value.id, what: 'catalogue' as const, id: value.offerId }
  return changeOf(base, before && offerContentView(before), offerContentView(value)).map((change) => ({
    change,
    write: 'offerContent',
    value,
  }))
}

function dropSteps(desired: DesiredTenant, offerId: OfferId, current: readonly StoredOfferContent[]): readonly ContentStep[] {
  if (!current.some((stored) => stored.offerId === offerId)) return []
  const change: Change = { tenantId: desired.tenant.value.id, what: 'catalogue', action: 'remove', id: offerId, fields: [] }
  return [{ change, write: 'noContent', offerId }]
}

function planContentSteps(
  desired: DesiredTenant,
  value: DesiredPlanContent,
  current: readonly StoredPlanContent[],
): readonly ContentStep[] {
  const before = current.find((stored) => samePlan(stored, value))
  const base = { tenantId: desired.tenant.value.id, what: 'catalogue' as const, id: `${value.offerId} / ${value.planId}` }
  return changeOf(base, before && planContentView(before), planContentView(value)).map((change) => ({
    change,
    write: 'planContent',
    value,
  }))
}

export interface PlanKey {
  readonly offerId: OfferId
  readonly planId: PlanId
}

export const samePlan = (a: PlanKey, b: PlanKey): boolean => a.offerId === b.offerId && a.planId === b.planId
