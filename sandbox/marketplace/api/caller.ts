/** Who calls the fulfilment API: the app whose token for the marketplace resource comes with the call. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../../src/kit/time.ts'
import { type Caller, checkBearer } from '../../entra/bearer.ts'
import type { EntraWorld } from '../../entra/index.ts'
import { marketplaceResourceId } from '../../seed.ts'
import type { Offer } from '../types.ts'
import { sendBareText } from './replies.ts'

/** Only the very tenant and app of the offer's technical configuration may ask about it. */
export const isOwner = (caller: Caller, { app }: Offer): boolean => caller.tenantId === app.tenantId && caller.clientId === app.clientId

const callers = new WeakMap<FastifyRequest, Caller>()

/** The hook in front of every call. */
export const requireCaller =
  (entra: EntraWorld, clock: Clock) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const check = await checkBearer(request.headers.authorization, { entra, clock, resource: marketplaceResourceId })
    if ('caller' in check) {
      callers.set(request, check.caller)
      return undefined
    }
    if (check.status === 403) return sendBareText(reply, 403, check.reason)
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ error: { code: 'Unauthorized', message: check.reason } })
  }

/** Who was let in by `requireCaller`. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (!caller) throw new TypeError('the route is not behind requireCaller')
  return caller
}
