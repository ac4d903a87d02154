/** Reads addresses. What does not read is nothing we have, so it is answered like everything that does not exist. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../kit/errors/index.ts'
import { productId, subscriptionId, tenantId } from '../../kit/ids.ts'

export const productParams = z.object({ tenantId, productId })
export const subscriptionParams = z.object({ tenantId, productId, subscriptionId })
export const actionParams = z.object({ tenantId, productId, subscriptionId, actionId: z.string().regex(/^[\w.:-]{1,100}$/) })
export type SubscriptionParams = z.infer<typeof subscriptionParams>

/** @throws AppError `ERR_NOT_FOUND` */
export function readParams<Params>(schema: z.ZodType<Params>, request: FastifyRequest): Params {
  const read = schema.safeParse(request.params)
  if (read.success) return read.data
  throw new AppError('ERR_NOT_FOUND')
}

/** The query as it came, undecoded and without `?`. Never logged. */
export function rawQuery(request: FastifyRequest): string {
  const url = request.raw.url ?? ''
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at + 1)
}
