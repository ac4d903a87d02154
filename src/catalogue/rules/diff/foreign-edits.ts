/**
 * What colleagues changed in Partner Center and did not publish. Publishing takes the whole draft along, so it is told before.
 * An edit is what stands in the draft and neither in the published state, nor among what we want, nor among what we wrote. Pure.
 */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import { type IngestionResource, kindOf } from '../../../microsoft/ingestion/resource.ts'
import { alike, own } from '../resources/alike.ts'
import { fulfil, type Path, valueAt } from '../resources/claim.ts'
import type { OfferTree } from '../resources/tree.ts'
import type { DesiredResource } from '../resources/wanted.ts'
import { say, shortened } from './words.ts'

export interface ForeignEdit {
  /** Type and key of the resource, for people: `plan-listing gold en-us`. */
  readonly where: string
  /** Microsoft's own names of the members: these are not ours. Empty: the whole resource. */
  readonly path: Path
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface Drafted {
  readonly draft: OfferTree
  /** Preview where there is one, else live; undefined: never published. */
  readonly published: OfferTree | undefined
  readonly desired: readonly DesiredResource[]
  /** Our last write, as far as it is known. */
  readonly written: OfferTree | undefined
}

export function foreignEdits({ draft, published, desired, written }: Drafted): readonly ForeignEdit[] {
  const places = new Map([...placesOf(published), ...placesOf(draft)])
  return [...places.values()].flatMap(({ type, key }) => {
    const wanted = desired.find((one) => one.type === type && one.key === key)
    return editsOf(`${type} ${key}`.trim(), {
      now: draft.find(type, key),
      before: published?.find(type, key),
      ours: written?.find(type, key),
      wanted,
      neverPublished: published === undefined,
    })
  })
}

const placesOf = (tree: OfferTree | undefined) =>
  (tree?.resources ?? []).flatMap((resource) => {
    const place = tree?.placeOf(resource)
    return place && kindOf(resource)?.type !== 'submission' ? [[JSON.stringify(place), place] as const] : []
  })

interface Compared {
  readonly now: IngestionResource | undefined
  readonly before: IngestionResource | undefined
  readonly ours: IngestionResource | undefined
  readonly wanted: DesiredResource | undefined
  readonly neverPublished: boolean
}

/** Of an offer that was never published only whole plans and languages nobody here knows can be told from Microsoft's own beginnings. */
const PEOPLE_ADD: ReadonlySet<string> = new Set([
  'plan',
  'plan-listing',
  'price-and-availability-plan',
  'listing',
  'listing-asset',
  'listing-trailer',
])

function editsOf(where: string, { now, before, ours, wanted, neverPublished }: Compared): readonly ForeignEdit[] {
  if (!now) return before ? [{ where, path: [], before: 'there', after: undefined }] : []
  if (!before) {
    const known = wanted !== undefined || ours !== undefined
    const people = !neverPublished || PEOPLE_ADD.has(kindOf(now)?.type ?? '')
    return known || !people ? [] : [{ where, path: [], before: undefined, after: 'new' }]
  }
  const expected = wanted ? fulfil(before, wanted.claims) : before
  return changedLeaves(before, now)
    .filter((path) => !alike(valueAt(expected, path), valueAt(now, path)))
    .filter((path) => ours === undefined || !alike(valueAt(ours, path), valueAt(now, path)))
    .map((path) => ({ where, path: path.map(shortened), before: sayAt(before, path), after: sayAt(now, path) }))
}

const sayAt = (resource: JsonObject, path: Path): string | undefined =>
  say(valueAt(resource, path), /secret|key|password|connectionstring/i.test(path.at(-1) ?? ''))

/** Microsoft's own, or another one at each reading. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  '$schema',
  'id',
  'validations',
  'resourceName',
  'url',
  'product',
  'plan',
  'listing',
  'meterDefine',
])

function changedLeaves(before: JsonObject, now: JsonObject): readonly Path[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return names.filter((name) => !NOT_COMPARED.has(name)).flatMap((name) => leaves(own(before, name), own(now, name), [name]))
}

function leaves(before: Json | undefined, now: Json | undefined, path: Path): readonly Path[] {
  if (alike(before, now)) return []
  if (!isJsonObject(before ?? {}) || !isJsonObject(now ?? {})) return [path]
  const [left, right] = [isJsonObject(before) ? before : {}, isJsonObject(now) ? now : {}]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) =>
    leaves(own(left, name), own(right, name), [...path, name]),
  )
}
