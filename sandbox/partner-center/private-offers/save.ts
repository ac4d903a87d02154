/** The job of a request that makes, changes or withdraws a private offer. All of it or nothing. */
import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { errorsOf, type Fault } from '../faults.ts'
import { guidOf } from '../ids.ts'
import type { Body, Cause, Given, Resource } from '../types.ts'
import { followed } from './references.ts'
import { isOfProduct, whyNotLive, whyNotState } from './rules.ts'
import type { PrivateOffer } from './types.ts'
import { offerView } from './view.ts'

export const isPrivate = ({ type }: Given): boolean => type === 'private-offer' || type === 'price-and-availability-private-offer-plan'

export type Saved = { readonly errors: readonly Cause[] } | { readonly written: readonly string[] }

interface Draft {
  readonly prices: Resource[]
  readonly offers: PrivateOffer[]
  readonly deleted: string[]
  readonly names: Map<string, string>
  readonly faults: Fault[]
}

export function savePrivateOffers(context: Context, given: readonly Given[]): Saved {
  const { state } = context
  const draft: Draft = { prices: [], offers: [], deleted: [], names: new Map(), faults: [] }
  // In the order given: a price comes before the offer that uses it.
  for (const each of given.filter(isPrivate)) {
    if (each.type === 'private-offer') addOffer(context, each, draft)
    else addPrice(context, each, draft)
  }
  if (draft.faults.length > 0) {
    for (const { id } of draft.prices) state.privatePrices.delete(id)
    return { errors: errorsOf(draft.faults) }
  }
  for (const offer of draft.offers) state.privateOffers.set(offer.guid, offer)
  for (const guid of draft.deleted) state.privateOffers.delete(guid)
  return { written: [...draft.prices.map(({ id }) => id), ...draft.offers.map(({ guid }) => `private-offer/${guid}`)] }
}

/** Prices are known at once, so that offers of the same request can be judged by them. */
function addPrice({ state }: Context, given: Given, draft: Draft): void {
  const result = followed(given.body, { state, names: draft.names })
  if ('missing' in result) return void draft.faults.push({ given, code: 'resourceNotFound', message: result.missing })
  const guid = guidOf(String(result.body['product']))
  const id = given.id ?? `${given.type}/${guid}/${state.privatePrices.size + 1}`
  const price = { type: given.type, id, body: result.body }
  draft.prices.push(price)
  state.privatePrices.set(id, price)
  if (given.resourceName !== undefined) draft.names.set(given.resourceName, id)
}

function addOffer({ state, clock }: Context, given: Given, draft: Draft): void {
  const guid = given.id?.split('/')[1]
  const before = guid === undefined ? undefined : state.privateOffers.get(guid)
  const refuse = (code: string, message: string): void =>
    void draft.faults.push({ given, ...(given.id && { id: given.id }), code, message })
  if (guid !== undefined && !before) return void refuse('resourceNotFound', `The private offer ${given.id} was not found.`)
  const lines = readLines(given.body, state, draft)
  if ('missing' in lines) return void refuse('resourceNotFound', lines.missing)
  const body = bodyOf(given.body, lines.lines, before)
  const offer = offerView.parse(body)
  const wrongState = whyNotState(before, offer.state)
  if (wrongState) return void refuse(wrongState.code, wrongState.message)
  if (offer.state === 'deleted') return void draft.deleted.push(guid ?? '')
  const reasons = offer.state === 'live' ? whyNotLive(offer, state, clock.now().toISOString().slice(0, 10)) : []
  for (const { code, message } of reasons) refuse(code, message)
  if (!offer.pricing.every(isOfProduct)) refuse('businessValidationError', 'The plan belongs to another product.')
  const next = offer.state === 'live' || offer.state === 'withdrawn' ? offer.state : 'draft'
  const saved = { guid: guid ?? randomUUID(), body, state: next, accepted: false, modified: clock.now() } as const
  draft.offers.push({ ...saved, revision: (before?.revision ?? 0) + 1 })
}

/** To withdraw, its id, name and state are enough: the rest stays as it was. */
const bodyOf = (body: Body, pricing: readonly Body[] | undefined, before: PrivateOffer | undefined): Body => ({
  ...(body['state'] === 'withdrawn' ? before?.body : {}),
  ...body,
  ...(pricing && { pricing }),
})

function readLines(
  body: Body,
  state: Context['state'],
  { names }: Draft,
): { readonly lines: readonly Body[] | undefined } | { readonly missing: string } {
  if (!Array.isArray(body['pricing'])) return { lines: undefined }
  const results = body['pricing'].map((line: Body) => followed(line, { state, names }))
  const missing = results.find((result) => 'missing' in result)
  return missing ?? { lines: results.flatMap((result) => ('body' in result ? [result.body] : [])) }
}
