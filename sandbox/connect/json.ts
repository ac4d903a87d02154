/** JSON as it goes over the wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }
export type JsonObject = { readonly [name: string]: Json | undefined }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The entry at a dotted path, or `undefined` when anything on the way is missing. */
export function at(value: unknown, path: string): unknown {
  let found = value
  for (const name of path.split('.')) {
    if (!isObject(found)) return undefined
    found = found[name]
  }
  return found
}

/** A copy without the entry at a dotted path; other branches are shared. */
export function without(value: Json, path: string): Json {
  const [head, ...rest] = path.split('.')
  if (head === undefined || !isObject(value) || !(head in value)) return value
  const copy: Record<string, Json | undefined> = { ...(value as JsonObject) }
  if (rest.length === 0) delete copy[head]
  else copy[head] = without(copy[head] ?? null, rest.join('.'))
  return copy
}
