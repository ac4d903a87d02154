/**
 * Who may buy plans that are sold privately already: Microsoft changes it for buyers at once, in draft, preview and live, without a publication.
 * Only for tenants, and only where the plan has some: a kind of identifier that is new to a plan wants a publication. Pure.
 */
import { isJsonObject, type JsonObject } from '../../../kit/json.ts'
import { type IngestionResource, schemaOf } from '../../../microsoft/ingestion/resource.ts'
import { resourceName } from './resource-name.ts'
import { type OfferTree, textAt } from './tree.ts'
import type { WantedOffer, WantedPlan } from './wanted.ts'

const UPDATE = 'price-and-availability-update-private-audiences'

/** @param live what buyers see. @returns a resource for each plan whose audience there is another one */
export const audienceUpdates = (
  { plans }: Pick<WantedOffer, 'plans'>,
  live: OfferTree | undefined,
  versions: Readonly<Record<string, string>>,
): readonly IngestionResource[] => (live ? plans.flatMap((plan) => updateOf(plan, live, versions[UPDATE] ?? '')) : [])

function updateOf({ planId, content: { audience } }: WantedPlan, live: OfferTree, version: string): readonly IngestionResource[] {
  const sold = live.find('price-and-availability-plan', planId)
  if (audience?.kind !== 'private' || sold?.['audience'] !== 'private') return []
  const there = tenantsOf(sold)
  const wanted = audience.tenants.map(({ id, note }) => ({ type: 'tenant', id, ...(note === undefined ? {} : { label: note }) }))
  const add = wanted.filter((one) => !there.some((other) => isSame(one, other)))
  const remove = there.filter((one) => !wanted.some((other) => isSame(one, other)))
  if (there.length === 0 || wanted.length === 0 || add.length + remove.length === 0) return []
  const name = resourceName(UPDATE, planId)
  const [product, plan] = [textAt(sold, 'product'), textAt(sold, 'plan')]
  return [{ $schema: schemaOf({ type: UPDATE, version }), resourceName: name, product, plan, privateAudiences: { add, remove } }]
}

const tenantsOf = ({ privateAudiences: all }: JsonObject): readonly JsonObject[] =>
  (Array.isArray(all) ? all : []).filter(isJsonObject).filter(({ type }) => type === 'tenant')

const isSame = (a: JsonObject, b: JsonObject): boolean => textAt(a, 'id').toLowerCase() === textAt(b, 'id').toLowerCase()
