/** Reading what was sent: strictly, with every fault named. */
import { z } from 'zod'
import { AppError } from '../kit/errors/index.ts'
import { type Instant, instant } from '../kit/time.ts'

/** @throws AppError `ERR_BAD_INPUT` with `fields` */
export function readInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
  const first = fields[0]
  throw new AppError('ERR_BAD_INPUT', {
    message: `${first?.field ? `${first.field}: ` : ''}${first?.message ?? 'not as expected'}`,
    facts: { fields },
  })
}

/** In an address everything is text. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const pageQuery = {
  /** 1 to 200. */
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the page before. */
  cursor: z.string().min(1).max(100).optional(),
}

export const note = z.string().trim().min(1).max(1000).optional()

export const time = z.iso.datetime({ offset: true }).transform((text): Instant => instant(text))
