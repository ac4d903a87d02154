import { z } from 'zod'
import { quantityOf, readQuantity } from '../../kit/quantity.ts'

/** Microsoft's dimension id, the same in all plans of an offer. */
export const dimensionId = z
  .string()
  .trim()
  .regex(/^[a-z0-9_-]{1,50}$/i, 'expected Microsoft’s dimension id: 1 to 50 of letters, digits, - and _')

const exact = z
  .union([z.number(), z.string()])
  .transform(String)
  .refine((text) => {
    const reading = readQuantity(text)
    return reading.ok && reading.quantity >= 0n
  }, 'expected a quantity from 0, with at most 8 decimals')

const dimension = z.strictObject({
  id: dimensionId,
  /** Where its usage is told: in Connect's usage files, or by an application. Records of the other kind are refused. */
  source: z.enum(['connect', 'api']).default('connect'),
  /** Instead of the included quantity Microsoft's plan says. */
  included: z.union([z.literal('unlimited'), exact]).optional(),
  /** An hour below one cent waits until the cent is reached: Microsoft bills two decimals. */
  carryBelowCent: z.boolean().default(false),
  /** The dimension is priced as one unit of this currency: amounts of rated usage files (CR, PR, TR) are its quantities. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected a currency code such as USD')
    .optional(),
})

/** What a publisher decides about usage. Every key has a default. */
export const usagePolicy = z.strictObject({
  /** How long after the end of an hour its records are waited for. */
  graceHours: z.number().int().min(0).max(6).default(1),
  /** What becomes of usage that comes too late for its own hour. */
  late: z.enum(['currentHour', 'hold', 'reject']).default('currentHour'),
  /** The same for usage stamped over a whole month. */
  wholeMonth: z.enum(['currentHour', 'hold', 'reject']).default('currentHour'),
  /** So long an operator may decide about what is held. */
  holdDays: z.number().int().min(1).max(30).default(7),
  /** A usage file with some bad records: accept the good ones, or reject the file. */
  acceptPartly: z.boolean().default(false),
  /** Dimensions that differ from the defaults; those the plan map names need not be listed. */
  dimensions: z
    .array(dimension)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'expected each dimension once'),
})
export type UsagePolicy = z.infer<typeof usagePolicy>
export type DimensionPolicy = UsagePolicy['dimensions'][number]

const undecided = dimension.omit({ id: true }).parse({})

/** What is decided about one dimension; the defaults when nothing is. Asked for every hour: nothing is parsed. */
export const dimensionPolicy = (policy: UsagePolicy, id: string): DimensionPolicy =>
  policy.dimensions.find((one) => one.id === id) ?? { id, ...undecided }

/** @returns the publisher's own word about the included quantity, if there is one */
export const includedOf = ({ included }: DimensionPolicy): bigint | 'unlimited' | undefined =>
  included === undefined || included === 'unlimited' ? included : quantityOf(included)
