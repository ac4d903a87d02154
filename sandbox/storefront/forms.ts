/** Reads what the storefront's forms post. Texts become what the marketplace's actions take; what cannot be read is refused with a reason. */
import { z } from 'zod'
import { days, hours } from '../../src/kit/time.ts'
import { TERM_UNITS } from '../marketplace/types.ts'
import { people } from '../seed.ts'

const ticked = z.literal('yes').optional().transform(Boolean)
const blankIsAbsent = z
  .string()
  .trim()
  .optional()
  .transform((text) => (text === '' ? undefined : text))

export const buyForm = z.object({
  planId: z.string({ error: 'Please choose a plan.' }),
  quantity: blankIsAbsent.transform((text, context) => {
    if (text === undefined || /^\d+$/.test(text)) return text === undefined ? undefined : Number(text)
    context.addIssue({ code: 'custom', message: 'Please give the number of seats in digits.' })
    return z.NEVER
  }),
  buyer: z.enum(people.map(({ key }) => key)),
  beneficiary: blankIsAbsent,
  termUnit: z.enum(TERM_UNITS).default('P1M'),
  preview: ticked,
  csp: ticked,
  withoutEmail: ticked,
})

export const planForm = z.object({ planId: z.string() })
export const seatsForm = z.object({ quantity: z.string().regex(/^\d+$/, 'Please give the number of seats in digits.').transform(Number) })

export const personForm = z.object({ person: z.union([z.literal(''), z.enum(people.map(({ key }) => key))]) })

/** How far the clock's buttons move it. */
export const STEPS = { hour: hours(1), day: days(1), month: days(30) } as const
export const clockForm = z.object({
  by: z.enum(['hour', 'day', 'month']),
  /** The page to come back to: one of ours. */
  back: z.string().regex(/^\/store\/[\w/-]*$/),
})

/** The first reason, in words for the buyer. */
export const reasonOf = (error: z.ZodError): string => error.issues[0]?.message ?? 'The form could not be read.'
