/** Following the references of a private offer: to products and plans as they are published, and to prices of the same request. */
import { isObject } from '../../connect/json.ts'
import { externalIdOf } from '../drafts/identify.ts'
import { guidOf, isDurableId, productGuidIn } from '../ids.ts'
import { productByOfferId, type State } from '../state.ts'
import type { Body } from '../types.ts'

export interface Ground {
  readonly state: State
  /** Resource names of the request, so far. */
  readonly names: ReadonlyMap<string, string>
}

const REFERENCES = ['product', 'plan', 'basePlan', 'priceDetails'] as const

/** The same with durable ids; or the name of the reference that leads nowhere. */
export function followed(body: Body, ground: Ground): { readonly body: Body } | { readonly missing: string } {
  const result: Record<string, unknown> = { ...body }
  for (const name of REFERENCES) {
    if (!(name in body)) continue
    const target = follow(body[name], name, String(result['product'] ?? ''), ground)
    if (target === undefined) return { missing: `The ${name} ${JSON.stringify(body[name])} was not found.` }
    result[name] = target
  }
  return { body: result }
}

function follow(reference: unknown, name: string, product: string, { state, names }: Ground): string | undefined {
  if (isObject(reference) && typeof reference['resourceName'] === 'string') return names.get(reference['resourceName'])
  if (name === 'priceDetails') return isDurableId(reference) && state.privatePrices.has(reference) ? reference : undefined
  if (isDurableId(reference)) {
    const { draft } = state.products.get(productGuidIn(reference)) ?? {}
    return draft?.has(reference) ? reference : undefined
  }
  const externalId = isObject(reference) ? String(reference['externalId']) : ''
  if (name === 'product') return withPrefix(productByOfferId(state, externalId)?.guid)
  const { draft = new Map() } = state.products.get(guidOf(product)) ?? {}
  return [...draft.values()].find(({ type, body }) => type === 'plan' && externalIdOf(body) === externalId)?.id
}

const withPrefix = (guid: string | undefined): string | undefined => (guid === undefined ? undefined : `product/${guid}`)
