/** What has to be sent so that an offer's draft is as wanted: whole resources, read, changed in our members only, and sent back. Pure. */
import type { Json, JsonObject } from '../../../kit/json.ts'
import { type IngestionResource, schemaOf } from '../../../microsoft/ingestion/resource.ts'
import { isNothing } from './alike.ts'
import { fulfil } from './claim.ts'
import { resourceName } from './resource-name.ts'
import type { OfferTree } from './tree.ts'
import type { DesiredResource } from './wanted.ts'

export interface Writing {
  /** Empty: the draft is as wanted, as far as it can be. */
  readonly resources: readonly IngestionResource[]
  /** `create`: the product has to be there first; Microsoft makes what belongs to it, then the rest follows. */
  readonly stage: 'create' | 'change'
  /** What cannot be sent because Microsoft requires more than is given. */
  readonly gaps: readonly Gap[]
}

export interface Gap {
  readonly resource: DesiredResource
  /** Members that are missing. */
  readonly members: readonly string[]
}

/** Members without which Microsoft's own schemas refuse a resource, where the wanted content may leave them out. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = { property: ['categories', 'termsConditions'] }

/** Those a new product is made with. */
const FIRST: ReadonlySet<string> = new Set(['product', 'commercial-marketplace-setup'])

/**
 * @param draft undefined while the offer does not exist.
 * @param versions of new resources, by type.
 */
export function writingOf(
  desired: readonly DesiredResource[],
  draft: OfferTree | undefined,
  versions: Readonly<Record<string, string>>,
): Writing {
  const stage = draft?.find('product', '') ? 'change' : 'create'
  const chosen = stage === 'create' ? desired.filter(({ type }) => FIRST.has(type)) : desired
  const made = chosen.map((resource) => ({ resource, body: bodyOf(resource, draft, versions) }))
  const gaps = made.flatMap(({ resource, body }) => (body === undefined ? [] : gapOf(resource, body)))
  const broken = new Set(gaps.map(({ resource }) => resource))
  return { stage, gaps, resources: made.flatMap(({ resource, body }) => (body === undefined || broken.has(resource) ? [] : [body])) }
}

function gapOf(resource: DesiredResource, body: IngestionResource): readonly Gap[] {
  const members = (REQUIRED[resource.type] ?? []).filter((member) => isNothing(body[member]))
  return members.length === 0 ? [] : [{ resource, members }]
}

/** Undefined when the draft holds all that is wanted of it. */
function bodyOf(
  desired: DesiredResource,
  draft: OfferTree | undefined,
  versions: Readonly<Record<string, string>>,
): IngestionResource | undefined {
  const found = draft?.find(desired.type, desired.key)
  if (!found) return made(desired, draft, versions)
  const changed = fulfil(found, desired.claims)
  if (changed === found) return undefined
  const { id: _microsofts, resourceName: _earlier, validations: _findings, ...rest } = changed
  return named(desired, { ...withMissing(rest, desired, draft), $schema: found.$schema })
}

function made(desired: DesiredResource, draft: OfferTree | undefined, versions: Readonly<Record<string, string>>): IngestionResource {
  const $schema = schemaOf({ type: desired.type, version: versions[desired.type] ?? '' })
  return named(desired, { $schema, ...withMissing(fulfil(desired.birth, desired.claims), desired, draft) })
}

const named = (desired: DesiredResource, body: JsonObject & { readonly $schema: string }): IngestionResource => ({
  ...body,
  resourceName: resourceName(desired.type, desired.key),
})

/** What a resource cannot be without: made with it, or set where it is missing. */
function withMissing(body: JsonObject, desired: DesiredResource, draft: OfferTree | undefined): JsonObject {
  const references = desired.refs.map(({ member, type, key }): [string, Json] => [member, referenceTo(type, key, draft)])
  const missing = [...references, ...Object.entries(desired.birth)].filter(([member]) => body[member] === undefined)
  return { ...body, ...Object.fromEntries(missing) }
}

/** By Microsoft's id, or by the name it has in the same request. */
function referenceTo(type: string, key: string, draft: OfferTree | undefined): Json {
  const found = draft?.find(type, key)?.['id']
  return typeof found === 'string' ? found : { resourceName: resourceName(type, key) }
}
