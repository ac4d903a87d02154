/** The landing page's address, as typed into Partner Center. It renders nothing while the token is in the address: it moves on at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, hasCode } from '../../kit/errors/index.ts'
import { refuse } from './answer.ts'
import { nameBrowser } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { productParams, rawQuery, readParams } from './params.ts'
import { againPath, routes } from './paths.ts'
import { readPurchaseToken } from './purchase-token.ts'
import { codeTold } from './told.ts'
import { frameOf, type Visit, visitOf } from './visit.ts'

/**
 * GET /portal/:tenantId/:productId/start?token=… - keeps the token where only this browser gets at it and goes on: to sign-in, or on with
 * who is signed in. Without a token it says where to get one (400).
 */
export function startRoute(app: FastifyInstance, deps: BuyerDeps): void {
  app.get(routes.start, async (request, reply) => {
    const visit = await visitOf(deps, request, readParams(productParams, request))
    const reading = readPurchaseToken(rawQuery(request))
    if (reading.kind === 'token') return goOn(deps, request, reply, visit, reading.token)
    if (reading.kind === 'malformed') throw new AppError('ERR_PURCHASE_TOKEN_MALFORMED')
    const code = codeTold(new URLSearchParams(rawQuery(request)).get('problem'))
    return refuse(deps.identity.log, request, reply, code, { frame: frameOf(visit) })
  })
}

async function goOn(
  deps: BuyerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  purchaseToken: string,
): Promise<FastifyReply> {
  const { tenantId, productId, session } = visit
  const begin = { tenantId, browser: nameBrowser(deps, request, reply), arrival: { productId, purchaseToken } }
  if (!session) {
    try {
      return reply.redirect((await deps.signIn.begin(begin)).href, 302)
    } catch (error) {
      // Parked instead: the next address says that sign-in is down, and can be loaded again once it is back.
      if (!hasCode(error, 'ERR_SIGN_IN_UNAVAILABLE', 'ERR_SIGN_IN_NOT_CONFIGURED')) throw error
    }
  }
  return reply.redirect(againPath(await deps.signIn.park(begin)), 302)
}
