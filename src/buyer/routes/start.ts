/** The landing page's address, as typed into Partner Center. It renders nothing while the token is in the address: it moves on at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorCode } from '../../kit/errors/index.ts'
import { refuse } from './answer.ts'
import { nameBrowser } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { productParams, rawQuery, readParams } from './params.ts'
import { againPath, routes, startProblemPath } from './paths.ts'
import { readPurchaseToken } from './purchase-token.ts'
import { goSignIn } from './sign-in.ts'
import { frameOf, type Visit, visitOf } from './visit.ts'

/**
 * GET /portal/:tenantId/:productId/start?token=… - keeps the token where only this browser gets at it, and goes on: to sign-in, or on with
 * who is signed in. Without a token it says where to get one (400).
 */
export function startRoute(app: FastifyInstance, deps: BuyerDeps): void {
  app.get(routes.start, async (request, reply) => {
    const visit = await visitOf(deps, request, readParams(productParams, request))
    const reading = readPurchaseToken(rawQuery(request))
    switch (reading.kind) {
      case 'missing':
        return refuse(deps.identity.log, request, reply, problemToTell(request), { frame: frameOf(visit) })
      case 'malformed':
        return reply.redirect(startProblemPath(visit, 'malformed'), 302)
      case 'token':
        return moveOn(deps, request, reply, visit, reading.token)
    }
  })
}

async function moveOn(
  deps: BuyerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  purchaseToken: string,
): Promise<FastifyReply> {
  const { tenantId, productId } = visit
  const browser = nameBrowser(deps, request, reply)
  const arrival = { productId, purchaseToken }
  if (!visit.session) return goSignIn(deps, request, reply, { tenantId, browser, arrival })
  return reply.redirect(againPath(await deps.signIn.park({ tenantId, browser, arrival })), 302)
}

const problemToTell = (request: FastifyRequest): ErrorCode =>
  new URLSearchParams(rawQuery(request)).get('problem') === 'malformed' ? 'ERR_PURCHASE_TOKEN_MALFORMED' : 'ERR_PURCHASE_TOKEN_MISSING'
