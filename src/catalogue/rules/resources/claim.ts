/**
 * What we want of a resource, member by member. Everything no claim names stays as Partner Center has it: read, kept, sent back.
 * A claim that holds changes nothing, so that what was written once is not written again. Pure.
 */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import { alike, alikeAsSet, own } from './alike.ts'

export type Path = readonly string[]

interface Claimed {
  readonly path: Path
  /** The member in the publisher's words: `Title`. */
  readonly field: string
  /** What a missing member stands for. */
  readonly absentMeans?: Json
  /** Never shown. */
  readonly secret?: boolean
  /** Why it cannot be taken back once it is published. */
  readonly final?: string
}

export type Claim =
  | (Claimed & { readonly kind: 'value'; readonly value: Json })
  /** Words whose case means nothing. */
  | (Claimed & { readonly kind: 'word'; readonly value: string })
  /** Texts in no order. */
  | (Claimed & { readonly kind: 'set'; readonly value: readonly string[] })
  | (Claimed & { readonly kind: 'list'; readonly list: ListClaim })
  | (Claimed & { readonly kind: 'absent' })
  /** Comes back masked: a mask stays, anything else is replaced. */
  | (Claimed & { readonly kind: 'masked'; readonly value: string })
  /** Never compared: set whenever the resource is sent for another reason. */
  | (Claimed & { readonly kind: 'along'; readonly value: Json })

export interface ListClaim {
  readonly items: readonly JsonObject[]
  /** The member that tells items apart. */
  readonly keyedBy: string
  /** Members of an item that are ours, even where the wanted item has none of them. */
  readonly ours: readonly string[]
  /** Items with other keys go (`remove`) or stay; items that are there already are corrected, or left alone (`keep`). */
  readonly others: 'remove' | 'stay'
  readonly existing: 'correct' | 'keep'
}

export const MASK = /^\*+$/

/** The resource with all claims fulfilled; the very same one when all hold already. */
export function fulfil(resource: JsonObject, claims: readonly Claim[]): JsonObject {
  const changed = claims.reduce((made, claim) => (claim.kind === 'along' ? made : apply(made, claim)), resource)
  return changed === resource ? resource : claims.reduce((made, claim) => (claim.kind === 'along' ? apply(made, claim) : made), changed)
}

export const holds = (resource: JsonObject, claim: Claim): boolean => {
  if (claim.kind === 'along') return true
  const there = valueAt(resource, claim.path) ?? claim.absentMeans
  switch (claim.kind) {
    case 'absent':
      return valueAt(resource, claim.path) === undefined
    case 'set':
      return alikeAsSet(there, claim.value)
    case 'word':
      return typeof there === 'string' && there.toLowerCase() === claim.value.toLowerCase()
    case 'masked':
      return there === claim.value || (typeof there === 'string' && MASK.test(there))
    case 'value':
      return alike(there, claim.value)
    case 'list':
      return alike(there, mergedList(there, claim.list))
  }
}

/** What stands at the claim's place once it is fulfilled. */
export function wantedAt(resource: JsonObject, claim: Claim): Json | undefined {
  switch (claim.kind) {
    case 'absent':
      return undefined
    case 'list':
      return mergedList(valueAt(resource, claim.path), claim.list)
    default:
      return claim.value
  }
}

export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  const [name, ...rest] = path
  if (name === undefined) return value
  return isJsonObject(value) ? valueAt(own(value, name), rest) : undefined
}

const apply = (resource: JsonObject, claim: Claim): JsonObject =>
  claim.kind !== 'along' && holds(resource, claim) ? resource : replaced(resource, claim.path, wantedAt(resource, claim))

function replaced(object: JsonObject, [name, ...rest]: Path, value: Json | undefined): JsonObject {
  if (name === undefined) return object
  const { [name]: before, ...others } = object
  const after = rest.length === 0 ? value : replaced(isJsonObject(before) ? before : {}, rest, value)
  return after === undefined ? others : { ...object, [name]: after }
}

/** Items keep what is not ours; the order is the wanted one, others behind it. */
function mergedList(there: Json | undefined, { items, keyedBy, ours, others, existing }: ListClaim): readonly Json[] {
  const present = Array.isArray(there) ? there.filter(isJsonObject) : []
  const keyOf = (item: JsonObject): string => JSON.stringify(own(item, keyedBy) ?? null).toLowerCase()
  const find = (key: string) => present.find((item) => keyOf(item) === key)
  const wanted = items.map((item) => {
    const found = find(keyOf(item))
    if (!found) return item
    return existing === 'keep' ? found : merged(found, item, ours)
  })
  const wantedKeys = new Set(items.map(keyOf))
  const rest = others === 'remove' ? [] : present.filter((item) => !wantedKeys.has(keyOf(item)))
  const whole = [...wanted, ...rest]
  return sameMembers(present, whole) ? present : whole
}

const merged = (found: JsonObject, item: JsonObject, ours: readonly string[]): JsonObject => {
  const kept = Object.fromEntries(Object.entries(found).filter(([name]) => !ours.includes(name)))
  const whole = { ...kept, ...item }
  return alike(whole, found) ? found : whole
}

/** The order of items says nothing. */
const sameMembers = (a: readonly JsonObject[], b: readonly JsonObject[]): boolean =>
  a.length === b.length && a.every((item) => b.some((other) => other === item)) && b.every((item) => a.includes(item))
