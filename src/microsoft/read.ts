/** Reads the body of a 2xx answer with a tolerant schema. */
import type { z } from 'zod'
import type { MicrosoftReply } from './call.ts'
import { unexpectedAnswer } from './failure.ts'

/** @throws ApiError `ERR_MS_UNEXPECTED_ANSWER` naming the fields at fault, never their values. */
export function read<Schema extends z.ZodType>(reply: MicrosoftReply, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(parse(reply))
  if (!result.success) throw unexpectedAnswer(reply, faultsOf(result.error))
  return result.data
}

function parse(reply: MicrosoftReply): unknown {
  if (reply.text.trim() === '') return undefined
  try {
    return JSON.parse(reply.text)
  } catch {
    throw unexpectedAnswer(reply, 'not JSON')
  }
}

const LONGEST_LIST_OF_FAULTS = 5

/** Where a reader stopped: `planId, subscriptions.3.id`. */
export const faultsOf = (error: z.ZodError): string =>
  `cannot read ${error.issues
    .slice(0, LONGEST_LIST_OF_FAULTS)
    .map((issue) => issue.path.join('.') || 'the whole')
    .join(', ')}`
