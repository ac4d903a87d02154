/** Compares what the file wants with what is there, and says what to write. Pure. */
import type { TenantId } from '../../kit/ids.ts'
import type { Credential, CredentialFacts, CredentialKind, Slot } from '../model/credential.ts'
import type { Offer, PlanMapping, Product, Tenant } from '../types.ts'
import { changeOf } from './change-of.ts'
import type { Change } from './changes.ts'
import type { DesiredTenant, Placed } from './desired.ts'
import type { SetupFault } from './faults.ts'
import { fixedFaults } from './fixed.ts'
import { type ContentStep, type CurrentContents, contentSteps } from './plan-contents.ts'
import { credentialView, offerView, planView, productView, tenantView } from './views.ts'

/** A stored credential; `secret` is absent when it cannot be opened with the present master key. */
export interface StoredCredential {
  readonly slot: Slot
  readonly facts: CredentialFacts
  readonly secret: string | undefined
  readonly expiresAt: Credential['expiresAt']
  /** Sealed with an older master key than the present one. */
  readonly stale: boolean
}

/** What is stored of one tenant. */
export interface CurrentTenant extends CurrentContents {
  readonly tenant: Tenant
  readonly credentials: readonly StoredCredential[]
  readonly products: readonly Product[]
  readonly offers: readonly Offer[]
  readonly plans: readonly PlanMapping[]
}

/** One row to write. Steps hold secrets; only their `change` may be shown. */
export type Step =
  | ContentStep
  | ({ readonly change: Change } & (
      | { readonly write: 'tenant'; readonly value: Tenant }
      | { readonly write: 'credential'; readonly value: Credential }
      | { readonly write: 'noCredential'; readonly kind: CredentialKind; readonly slot: Slot }
      | { readonly write: 'product'; readonly value: Product }
      | { readonly write: 'offer'; readonly value: Offer }
      | { readonly write: 'plan'; readonly value: PlanMapping }
    ))

export interface TenantPlan {
  /** In an order that keeps every reference whole. */
  readonly steps: readonly Step[]
  readonly faults: readonly SetupFault[]
}

/** What to write so that the tenant is as the file says. What the file does not speak of stays. */
export function planTenant(desired: DesiredTenant, current: CurrentTenant | undefined): TenantPlan {
  const tenantId = desired.tenant.value.id
  const steps = [
    ...tenantSteps(desired.tenant.value, current?.tenant),
    ...credentialSteps(desired, current?.credentials ?? []),
    ...desired.products.flatMap(({ value }) => productSteps(value, current?.products ?? [])),
    ...offerSteps(desired, current?.offers ?? []),
    ...planSteps(tenantId, desired, current),
    ...contentSteps(desired, current),
  ]
  return { steps, faults: [...foreignOffers(desired, current?.offers ?? []), ...fixedFaults(desired, current)] }
}

function tenantSteps(value: Tenant, before: Tenant | undefined): readonly Step[] {
  const changes = changeOf({ tenantId: value.id, what: 'tenant', id: value.id }, before && tenantView(before), tenantView(value))
  return changes.map((change) => ({ change, write: 'tenant', value }))
}

/** Within a kind the file speaks of, it is the truth for both slots. */
function credentialSteps(desired: DesiredTenant, current: readonly StoredCredential[]): readonly Step[] {
  const tenantId = desired.tenant.value.id
  const written = desired.credentials.flatMap(({ value }): readonly Step[] => {
    const before = current.find((other) => sameSlot(other, value))
    const base = { tenantId, what: 'credential' as const, id: slotName(value) }
    const changes = changeOf(base, before && credentialView(before), credentialView(value))
    return changes.map((change) => ({ change, write: 'credential', value }))
  })
  const gone = current.filter(
    (stored) => desired.credentialKinds.includes(stored.facts.kind) && !desired.credentials.some(({ value }) => sameSlot(value, stored)),
  )
  const removed = gone.map((stored): Step => {
    const change: Change = { tenantId, what: 'credential', action: 'remove', id: slotName(stored), fields: [] }
    return { change, write: 'noCredential', kind: stored.facts.kind, slot: stored.slot }
  })
  return [...written, ...removed]
}

interface Slotted {
  readonly slot: Slot
  readonly facts: CredentialFacts
}

const sameSlot = (a: Slotted, b: Slotted): boolean => a.slot === b.slot && a.facts.kind === b.facts.kind
const slotName = ({ facts, slot }: Slotted): string => `${facts.kind} ${slot}`

function productSteps(value: Product, current: readonly Product[]): readonly Step[] {
  const before = current.find(({ id }) => id === value.id)
  const base = { tenantId: value.tenantId, what: 'product' as const, id: value.id }
  return changeOf(base, before && productView(before), productView(value)).map((change) => ({ change, write: 'product', value }))
}

/** Wanted ones, and the archive of those that a listed product no longer has. */
function offerSteps(desired: DesiredTenant, current: readonly Offer[]): readonly Step[] {
  const wanted = desired.offers.map(({ value }) => value)
  const listed = new Set(desired.products.map(({ value }) => value.id))
  const gone = current.filter((offer) => listed.has(offer.productId) && !wanted.some(({ id }) => id === offer.id))
  return [...wanted, ...gone.map((offer): Offer => ({ ...offer, status: 'archived' }))].flatMap((value) => {
    const before = current.find(({ id }) => id === value.id)
    const base = { tenantId: value.tenantId, what: 'offer' as const, id: value.id }
    return changeOf(base, before && offerView(before), offerView(value)).map((change): Step => ({ change, write: 'offer', value }))
  })
}

/** Wanted ones, and the archive of those no longer listed, of offers the file now rules. */
function planSteps(tenantId: TenantId, desired: DesiredTenant, current: CurrentTenant | undefined): readonly Step[] {
  const stored = current?.plans ?? []
  const wanted = desired.plans.map(({ value }) => value)
  const listed = new Set(desired.products.map(({ value }) => value.id))
  const ruled = new Set([
    ...desired.offers.map(({ value }) => value.id),
    ...(current?.offers ?? []).filter(({ productId }) => listed.has(productId)).map(({ id }) => id),
  ])
  const gone = stored.filter((plan) => ruled.has(plan.offerId) && !wanted.some((other) => samePlan(other, plan)))
  return [...wanted, ...gone.map((plan): PlanMapping => ({ ...plan, status: 'archived' }))].flatMap((value) => {
    const before = stored.find((other) => samePlan(other, value))
    const base = { tenantId, what: 'plan' as const, id: `${value.offerId} / ${value.planId}` }
    return changeOf(base, before && planView(before), planView(value)).map((change): Step => ({ change, write: 'plan', value }))
  })
}

const samePlan = (a: PlanMapping, b: PlanMapping): boolean => a.offerId === b.offerId && a.planId === b.planId

/** An offer may move between products only when the file lists both, so that nobody takes one away unseen. */
function foreignOffers(desired: DesiredTenant, current: readonly Offer[]): readonly SetupFault[] {
  const listed = new Set(desired.products.map(({ value }) => value.id))
  const owner = ({ value }: Placed<Offer>): Offer | undefined =>
    current.find((offer) => offer.id === value.id && offer.status === 'active' && offer.productId !== value.productId)
  return desired.offers.flatMap((offer) => {
    const owned = owner(offer)
    if (!owned || listed.has(owned.productId)) return []
    return [{ path: offer.path, message: `this offer belongs to ${owned.productId}: list that product without it, to move it here` }]
  })
}
