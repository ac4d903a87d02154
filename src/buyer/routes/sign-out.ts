import type { FastifyInstance } from 'fastify'
import { hasCode } from '../../kit/errors/index.ts'
import { refuse, sendPage } from './answer.ts'
import { signOut } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { readOwnForm } from './form-guard.ts'
import { productParams, readParams } from './params.ts'
import { routes, signedOutPath } from './paths.ts'
import { frameOf, visitOf } from './visit.ts'

/**
 * POST /portal/:tenantId/:productId/sign-out - ends the session here (not the one at Microsoft); harmless when there is none.
 * GET …/signed-out - says so.
 */
export function signOutRoutes(app: FastifyInstance, deps: BuyerDeps): void {
  app.post(routes.signOut, async (request, reply) => {
    const visit = await visitOf(deps, request, readParams(productParams, request))
    try {
      if (visit.session) {
        readOwnForm(request, visit.session, deps.identity.publicUrl)
        await signOut(deps, reply, visit.session)
      }
      return reply.redirect(signedOutPath(visit), 303)
    } catch (error) {
      if (!hasCode(error, 'ERR_FORM_NOT_OURS')) throw error
      return refuse(deps.identity.log, request, reply, error.code, { frame: frameOf(visit) })
    }
  })
  app.get(routes.signedOut, async (request, reply) => {
    const visit = await visitOf(deps, request, readParams(productParams, request))
    return sendPage(reply, { kind: 'signedOut' }, frameOf(visit))
  })
}
