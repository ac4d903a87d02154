/** Reads the token endpoint's answer: v1 writes numbers as text. The given text is never quoted in a fault. */
import { z } from 'zod'
import { optionalNumber } from './primitives.ts'

/** When Entra does not say how long, the token is used for a short while only. */
const SHORT_WHILE_SECONDS = 300

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'expected JSON' })
    return z.NEVER
  }
})

export const tokenReply = json.pipe(
  z.object({
    access_token: z.string().min(1),
    /** Seconds. */
    expires_in: optionalNumber.transform((seconds) => (seconds !== undefined && seconds > 0 ? seconds : SHORT_WHILE_SECONDS)),
  }),
)

/** What Entra says when it refuses. Source: OAuth 2.0 error answer with Entra's `error_codes` and trace ids. */
export const tokenRefusal = json.pipe(
  z.object({
    error: z.string().optional().catch(undefined),
    error_description: z.string().optional().catch(undefined),
    error_codes: z.array(z.coerce.number()).optional().catch(undefined),
    trace_id: z.string().optional().catch(undefined),
    correlation_id: z.string().optional().catch(undefined),
  }),
)
