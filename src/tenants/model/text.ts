/** Small schemas that many parts of a set-up share. */
import { z } from 'zod'
import { isSafeToCall } from '../../kit/loopback.ts'
import { type Instant, instant } from '../../kit/time.ts'

/** A name for people. */
export const name = z.string().trim().min(1, 'expected some text').max(255, 'expected at most 255 characters')

/** A link shown to buyers. */
export const link = z
  .string()
  .trim()
  .refine((text) => URL.canParse(text) && isSafeToCall(new URL(text)), 'expected an https URL (plain http only for a loopback host)')

/** The address of an API: a link without query, user or slash at the end. */
export const apiUrl = link
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return !url || !(url.username || url.password || url.search || url.hash)
  }, 'expected a URL without user, query or fragment')
  .transform((text) => text.replace(/\/+$/, ''))

export const status = z.enum(['active', 'archived'])
export type Status = z.infer<typeof status>

/** An ISO 8601 instant or date; without a zone it is UTC, a bare date its first moment. */
export const instantText = z.string().transform((text, context): Instant => {
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(text) && !Number.isNaN(Date.parse(text))) return instant(text)
  context.addIssue({ code: 'custom', message: 'expected a date like 2027-01-31 or an instant like 2027-01-31T12:00:00Z' })
  return z.NEVER
})
