/** Reads JSON of our own back from the database. */
import type { z } from 'zod'
import { AppError } from '../../kit/errors/index.ts'

/**
 * Reads a stored value by the strict schema it was written with. Keys the schema does not know are passed over: a newer version
 * running beside this one may have written them.
 * @param place where it stands, for the error: `products.policies`.
 * @throws AppError ERR_TENANT_DATA_UNREADABLE
 */
export function readStored<T extends z.ZodType>(schema: T, value: unknown, place: string): z.output<T> {
  const first = schema.safeParse(value)
  if (first.success) return first.data
  const second = schema.safeParse(withoutUnknownKeys(value, first.error.issues))
  if (second.success) return second.data
  const where = second.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new AppError('ERR_TENANT_DATA_UNREADABLE', { message: `${place} holds a value this version cannot read: ${where}` })
}

function withoutUnknownKeys(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value)
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const holder = issue.path.reduce<unknown>((at, key) => (isObject(at) ? at[String(key)] : undefined), copy)
    if (isObject(holder)) for (const key of issue.keys) delete holder[key]
  }
  return copy
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
