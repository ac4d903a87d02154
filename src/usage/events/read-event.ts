/** One event as a producer sent it, read strictly: what cannot be read exactly is refused, never guessed. */
import { z } from 'zod'
import { type DimensionId, dimensionId, type SubscriptionId, subscriptionId } from '../../kit/ids.ts'
import { type ExactQuantity, type QuantityFault, readQuantity, survivesDouble } from '../../kit/quantity.ts'
import { type Instant, instant } from '../../kit/time.ts'

export interface UsageEventTold {
  /** The producer's own: the same key with the same content may be sent as often as one likes. */
  readonly key: string
  readonly subscriptionId: SubscriptionId
  readonly dimension: DimensionId
  readonly quantity: ExactQuantity
  readonly consumedAt: Instant
}

export type EventReading =
  | { readonly ok: true; readonly event: UsageEventTold }
  /** `key` as far as it can be read, so that the producer knows which one it was. */
  | { readonly ok: false; readonly key: string | undefined; readonly message: string }

const QUANTITY_FAULTS: Readonly<Record<QuantityFault, string>> = {
  notANumber: 'expected a decimal number',
  tooFine: 'expected at most 8 decimals: it is not rounded',
  tooLarge: 'expected less than 10¹⁸',
}

/** A JSON number is a double: what a double may have changed on the way is asked for as text. */
const quantity = z.union([z.string().max(100), z.number()], 'expected a number, or a decimal as text').transform((told, context) => {
  const read = readQuantity(String(told))
  const fault = faultOf(told, read)
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
  return read.ok ? read.quantity : 0n
})

function faultOf(told: string | number, read: ReturnType<typeof readQuantity>): string | undefined {
  if (!read.ok) return QUANTITY_FAULTS[read.fault]
  if (read.quantity < 0n) return 'expected at least 0: what was billed is not taken back'
  if (typeof told === 'number' && !survivesDouble(read.quantity))
    return 'more than 15 digits: send it as text, a JSON number may have lost some'
  return undefined
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)([Zz]|[+-]\d\d:\d\d)?$/

/** RFC 3339; without a zone it is UTC. */
export function readMoment(text: string): Instant | undefined {
  const [, day, time, zone = 'Z'] = TIME.exec(text.trim()) ?? []
  if (day === undefined || time === undefined || !isDay(day)) return undefined
  try {
    return instant(`${day}T${time}${zone.toUpperCase()}`)
  } catch {
    return undefined
  }
}

/** The 30th of February is no day, whatever JavaScript makes of it. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

const moment = z.string('expected a time such as 2030-01-31T08:15:00Z').transform((text, context) => {
  const read = readMoment(text)
  if (!read) context.addIssue({ code: 'custom', message: 'expected a time such as 2030-01-31T08:15:00Z' })
  return read ?? instant(0)
})

const key = z
  .string('expected text')
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'expected no control characters')

const told = z.strictObject({ key, subscriptionId, dimension: dimensionId, quantity, consumedAt: moment })

export function readEvent(value: unknown): EventReading {
  const read = told.safeParse(value)
  if (read.success) return { ok: true, event: read.data }
  const [first] = read.error.issues
  const field = first?.path.join('.') ?? ''
  const message = `${field === '' ? '' : `${field}: `}${first?.message ?? 'not as expected'}`
  return { ok: false, key: z.object({ key }).safeParse(value).data?.key, message }
}
