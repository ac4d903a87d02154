/** Finds a resource in an offer's tree by what it is about: Microsoft's ids are its own, ours are offer, plan and language. Pure. */
import { isJsonObject, type JsonObject } from '../../../kit/json.ts'
import { type IngestionResource, kindOf } from '../../../microsoft/ingestion/resource.ts'
import { valueAt } from './claim.ts'

export interface OfferTree {
  readonly resources: readonly IngestionResource[]
  /** @param key as `keyOf` makes it */
  find(type: string, key: string): IngestionResource | undefined
  /** The plan's id as the publisher knows it, for `plan/<product>/<plan>`. */
  planIdOf(durableId: string): string | undefined
  /** Type and key of a resource; undefined for types we do not tell apart. */
  placeOf(resource: IngestionResource): { readonly type: string; readonly key: string } | undefined
}

export function offerTree(resources: readonly IngestionResource[]): OfferTree {
  const ordered = [...resources].sort((a, b) => textAt(a, 'id').localeCompare(textAt(b, 'id')))
  const planIds = new Map(ordered.flatMap((one) => (kindOf(one)?.type === 'plan' ? [[textAt(one, 'id'), externalIdOf(one)] as const] : [])))
  const planIdOf = (durableId: string) => planIds.get(durableId)
  const placeOf = (resource: IngestionResource) => {
    const type = kindOf(resource)?.type
    const key = type === undefined ? undefined : keyOf(type, resource, planIdOf)
    return type === undefined || key === undefined ? undefined : { type, key }
  }
  const places = new Map<string, IngestionResource>()
  for (const one of ordered) {
    const place = placeOf(one)
    if (place && !places.has(slot(place.type, place.key))) places.set(slot(place.type, place.key), one)
  }
  return { resources: ordered, find: (type, key) => places.get(slot(type, key)), planIdOf, placeOf }
}

const slot = (type: string, key: string): string => JSON.stringify([type, key])

/** Parts of a key, none of which holds a blank. */
export const keyOfParts = (...parts: readonly (string | number)[]): string => parts.join(' ')

/** One of each type in an offer has an empty key. */
function keyOf(type: string, resource: JsonObject, planIdOf: (durableId: string) => string | undefined): string | undefined {
  const language = textAt(resource, 'languageId').toLowerCase()
  const plan = planIdOf(textAt(resource, 'plan'))
  switch (type) {
    case 'plan':
      return externalIdOf(resource)
    case 'listing':
      return language
    case 'listing-asset':
      return keyOfParts(textAt(resource, 'type'), language, Number(resource['displayOrder'] ?? 0))
    case 'plan-listing':
      return plan === undefined ? undefined : keyOfParts(plan, language)
    case 'price-and-availability-plan':
      return plan
    case 'submission':
      return undefined
    default:
      return ''
  }
}

const externalIdOf = (resource: JsonObject): string => {
  const identity = resource['identity']
  return isJsonObject(identity) ? textAt(identity, 'externalId') : ''
}

export const textAt = (resource: JsonObject, ...path: readonly string[]): string => {
  const value = valueAt(resource, path)
  return typeof value === 'string' ? value : ''
}
