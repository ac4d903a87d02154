/** Bends the official schemas: stricter for what we send, looser for what Microsoft really answers. Pure. */

/** The keywords Microsoft's file uses. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: boolean
}

/** The file has `$ref` with siblings, which OpenAPI 3.0 forbids and validators read differently: only the `$ref` stays. */
export function withoutRefSiblings<Value>(value: Value): Value
export function withoutRefSiblings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutRefSiblings(each))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value && typeof value.$ref === 'string') return { $ref: value.$ref }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutRefSiblings(each)]))
}

/** As described, and nothing that is not described. */
export const strict = (schema: JsonSchema): JsonSchema =>
  bend(schema, (part) => ({ ...part, ...(part.properties ? { additionalProperties: false } : {}) }))

/** In the docs and on the wire, not in the file. A misspelt name would otherwise pass, for nothing is required. */
const FIELDS_OF_THE_DOCS: Readonly<Record<string, JsonSchema>> = {
  lastModified: { type: 'string' },
  errorStatusCode: { type: 'string' },
  errorMessage: { type: 'string' },
}

/** Open words, times without a zone, null anywhere, seats as text or blank. */
export const loosened = (schema: JsonSchema): JsonSchema =>
  bend(schema, ({ enum: _open, format, type, ...part }) => ({
    ...part,
    ...(type === undefined ? {} : { type: looseType(type) }),
    ...(format === 'uuid' ? { format } : {}),
    ...(part.properties ? { properties: { ...FIELDS_OF_THE_DOCS, ...part.properties }, additionalProperties: false } : {}),
  }))

const looseType = (type: string | readonly string[]): readonly string[] => [
  ...(typeof type === 'string' ? [type] : type),
  'null',
  ...(type === 'integer' ? ['string'] : []),
]

function bend(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const properties =
    schema.properties && Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, bend(part, change)]))
  return change({ ...schema, ...(properties ? { properties } : {}), ...(schema.items ? { items: bend(schema.items, change) } : {}) })
}
