/** A value of a resource as the single fields a person fills in: each thing to type by itself, ready to copy. Pure. */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import { sayWhole } from '../diff/words.ts'
import { isNothing } from '../resources/alike.ts'

export interface Typed {
  /** Behind the field's name; empty where the field is one. */
  readonly more: string
  readonly value: string
  readonly note: string | undefined
}

const one = (value: string, more = '', note: string | undefined = undefined): Typed => ({ more, value, note })

/** Nothing for what is nothing to type. */
export function typed(value: Json): readonly Typed[] {
  if (isNothing(value)) return []
  if (!Array.isArray(value)) return isJsonObject(value) && !('type' in value) ? ofObject(value) : [one(sayWhole(value))]
  if (value.every((item) => !isJsonObject(item)))
    return value.length > MANY ? [one(sayWhole(value))] : numbered(value, (item) => [one(sayWhole(item))])
  const items = value.filter(isJsonObject)
  if (items.some((item) => item['billingTerm'] !== undefined)) return items.flatMap(ofTerm)
  if (items.some((item) => item['currency'] !== undefined)) return items.map(ofMarket)
  if (items.some((item) => item['prices'] !== undefined)) return items.flatMap((item) => typed(item['prices'] ?? null))
  return numbered(items, ofItem)
}

/** Markets are ticked in one long list. */
const MANY = 5

const numbered = <T>(all: readonly T[], typedOf: (item: T) => readonly Typed[]): readonly Typed[] =>
  all.flatMap((item, at) =>
    typedOf(item).map((part) => ({ ...part, more: [all.length === 1 ? '' : String(at + 1), part.more].filter(Boolean).join(', ') })),
  )

/** Categories: one field each, with what is chosen below it. */
const ofObject = (value: JsonObject): readonly Typed[] =>
  Object.entries(value).map(([name, below]) => one(isNothing(below) ? name : `${name}: ${sayWhole(below)}`))

/** A price of a term, or what is included in it. */
function ofTerm({ billingTerm, paymentOption, pricePerPaymentInUsd, prices, quantity, isInfinite }: JsonObject): readonly Typed[] {
  const term = sayWhole(billingTerm ?? '')
  const paid = paymentOption === undefined ? term : sayWhole(paymentOption)
  const more = paid === term ? term : `${term}, paid every ${paid}`
  if (Array.isArray(prices)) return prices.filter(isJsonObject).map((price) => withMore(ofMarket(price), more))
  if (pricePerPaymentInUsd !== undefined) return [one(sayWhole(pricePerPaymentInUsd), more, 'US dollars, for one payment')]
  return [one(isInfinite === true ? 'Unlimited' : sayWhole(quantity ?? 0), term)]
}

const ofMarket = ({ currency, markets, price }: JsonObject): Typed =>
  one(sayWhole(price ?? 0), sayWhole(markets ?? '').toUpperCase(), String(currency ?? '').toUpperCase())

const withMore = (part: Typed, more: string): Typed => ({ ...part, more: `${more}, ${part.more}` })

/** A link has two fields; a tenant or a person of an audience has one, and a note for people. */
function ofItem(item: JsonObject): readonly Typed[] {
  const { displayText, link, id, label } = item
  if (typeof displayText === 'string' && typeof link === 'string') return [one(displayText, 'title'), one(link, 'URL')]
  return [typeof id === 'string' ? one(id, '', typeof label === 'string' ? label : undefined) : one(sayWhole(item))]
}
