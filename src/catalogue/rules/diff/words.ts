/** What stands in a member, in words for a terminal or a page. */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import { isNothing } from '../resources/alike.ts'

const LONGEST = 200

/** Undefined for nothing. A secret is only said to be there. */
export function say(value: Json | undefined, secret = false): string | undefined {
  if (isNothing(value) || value === undefined) return undefined
  return secret ? '(secret)' : shortened(sayWhole(value))
}

/** Control characters could write over the terminal; long texts show their beginning and how long they are. */
export const shortened = (text: string): string => {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST).trimEnd()}… (${plain.length} characters)`
}

/** Nothing cut, nothing tidied: to copy. */
export function sayWhole(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map((item: Json) => sayWhole(item)).join(isJsonObject(value[0]) ? '; ' : ', ')
  if (!isJsonObject(value)) return String(value)
  return sayObject(value)
}

/** The shapes people meet; any other member by member. */
function sayObject(value: JsonObject): string {
  const { type, value: length, billingTerm, displayText, link } = value
  if (typeof type === 'string' && typeof length === 'number') return `${length} ${type}${length === 1 ? '' : 's'}`
  if (isJsonObject(billingTerm)) return sayTerm(billingTerm, value)
  if (typeof value['currency'] === 'string') return sayMarketPrice(value)
  if (typeof displayText === 'string' && typeof link === 'string') return `${displayText} (${link})`
  if (typeof value['id'] === 'string') return typeof value['label'] === 'string' ? `${value['id']} (${value['label']})` : value['id']
  return Object.entries(value)
    .filter(([, member]) => !isNothing(member))
    .map(([name, member]) => `${name}: ${sayWhole(member)}`)
    .join(', ')
}

function sayTerm(billingTerm: JsonObject, { paymentOption, pricePerPaymentInUsd, prices, quantity, isInfinite }: JsonObject): string {
  const term = sayObject(billingTerm)
  if (isInfinite === true) return `${term}: unlimited`
  if (typeof quantity === 'number') return `${term}: ${quantity}`
  const paid = isJsonObject(paymentOption) ? ` each ${sayObject(paymentOption)}` : ''
  return `${term}: ${Array.isArray(prices) ? sayWhole(prices) : `${String(pricePerPaymentInUsd)} USD`}${paid}`
}

const sayMarketPrice = ({ currency, price, markets }: JsonObject): string =>
  `${String(price)} ${String(currency).toUpperCase()}${Array.isArray(markets) ? ` (${markets.join(', ')})` : ''}`
