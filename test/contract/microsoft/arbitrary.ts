/** Makes values a schema admits: with every field that may be missing missing now and then. */
import fc from 'fast-check'
import type { JsonSchema } from './schemas.ts'

type Schemas = Readonly<Record<string, JsonSchema>>

export function arbitraryOf(schema: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  if (schema.$ref) return arbitraryOf(named(schema.$ref, schemas), schemas)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object':
      return objectOf(schema.properties ?? {}, schemas)
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, schemas), { maxLength: 3 })
    case 'integer':
      return fc.nat() // a negative number of seats would be of the right type and still be none
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'string':
      return textOf(schema.format)
    default:
      throw new TypeError(`no such type in the file: ${String(schema.type)}`)
  }
}

const objectOf = (properties: Schemas, schemas: Schemas): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, arbitraryOf(part, schemas)])), { requiredKeys: [] })

function textOf(format: string | undefined): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return fc.uuid()
    case 'date-time':
      return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31T23:59:59Z') }).map((at) => at.toISOString())
    case 'email':
      return fc.emailAddress()
    case 'uri':
      return fc.webUrl()
    default:
      return fc.string({ maxLength: 40 })
  }
}

function named(ref: string, schemas: Schemas): JsonSchema {
  const found = schemas[ref.replace('#/components/schemas/', '')]
  if (!found) throw new TypeError(`no such schema in the file: ${ref}`)
  return found
}
