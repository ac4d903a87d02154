/** Whether Microsoft holds what we want, although it may write it differently: "nothing" has many forms, line ends change. Pure. */
import { isJsonObject, type Json } from '../../../kit/json.ts'

/** Missing, null, empty text, an empty list and an empty object all say the same: Microsoft gives back one for the other. */
export const isNothing = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.values(value).every((member) => isNothing(member)))

export function alike(a: Json | undefined, b: Json | undefined): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b)
  if (typeof a === 'string' && typeof b === 'string') return plain(a) === plain(b)
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => alike(item, b[at]))
  if (!isJsonObject(a)) return a === b
  return isJsonObject(b) && [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => alike(own(a, name), own(b, name)))
}

/** The same members in any order and in any case: markets, keywords, ids. */
export const alikeAsSet = (a: Json | undefined, b: Json | undefined): boolean => alike(sorted(a), sorted(b))

const sorted = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item.toLowerCase() : JSON.stringify(item))).sort() : value

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim()

/** A member that is really there: never one every object inherits. */
export const own = (object: { readonly [member: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined
