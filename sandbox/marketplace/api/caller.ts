/** Who calls the fulfilment API: proved by a really signed token for the marketplace resource. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose'
import { z } from 'zod'
import { type Clock, type Instant, seconds } from '../../../src/kit/time.ts'
import type { EntraWorld } from '../../entra/index.ts'
import { marketplaceResourceId } from '../../seed.ts'
import type { Offer } from '../types.ts'
import { sendBareText } from './replies.ts'

export interface Caller {
  readonly tenantId: string
  readonly clientId: string
}

type CallerCheck = { readonly caller: Caller } | { readonly status: 401 | 403; readonly reason: string }

const claims = z.object({ tid: z.string(), appid: z.string().optional(), azp: z.string().optional(), iss: z.string(), ver: z.string() })

/** Signature, times by the sandbox's clock, resource and issuer. A good token for something else is 403, a bad one 401. */
async function checkCaller(authorization: string | undefined, entra: EntraWorld, clock: Clock): Promise<CallerCheck> {
  const token = /^Bearer ([^ ]+)$/.exec(authorization ?? '')?.[1]
  if (token === undefined) return { status: 401, reason: 'The request has no bearer token.' }
  const payload = await verified(token, entra, clock)
  const read = claims.safeParse(payload)
  if (!read.success) return { status: 401, reason: 'The access token is invalid or has expired.' }
  if (payload?.aud !== marketplaceResourceId) return { status: 403, reason: 'The access token is meant for another resource.' }
  const { tid, appid, azp, iss } = read.data
  const issuers = [`${entra.urls.sts}/${tid}/`, `${entra.urls.login}/${tid}/v2.0`]
  if (!issuers.includes(iss)) return { status: 403, reason: 'The issuer of the access token is not known.' }
  return { caller: { tenantId: tid, clientId: appid ?? azp ?? '' } }
}

async function verified(token: string, { keys }: EntraWorld, clock: Clock): Promise<JWTPayload | undefined> {
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    if (alg !== 'RS256' || !(await keys.hasSigned(token, kid))) return undefined
    const payload = decodeJwt(token)
    return isGoodAt(payload, clock.now()) ? payload : undefined
  } catch {
    return undefined // the answer says no more than "invalid", as the real one's
  }
}

const isGoodAt = ({ exp = 0, nbf = 0 }: JWTPayload, now: Instant): boolean => now.getTime() < seconds(exp) && now.getTime() >= seconds(nbf)

/** Only the very tenant and app of the offer's technical configuration may ask about it. */
export const isOwner = (caller: Caller, { app }: Offer): boolean => caller.tenantId === app.tenantId && caller.clientId === app.clientId

const callers = new WeakMap<FastifyRequest, Caller>()

/** The hook in front of every call. */
export const requireCaller =
  (entra: EntraWorld, clock: Clock) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const check = await checkCaller(request.headers.authorization, entra, clock)
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
