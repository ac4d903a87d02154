/**
 * Cuts what the bridge uses out of CloudBlue's OpenAPI file, for the contract tests:
 *
 *   npx tsx scripts/extract-connect-spec.ts connect-openapi30.yml > test/contract/specs/connect-openapi.v37.subset.json
 *
 * The file is generated from Connect's code and stale in places, so what is cut out is made honest. Answers are loosened: nothing is
 * required, enums are open, everything may be null. What we send is tightened: no property the file does not know, except those listed
 * below with where else they are seen.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

type Json = { readonly [key: string]: unknown }

const OPERATIONS: readonly (readonly [method: 'get' | 'post' | 'put', path: string])[] = [
  ['get', '/auth/context'],
  ['get', '/auth/tokens/{pk}'],
  ['get', '/products'],
  ['get', '/products/{product_id}'],
  ['get', '/products/{product_product_id}/items'],
  ['get', '/products/{product_product_id}/parameters'],
  ['get', '/products/{product_product_id}/configurations'],
  ['post', '/products/{product_product_id}/configurations'],
  ['get', '/products/{product_product_id}/actions'],
  ['get', '/products/{product_product_id}/actions/{id}/actionLink'],
  ['get', '/products/{product_product_id}/connections'],
  ['get', '/listings'],
  ['get', '/listing-requests'],
  ['get', '/listing-requests/{id}'],
  ['post', '/listing-requests/{id}/deploy'],
  ['post', '/listing-requests/{id}/complete'],
  ['post', '/listing-requests/{id}/cancel'],
  ['post', '/listing-requests/{id}/assign'],
  ['get', '/marketplaces'],
  ['get', '/marketplaces/{id}'],
  ['get', '/hubs'],
  ['get', '/hubs/{id}'],
  ['get', '/requests'],
  ['post', '/requests'],
  ['get', '/requests/{id}'],
  ['put', '/requests/{id}'],
  ['post', '/requests/{id}/validate'],
  ['post', '/requests/{id}/purchase'],
  ['post', '/requests/{id}/pend'],
  ['post', '/requests/{id}/revoke'],
  ['get', '/assets'],
  ['get', '/assets/{id}'],
  ['get', '/assets/{id}/render'],
  ['get', '/assets/{asset_id}/requests'],
  ['get', '/tier/accounts'],
  ['post', '/tier/accounts'],
  ['get', '/tier/accounts/{id}'],
  ['get', '/tier/config-requests'],
  ['get', '/subscriptions/requests'],
  ['post', '/subscriptions/requests'],
  ['get', '/notifications/webhooks'],
  ['post', '/notifications/webhooks'],
  ['put', '/notifications/webhooks/{id}'],
  ['get', '/usage/files'],
  ['get', '/usage/files/{id}'],
  ['post', '/usage/files/{id}/accept'],
  ['post', '/usage/files/{id}/reject'],
  ['put', '/usage/files/{id}/approve-all'],
  ['post', '/usage/files/{id}/close'],
  ['get', '/usage/records'],
  ['get', '/usage/records/{id}'],
  ['put', '/usage/records/{id}'],
  ['post', '/usage/records/{id}/close'],
  ['post', '/usage/records/close-records'],
  ['get', '/usage/chunks'],
  ['get', '/usage/chunks/{id}'],
  ['put', '/usage/chunks/{id}'],
  ['post', '/usage/chunks/{id}/close'],
  ['get', '/usage/chunks/{id}/download'],
  ['get', '/usage/aggregates'],
]

const text: Json = { type: 'string' }
const reference: Json = { type: 'object', properties: { id: text }, required: ['id'], additionalProperties: false }
const listOf = (properties: Json): Json => ({ type: 'array', items: { type: 'object', properties, additionalProperties: false } })
/** The file describes addresses and phones only; checkboxes and objects have keys of their own. */
const structured: Json = { type: 'object' }
const attributes = listOf({ id: text, value: text })

/** Properties we send that the file's schemas lack, by the schema's name. */
const ALSO_SENT: { readonly [schema: string]: Json } = {
  'dp.AssetPurchaseRequest': {
    // In the file's own example of a purchase.
    marketplace: reference,
    'asset.product': reference,
    // The file has it in PUT /requests/{id}.
    'asset.params.[].structured_value': structured,
    // An account that exists, by its id, and correlation data: connect-fulfillment-zapier-app.
    'asset.tiers.customer.id': text,
    'asset.tiers.tier1.id': text,
    'asset.tiers.tier2.id': text,
    'asset.external_attributes': attributes,
  },
  // connect-fulfillment-zapier-app, connect-workflows (scheduling), connect-extension-for-cb-commerce (params).
  'dp.AssetChangeRequest': {
    planned_date: text,
    'asset.params': listOf({ id: text, value: text, structured_value: structured }),
    'asset.external_attributes': attributes,
  },
  'dp.AssetSuspendResumeCancelRequest': { planned_date: text, 'asset.external_attributes': attributes },
}

/** A draft is validated and corrected with the whole purchase (connect-extension-for-cb-commerce, validate.py); the file knows params only. */
const ALSO_TAKES_A_PURCHASE = new Set(['put /requests/{id}', 'post /requests/{id}/validate'])

/** Query pairs the file does not list: the action link needs to know for which asset (connect-javascript-sdk, product actions). */
const ALSO_ASKED: { readonly [path: string]: readonly string[] } = {
  '/products/{product_product_id}/actions/{id}/actionLink': ['asset_id'],
}

const PURCHASE: Json = { $ref: '#/components/schemas/dp.AssetPurchaseRequest' }

/** Sent as null where the file says text or object: an absent state or phone (connect-extension-for-cb-commerce does so). */
const NULL_WHEN_SENT = new Set(['state', 'phone_number'])

/** Types seen in real answers that the file's schemas lack, by the property's name. */
const ALSO_ANSWERED: { readonly [property: string]: string } = {
  // A person instead of an id (connect-haxe-sdk, test data); no second tier as an empty list (connect-php-sdk, test data).
  assignee: 'object',
  tier2: 'array',
  // Text in fixtures of assets and of requests alike, a number in the file's asset.
  quantity: 'string',
  old_quantity: 'string',
  // The file says text, and lists the numbers 1 and 2 as its values.
  level: 'integer',
  tier_level: 'integer',
  // A plain value, for the parameters whose value is text.
  default: 'string',
  // A filter of the same name hides the list in the file's tier configuration request.
  params: 'array',
  choices: 'object',
  value_choices: 'object',
}

const document = parse(readFileSync(inputPath(), 'utf8')) as Json
const used = new Map<string, Json>()

const subset = {
  openapi: '3.0.3',
  info: {
    title: 'CloudBlue Connect API: the operations Marketplace Bridge uses',
    version: at(document, 'info', 'version'),
    license: { name: 'Apache-2.0' },
    'x-source': 'https://apispec.connect.cloudblue.com/connect-openapi30.yml',
  },
  paths: paths(),
  components: { schemas: Object.fromEntries([...used].sort(([a], [b]) => a.localeCompare(b))) },
}
process.stdout.write(onePerLine(subset))

/** One operation and one schema a line, so that a newer file shows what changed. */
function onePerLine({ paths, components, ...head }: typeof subset): string {
  const lines = (entries: Json) => Object.entries(entries).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  const body = { ...head, paths: '@paths', components: { schemas: '@schemas' } }
  return `${JSON.stringify(body, null, 1)}\n`
    .replace('"@paths"', () => `{\n${lines(paths).join(',\n')}\n}`)
    .replace('"@schemas"', () => `{\n${lines(components.schemas).join(',\n')}\n}`)
}

function inputPath(): string {
  const [, , input] = process.argv
  if (input === undefined) throw new TypeError('give the path of the OpenAPI file')
  return input
}

function paths(): Json {
  const found: Record<string, Record<string, unknown>> = {}
  for (const [method, path] of OPERATIONS) {
    const operation = at(document, 'paths', path, method)
    if (!isObject(operation)) throw new Error(`the file has no ${method} ${path}`)
    found[path] = { ...found[path], [method]: cut(method, path, operation) }
  }
  return found
}

function cut(method: string, path: string, operation: Json): Json {
  const schema = at(operation, 'requestBody', 'content', 'application/json', 'schema')
  const body = schema !== undefined && ALSO_TAKES_A_PURCHASE.has(`${method} ${path}`) ? { oneOf: [schema, PURCHASE] } : schema
  return {
    parameters: [
      ...list(operation['parameters']).map(parameter),
      ...(ALSO_ASKED[path] ?? []).map((name) => ({ name, in: 'query', schema: text })),
    ],
    ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: sent(body, ALSO_SENT) } } } }),
    responses: responses(operation),
  }
}

/** With what may be filtered and ordered by, which the file only says in prose. */
function parameter(given: unknown): Json {
  const resolved = isObject(given) && typeof given['$ref'] === 'string' ? follow(given['$ref']) : given
  if (!isObject(resolved)) throw new Error('a parameter is not an object')
  const { name, in: place, required, schema, description } = resolved
  const prose = typeof description === 'string' ? description : ''
  const lookups = /\*\*lookups:\*\*([^\n]*)/.exec(prose)?.[1]
  return {
    name,
    in: place,
    ...(required === true && { required }),
    schema: received(schema),
    ...(lookups !== undefined && {
      'x-lookups': lookups
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    }),
    ...(/\*\*ordering:\*\* true/.test(prose) && { 'x-ordering': true }),
  }
}

function responses(operation: Json): Json {
  const all = operation['responses']
  if (!isObject(all)) throw new Error('an operation has no responses')
  return Object.fromEntries(
    Object.entries(all).map(([status, response]) => {
      const content = at(response, 'content')
      if (!isObject(content)) return [status, {}]
      const loose = Object.entries(content).map(([type, media]) => [type, { schema: received(at(media, 'schema') ?? {}) }])
      return [status, { content: Object.fromEntries(loose) }]
    }),
  )
}

/** What Connect answers, loosened. Shared schemas keep their names. */
function received(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(received)
  if (!isObject(schema)) return schema
  if (typeof schema['$ref'] === 'string') return { $ref: keep(schema['$ref']) }
  const { properties, items, type } = schema
  return {
    ...(typeof type === 'string' && { type: [type, 'null'] }),
    ...(isObject(properties) && { properties: mapEntries(properties, (name, one) => widened(name, received(one))) }),
    ...(items !== undefined && { items: received(items) }),
  }
}

/** Choices may be objects rather than text, which concerns the list's items; params are nested one list too deep in the file's asset. */
function widened(name: string, schema: unknown): unknown {
  const more = Object.hasOwn(ALSO_ANSWERED, name) ? ALSO_ANSWERED[name] : undefined
  if (more === undefined || !isObject(schema)) return schema
  const { items } = schema
  if (more === 'object' && isObject(items)) return { ...schema, items: withType(items, more) }
  if (more === 'array' && isObject(items) && isObject(items['items'])) return { ...schema, items: items['items'] }
  return withType(schema, more)
}

function withType(schema: Json, more: string): Json {
  return Array.isArray(schema['type']) ? { ...schema, type: [...new Set([...schema['type'], more])] } : schema
}

function keep(ref: string): string {
  const name = ref.replace('#/components/schemas/', '')
  if (!used.has(name)) {
    used.set(name, {})
    used.set(name, received(follow(ref)) as Json)
  }
  return ref
}

/** What we send, tightened and without references. */
function sent(schema: unknown, also: { readonly [schema: string]: Json } = {}): unknown {
  if (!isObject(schema)) return schema
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].replace('#/components/schemas/', '')
    return withMore(sent(follow(schema['$ref'])), also[name])
  }
  const { properties, items, type, nullable, required, oneOf, maxLength, format } = schema
  const variants = schema['enum']
  return {
    ...(typeof type === 'string' && { type: nullable === true ? [type, 'null'] : type }),
    ...(isObject(properties) && { properties: nullsAllowed(mapValues(properties, (one) => sent(one))), additionalProperties: false }),
    ...(Array.isArray(required) && { required }),
    ...(items !== undefined && { items: sent(items) }),
    ...(Array.isArray(variants) && { enum: variants }),
    ...(maxLength !== undefined && { maxLength }),
    ...(format === 'email' && { format }),
    ...(Array.isArray(oneOf) && { anyOf: oneOf.map((one) => sent(one, also)) }),
  }
}

function withMore(schema: unknown, more: Json | undefined): unknown {
  return Object.entries(more ?? {}).reduce((grown, [path, value]) => addProperty(grown, path.split('.'), value), schema)
}

function addProperty(schema: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (!isObject(schema) || name === undefined) return schema
  if (name === '[]') return { ...schema, items: addProperty(schema['items'], rest, value) }
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  return { ...schema, properties: { ...properties, [name]: rest.length === 0 ? value : addProperty(properties[name], rest, value) } }
}

function nullsAllowed(properties: Json): Json {
  return mapEntries(properties, (name, schema) =>
    name === 'structured_value' ? structured : NULL_WHEN_SENT.has(name) && isObject(schema) ? orNull(schema) : schema,
  )
}

function orNull(schema: Json): Json {
  return { ...schema, type: [schema['type'], 'null'].flat() }
}

function follow(ref: string): unknown {
  const [, ...steps] = ref.split('/')
  return at(document, ...steps)
}

function at(value: unknown, ...steps: readonly string[]): unknown {
  return steps.reduce<unknown>((current, step) => (isObject(current) ? current[step] : undefined), value)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function mapValues(object: Json, change: (value: unknown) => unknown): Json {
  return mapEntries(object, (_, value) => change(value))
}

function mapEntries(object: Json, change: (name: string, value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(name, value)]))
}
