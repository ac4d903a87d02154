/** Every key the set-up file knows, read from the schema itself. */
import { z } from 'zod'
import { setupFile } from './schema.ts'

/** Paths as the documentation writes them: `tenants[].products[].name`. */
export function schemaPaths(): readonly string[] {
  return pathsOf(z.toJSONSchema(setupFile, { io: 'input' }), '')
}

/** The bare keys, for "did you mean". */
export const schemaKeys = (): readonly string[] => [...new Set(schemaPaths().map((path) => path.replace(/^.*\./, '').replace('[]', '')))]

type Json = z.core.JSONSchema.BaseSchema | boolean | undefined

function pathsOf(schema: Json, path: string): readonly string[] {
  if (typeof schema !== 'object') return []
  const items = Array.isArray(schema.items) ? undefined : schema.items
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => pathsOf(value, path === '' ? key : `${path}.${key}`))
  return [...(path === '' ? [] : [items ? `${path}[]` : path]), ...(items ? pathsOf(items, `${path}[]`).slice(1) : []), ...below]
}
