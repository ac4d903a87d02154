/** What Microsoft's plan says of its dimensions in one billing term: the included quantity, which Microsoft does not subtract, and the price. */
import type { Db, Tx } from '../../database/index.ts'
import type { OfferId, PlanId, SubscriptionId, TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, fromDouble, printQuantity, quantityOf, readQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { MicrosoftFulfilment, MicrosoftPlan } from '../../microsoft/index.ts'
import type { Included } from '../rules/meter.ts'

export interface PlanTermKey {
  readonly offerId: OfferId
  readonly planId: PlanId
  /** ISO duration. */
  readonly termUnit: string
}

export interface DimensionTerms {
  readonly included: Included
  /** For one unit, in `currency`; undefined when Microsoft does not tell. */
  readonly price: ExactQuantity | undefined
  readonly currency: string | undefined
  /** As Microsoft shows it to buyers, and what it counts in. */
  readonly name: string | undefined
  readonly unit: string | undefined
}

export interface PlanTerms {
  readonly seenAt: Instant
  /** Nothing is included of a dimension Microsoft does not name. */
  readonly of: (dimension: string) => DimensionTerms
}

const NOTHING: DimensionTerms = { included: 0n, price: undefined, currency: undefined, name: undefined, unit: undefined }
/** The row that says that the plan was read, whatever dimensions it has. */
const SEEN = ''

/** @returns undefined while the plan was never read */
export async function readPlanTerms(
  db: Db | Tx,
  tenantId: TenantId,
  { offerId, planId, termUnit }: PlanTermKey,
): Promise<PlanTerms | undefined> {
  const rows = await db
    .selectFrom('usage_plan_terms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offerId)
    .where('plan_id', '=', planId)
    .where('term_unit', '=', termUnit)
    .execute()
  const seen = rows.find(({ dimension }) => dimension === SEEN)
  if (!seen) return undefined
  const terms = new Map(
    rows.map(({ dimension, included, price, currency, name, unit }): [string, DimensionTerms] => [
      dimension,
      {
        included: included === null ? 'unlimited' : quantityOf(included),
        price: price === null ? undefined : quantityOf(price),
        currency: currency ?? undefined,
        name: name ?? undefined,
        unit: unit ?? undefined,
      },
    ]),
  )
  return { seenAt: seen.seen_at, of: (dimension) => terms.get(dimension) ?? NOTHING }
}

/**
 * Reads the plan at Microsoft and keeps what it says. Outside any transaction.
 * @returns false when Microsoft does not list the plan for this subscription, or writes its included quantities in words nobody knows:
 *   nothing is known then, and nothing is billed by guess
 * @throws ApiError of the `ERR_MS_` family
 */
export async function fetchPlanTerms(
  db: Db,
  microsoft: MicrosoftFulfilment,
  tenantId: TenantId,
  subscriptionId: SubscriptionId,
  key: PlanTermKey,
  now: Instant,
  signal?: AbortSignal,
): Promise<boolean> {
  const plans = await microsoft.listAvailablePlans(subscriptionId, undefined, signal)
  const plan = plans.find((one) => one.planId === key.planId)
  const dimensions = plan && dimensionsOf(plan, key.termUnit)
  if (!dimensions) return false
  const seenAt = new Date(now.getTime())
  const place = { tenant_id: tenantId, offer_id: key.offerId, plan_id: key.planId, term_unit: key.termUnit }
  const seen = { ...place, dimension: SEEN, included: '0', price: null, currency: null, name: null, unit: null, seen_at: seenAt }
  await db
    .insertInto('usage_plan_terms')
    .values([seen, ...dimensions.map((one) => ({ ...place, ...one, seen_at: seenAt }))])
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'offer_id', 'plan_id', 'term_unit', 'dimension']).doUpdateSet(({ ref }) => ({
        included: ref('excluded.included'),
        price: ref('excluded.price'),
        currency: ref('excluded.currency'),
        name: ref('excluded.name'),
        unit: ref('excluded.unit'),
        seen_at: ref('excluded.seen_at'),
      })),
    )
    .execute()
  return true
}

function dimensionsOf({ billingTerms, dimensions }: MicrosoftPlan, termUnit: string) {
  const term = billingTerms.find((one) => one.termUnit === termUnit) ?? (billingTerms.length === 1 ? billingTerms[0] : undefined)
  const ids = new Set([...dimensions.map(({ id }) => id), ...(term?.included ?? []).map(({ dimensionId }) => dimensionId)])
  const read = [...ids].map((id) => {
    const priced = dimensions.find((one) => one.id === id)
    const price = priced?.pricePerUnit === undefined ? undefined : fromDouble(priced.pricePerUnit)
    return {
      dimension: id,
      included: includedText(term?.included.find(({ dimensionId }) => dimensionId === id)?.units ?? '0'),
      price: price === undefined ? null : printQuantity(price),
      currency: priced?.currency ?? null,
      name: priced?.displayName || null,
      unit: priced?.unitOfMeasure || null,
    }
  })
  return read.every(isRead) ? read : undefined
}

const isRead = <T extends { readonly included: string | null | undefined }>(one: T): one is T & { readonly included: string | null } =>
  one.included !== undefined

/** Text on the wire: a number, or that there is no limit (in which words is not documented). @returns null for no limit */
function includedText(units: string): string | null | undefined {
  if (/^(unlimited|infinite|-1)$/i.test(units.trim())) return null
  const reading = readQuantity(units.trim() || '0')
  return reading.ok && reading.quantity >= 0n ? printQuantity(reading.quantity) : undefined
}
