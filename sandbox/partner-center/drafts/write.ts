/** Writes the resources of a request into drafts: whole resources replace whole resources. Pure but for new ids. */
import type { Fault } from '../faults.ts'
import { guidOf, productGuidIn } from '../ids.ts'
import type { PartnerCenterOptions } from '../options.ts'
import { type Finding, findingsIn } from '../rules/index.ts'
import type { Given, Product, Resource, Tree } from '../types.ts'
import { belowPlan, belowProduct } from './fresh.ts'
import { type Identified, identify } from './identify.ts'
import { withKept } from './secrets.ts'

/** Parts of a request that do something and are not kept in the draft. */
const DEEDS: ReadonlySet<string> = new Set(['submission', 'price-and-availability-update-private-audiences'])

export interface Writing {
  /** The drafts as they are to be, by guid; a product that is gone has none. */
  readonly drafts: ReadonlyMap<string, Tree | undefined>
  readonly written: readonly Identified[]
  readonly faults: readonly Fault[]
}

interface Ground {
  readonly products: ReadonlyMap<string, Product>
  readonly options: PartnerCenterOptions
}

export function writeDrafts(given: readonly Given[], ground: Ground): Writing {
  const { found, faults } = identify(given, ground)
  const drafts = new Map<string, Map<string, Resource> | undefined>()
  const troubles = [...faults]
  for (const each of found.filter(({ resource }) => !DEEDS.has(resource.type))) {
    const guid = each.resource.type === 'product' ? guidOf(each.resource.id) : productGuidIn(each.resource.id)
    const draft = drafts.get(guid) ?? new Map(ground.products.get(guid)?.draft)
    drafts.set(guid, draft)
    troubles.push(...put(each, { draft, product: ground.products.get(guid), options: ground.options, guid }))
    if (draft.size === 0) drafts.set(guid, undefined)
  }
  for (const [guid, draft] of drafts) {
    const findings = draft ? findingsIn({ draft, product: ground.products.get(guid), products: ground.products }) : []
    troubles.push(...findings.map((finding) => faultOf(finding, found)))
  }
  return { drafts, written: found, faults: troubles }
}

interface Place {
  readonly draft: Map<string, Resource>
  readonly product: Product | undefined
  readonly options: PartnerCenterOptions
  readonly guid: string
}

function put({ given, resource, isNew }: Identified, place: Place): readonly Fault[] {
  const { draft, options, guid } = place
  if (resource.body['lifecycleState'] === 'deleted') return remove({ given, resource }, place)
  const before = draft.get(resource.id)
  const identity = before && whyNotIdentity(resource, before)
  if (identity !== undefined) return [{ given, id: resource.id, code: 'businessValidationError', message: identity }]
  if (isNew && options.onCreation === 'allResources')
    for (const part of freshBelow(resource, guid)) draft.set(part.id, draft.get(part.id) ?? part)
  const { validations: _, ...body } = resource.body
  draft.set(resource.id, { ...resource, body: withKept(body, before?.body) })
  return []
}

const freshBelow = ({ type, id }: Resource, guid: string): readonly Resource[] =>
  type === 'product' ? belowProduct(guid) : type === 'plan' ? belowPlan(guid, id) : []

function whyNotIdentity(resource: Resource, before: Resource): string | undefined {
  if (resource.type !== 'product' && resource.type !== 'plan') return undefined
  const changed = ['identity', 'type'].find((name) => JSON.stringify(resource.body[name]) !== JSON.stringify(before.body[name]))
  return (
    changed && `The ${changed === 'identity' ? 'identity.externalId' : changed} of a ${resource.type} cannot be changed once it is created.`
  )
}

/** Drafts that were never published can be deleted, with all that is below them. */
function remove({ given, resource }: Pick<Identified, 'given' | 'resource'>, { draft, product }: Place): readonly Fault[] {
  if (product?.live?.has(resource.id) || product?.preview?.has(resource.id)) {
    const message = 'A resource that has been published cannot be deleted.'
    return [{ given, id: resource.id, code: 'invalidState', message }]
  }
  for (const [id, { body }] of draft)
    if (id === resource.id || resource.type === 'product' || (resource.type === 'plan' && body['plan'] === resource.id)) draft.delete(id)
  return []
}

/** Told under the name the request gave the resource, when it came with it. */
const faultOf = ({ id, message, code = 'businessValidationError' }: Finding, found: readonly Identified[]): Fault => ({
  given: found.find(({ resource }) => resource.id === id)?.given,
  id,
  code,
  message,
})
