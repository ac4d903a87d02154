/** Which resource each part of a request is: references are followed, what is new gets its id. */
import { randomUUID } from 'node:crypto'
import { isObject } from '../../connect/json.ts'
import type { Fault } from '../faults.ts'
import { guidOf, idOfPart, isDurableId, productGuidIn } from '../ids.ts'
import type { PartnerCenterOptions } from '../options.ts'
import type { Body, Given, Product, Resource, Tree } from '../types.ts'

export interface Identified {
  readonly given: Given
  readonly resource: Resource
  readonly isNew: boolean
}

export interface Identification {
  /** Products first, then plans, then what refers to them. */
  readonly found: readonly Identified[]
  readonly faults: readonly Fault[]
}

interface Ground {
  readonly products: ReadonlyMap<string, Product>
  readonly options: Pick<PartnerCenterOptions, 'idsInRequests'>
}

/** What is known of the request so far. */
interface Known extends Ground {
  readonly names: Map<string, string>
  readonly found: Identified[]
}

const REFERENCES = ['product', 'plan', 'listing', 'meterDefine', 'basePlan', 'priceDetails'] as const
const FIRST = ['product', 'plan', 'listing', 'price-and-availability-custom-meter']

export function identify(given: readonly Given[], ground: Ground): Identification {
  const known: Known = { ...ground, names: new Map(), found: [] }
  const faults: Fault[] = []
  for (const each of given.toSorted((a, b) => rank(a) - rank(b))) {
    const fault = place(each, known)
    if (fault) faults.push({ given: each, ...fault })
  }
  return { found: known.found, faults }
}

const rank = ({ type }: Given): number => (FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length)

type Trouble = Pick<Fault, 'code' | 'message'> & { readonly id?: string }

function place(given: Given, known: Known): Trouble | undefined {
  const body = followReferences(given.body, known)
  if ('code' in body) return body
  const id = idOf(given, body.body, known)
  const trouble = whyNotId(given, id, known)
  if (trouble) return trouble
  if (given.resourceName !== undefined) {
    if (known.names.has(given.resourceName))
      return { code: 'invalidId', message: `The resource name '${given.resourceName}' is used more than once.` }
    known.names.set(given.resourceName, id)
  }
  known.found.push({ given, resource: { type: given.type, id, body: body.body }, isNew: !exists(id, known) })
  return undefined
}

function idOf(given: Given, body: Body, known: Known): string {
  const { type, id } = given
  if (type === 'product') return keptId(given, 'product', known) ?? productIdBy(externalIdOf(body), known) ?? `product/${randomUUID()}`
  const guid = guidOf(String(body['product'] ?? ''))
  if (type === 'plan') return keptId(given, 'plan', known) ?? planIdBy(guid, externalIdOf(body), known) ?? `plan/${guid}/${randomUUID()}`
  if (type === 'submission') return id ?? `submission/${guid}/0`
  return idOfPart(type, guid, body)
}

/** Of a product or plan whose id was echoed: it wins over the publisher's own id, which then must be the same. */
const keptId = ({ id }: Given, type: string, known: Known): string | undefined =>
  id?.startsWith(`${type}/`) && exists(id, known) ? id : undefined

function whyNotId({ id, type }: Given, right: string, { options }: Known): Trouble | undefined {
  if (id === undefined || type === 'submission' || type === 'product') return undefined
  if (options.idsInRequests === 'refused') return { code: 'invalidId', message: `The id of a ${type} must not be part of the request.`, id }
  return id === right ? undefined : { code: 'invalidId', message: `The id ${id} does not belong to this resource.`, id }
}

function followReferences(body: Body, known: Known): { readonly body: Body } | Trouble {
  const followed: Record<string, unknown> = { ...body }
  for (const name of REFERENCES) {
    if (!(name in body)) continue
    const target = follow(body[name], name, { known, product: String(followed['product'] ?? '') })
    if (target === undefined) return { code: 'resourceNotFound', message: `The ${name} ${JSON.stringify(body[name])} was not found.` }
    followed[name] = target
  }
  return { body: followed }
}

function follow(
  reference: unknown,
  name: string,
  { known, product }: { readonly known: Known; readonly product: string },
): string | undefined {
  if (isDurableId(reference)) return exists(reference, known) ? reference : undefined
  if (!isObject(reference)) return undefined
  if (typeof reference['resourceName'] === 'string') return known.names.get(reference['resourceName'])
  const externalId = String(reference['externalId'])
  return name === 'product' ? productIdBy(externalId, known) : planIdBy(guidOf(product), externalId, known)
}

function exists(id: string, known: Known): boolean {
  const isIn = (tree: Tree | undefined): boolean => tree?.has(id) ?? false
  return isIn(known.products.get(productGuidIn(id))?.draft) || known.found.some(({ resource }) => resource.id === id)
}

const productIdBy = (externalId: string, { products, found }: Known): string | undefined =>
  resourcesIn([...products.values()], found).find(({ type, body }) => type === 'product' && externalIdOf(body) === externalId)?.id

const planIdBy = (guid: string, externalId: string, { products, found }: Known): string | undefined => {
  const product = products.get(guid)
  return resourcesIn(product ? [product] : [], found).find(
    ({ type, id, body }) => type === 'plan' && productGuidIn(id) === guid && externalIdOf(body) === externalId,
  )?.id
}

const resourcesIn = (products: readonly Product[], found: readonly Identified[]): readonly Resource[] => [
  ...found.map(({ resource }) => resource),
  ...products.flatMap(({ draft }) => [...draft.values()]),
]

export function externalIdOf(body: Body): string {
  const identity = body['identity']
  return isObject(identity) ? String(identity['externalId']) : ''
}
