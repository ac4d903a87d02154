/** Microsoft's draft of an offer, as far as the rules of the catalogue see it: whole resources replace whole resources. Pure. */
import { isJsonObject, type Json, type JsonObject } from '../../src/kit/json.ts'
import { type IngestionResource, kindOf } from '../../src/microsoft/index.ts'

const PRODUCT = '7b6d1c52-0f6e-4c0a-9a53-2d41a8f0e713'

/** Carries a request out: names become ids, what is there is replaced, what is new gets an id. */
export function carriedOut(draft: readonly IngestionResource[], sent: readonly IngestionResource[]): readonly IngestionResource[] {
  const byId = new Map(draft.map((one) => [String(one['id']), one]))
  const ids = new Map<string, string>()
  for (const resource of sent) ids.set(String(resource['resourceName']), idOf(resource, [...byId.values()]))
  for (const resource of sent) {
    const { resourceName, ...rest } = resource
    const id = ids.get(String(resourceName)) ?? ''
    byId.set(id, { ...withIds(rest, ids), $schema: resource.$schema, id })
  }
  return [...byId.values()]
}

let made = 0
const REFERENCES = ['product', 'plan', 'listing', 'meterDefine']

function idOf(resource: IngestionResource, draft: readonly IngestionResource[]): string {
  const type = kindOf(resource)?.type ?? ''
  const same = draft.filter((one) => kindOf(one)?.type === type).find((one) => isSame(type, one, resource))
  if (same) return String(same['id'])
  made += 1
  return type === 'product' ? `product/${PRODUCT}` : `${type}/${PRODUCT}/${made}`
}

/** Found by what it is about, as Microsoft does without an id in the request. */
function isSame(type: string, a: JsonObject, b: JsonObject): boolean {
  if (type === 'plan') return JSON.stringify(a['identity']) === JSON.stringify(b['identity'])
  return ['languageId', 'plan', 'type', 'displayOrder'].every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]))
}

const withIds = (body: JsonObject, ids: ReadonlyMap<string, string>): JsonObject =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, REFERENCES.includes(name) ? referenced(value, ids) : value]))

const referenced = (value: Json, ids: ReadonlyMap<string, string>): Json =>
  isJsonObject(value) ? (ids.get(String(value['resourceName'])) ?? value) : value
