/**
 * Tolerant building blocks for reading Connect's answers: numbers where text is documented, null, `""`, `{}` or `[]` for "none",
 * spelling of enums that differs by endpoint. What cannot be read is absent; only what the caller cannot do without is required.
 */
import { z } from 'zod'
import { type Instant, instant } from '../../kit/time.ts'

const lenient = <T>(read: (value: unknown) => T | undefined) => z.unknown().transform(read).optional()

const asText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Text, or absent. A number or boolean is taken as its text. */
export const text = lenient(asText)

export const flag = lenient((value) => {
  if (typeof value === 'boolean') return value
  const word = asText(value)?.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
})

export const number = lenient((value) => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
})

/** An instant; Connect writes ISO 8601 with `+00:00`. */
export const moment = lenient((value): Instant | undefined => {
  try {
    return typeof value === 'string' ? instant(value) : undefined
  } catch {
    return undefined
  }
})

/** An address a browser may be sent to: http or https only, so that no `javascript:` reaches a page. */
export const link = lenient((value) => {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
})

/** Any JSON object as it came, or absent. */
export const plainObject = lenient((value) => (isObject(value) ? value : undefined))

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Connect's "none": `HB-0000-0000`, `CT-0000-0000-0000`, `MP-00000`, `CRD-00000-00000-00000` stand for no object at all. */
const NULL_ID = /^[A-Z]+-0[0-]*$/

/** The id, or absent when missing or one of Connect's null ids. */
export const idOf = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => {
    const id = asText(value)
    return id === undefined || NULL_ID.test(id) ? undefined : id
  }, schema.optional())

/** A nested object, or absent when it is missing, null, `[]` or text. */
export const part = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (isObject(value) ? value : undefined), schema.optional())

/** A list; anything else is the empty list. */
export const list = <S extends z.ZodType>(schema: S) =>
  z
    .preprocess((value) => (Array.isArray(value) ? value : undefined), z.array(schema).optional())
    .transform((items): readonly z.output<S>[] => items ?? [])

/** A known word, or `unknown`: enums grow, and their spelling differs (`Reservation`, `reservation`). */
export const word = <const Known extends string>(known: readonly Known[]) => {
  const bySpelling = new Map(known.map((name) => [name.toLowerCase(), name]))
  return z
    .unknown()
    .optional()
    .transform((value): Known | 'unknown' => bySpelling.get(asText(value)?.toLowerCase() ?? '') ?? 'unknown')
}
