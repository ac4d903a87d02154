/**
 * Readers of single values as Microsoft really sends them: missing, null, blank, padded, numbers as text, times without a zone.
 * Nothing here refuses a message but a quantity that is none: guessing at seats would be worse than stopping.
 */
import { z } from 'zod'
import { type Instant, instant } from '../../kit/time.ts'

export type WireRecord = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is WireRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return text === '' ? undefined : text
}

/** A field that may be missing. */
const anything = z.unknown().optional()

/** Text without blanks around it; anything else is undefined. */
export const optionalText = anything.transform(textOf)
/** Empty when missing. */
export const textOrEmpty = anything.transform((value) => textOf(value) ?? '')

/** True only when it says so. */
export const flag = anything.transform((value) => readFlag(value) ?? false)
export const optionalFlag = anything.transform(readFlag)

function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = textOf(value)?.toLowerCase()
  if (text === 'true') return true
  return text === 'false' ? false : undefined
}

/** Whole and not negative; null, missing and blank (flat-rate plans) are undefined; text is read. */
export const quantity = anything.transform((value, context) => {
  const text = textOf(value)
  if (text === undefined && (value === undefined || value === null || typeof value === 'string')) return undefined
  const read = Number(text)
  if (Number.isSafeInteger(read) && read >= 0) return read
  context.addIssue({ code: 'custom', message: 'expected a whole number of seats' })
  return z.NEVER
})

/** A number to show; undefined when there is none. */
export const optionalNumber = anything.transform((value) => {
  const text = textOf(value)
  const read = text === undefined ? Number.NaN : Number(text)
  return Number.isFinite(read) ? read : undefined
})

/** Microsoft writes year 1 for "none". */
const EARLIEST_MEANT = instant('1900-01-01T00:00:00Z')

/** A time; without a zone it is UTC; missing, unreadable and year 1 are undefined. */
export const optionalInstant = anything.transform((value): Instant | undefined => {
  const text = textOf(value)
  if (text === undefined) return undefined
  try {
    const read = instant(text)
    return read.getTime() < EARLIEST_MEANT.getTime() ? undefined : read
  } catch {
    return undefined // no time at all: the fields read here inform, they do not decide
  }
})

/** The object, or an empty one: a part that is missing has all its fields missing. */
export const recordOrEmpty = anything.transform((value): WireRecord => (isRecord(value) ? value : {}))

/** The list, or an empty one. */
export const listOf = <Schema extends z.ZodType>(item: Schema) =>
  anything.transform((value): readonly unknown[] => (Array.isArray(value) ? value : [])).pipe(z.array(item))

/** A list that comes bare, under `key`, or not at all. */
export const inList = <Schema extends z.ZodType>(key: string, item: Schema) =>
  anything.transform((value) => (isRecord(value) ? value[key] : value)).pipe(listOf(item))

/** The id, or undefined when it is missing or none. */
export const optionalId = <Schema extends z.ZodType<string, string>>(id: Schema) =>
  anything.transform((value): z.output<Schema> | undefined => id.safeParse(value).data)

/** Makes a reader of words that may grow: blanks and case do not matter, a word not known is 'Unknown'. */
export function openWords<const Word extends string>(words: readonly Word[], otherSpellings: Readonly<Record<string, Word>> = {}) {
  const known = new Map<string, Word>([
    ...words.map((word): [string, Word] => [word.toLowerCase(), word]),
    ...Object.entries(otherSpellings),
  ])
  return (raw: string): Word | 'Unknown' => known.get(raw.trim().toLowerCase()) ?? 'Unknown'
}
