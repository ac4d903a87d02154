/** Back from Microsoft's sign-in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignInOutcome } from '../../identity/index.ts'
import type { ErrorCode } from '../../kit/errors/index.ts'
import { refuse } from './answer.ts'
import { knownBrowser, signIn } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { rawQuery } from './params.ts'
import { againPath, otherAccountPath, routes } from './paths.ts'
import { frameOf, visitOf } from './visit.ts'

type Refused = SignInOutcome & { readonly outcome: 'refused' }

/** GET /portal/signin - the one redirect address of every sign-in app. Leaves at once for an address that may be loaded again. */
export function signInRoute(app: FastifyInstance, deps: BuyerDeps): void {
  app.get(routes.signIn, async (request, reply) => {
    const browser = knownBrowser(deps, request)
    if (!browser) return refuse(deps.identity.log, request, reply, 'ERR_SIGN_IN_UNKNOWN', { facts: { detail: 'no cookie' } })
    const outcome = await deps.signIn.complete(new URLSearchParams(rawQuery(request)), browser)
    switch (outcome.outcome) {
      case 'unknown':
        return refuse(deps.identity.log, request, reply, 'ERR_SIGN_IN_UNKNOWN', { facts: { tenantId: outcome.tenantId } })
      case 'refused':
        return explain(deps, request, reply, browser, outcome)
      case 'signedIn': {
        const { tenantId, person, arrival } = outcome
        await signIn(deps, request, reply, tenantId, person)
        return reply.redirect(againPath(await deps.signIn.park({ tenantId, browser, arrival, justSignedIn: true })), 303)
      }
    }
  })
}

async function explain(
  deps: BuyerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  browser: string,
  outcome: Refused,
): Promise<FastifyReply> {
  const { tenantId, arrival, refusal, detail } = outcome
  const visit = await visitOf(deps, request, { tenantId, productId: arrival.productId })
  const ticket = await deps.signIn.park({ tenantId, browser, arrival })
  const facts = { tenantId, detail }
  return refuse(deps.identity.log, request, reply, codes[refusal], {
    frame: frameOf(visit, otherAccountPath(ticket)),
    retryPath: againPath(ticket),
    facts,
  })
}

const codes: Readonly<Record<Refused['refusal'], ErrorCode>> = {
  cancelled: 'ERR_SIGN_IN_CANCELLED',
  consentRequired: 'ERR_SIGN_IN_CONSENT_REQUIRED',
  appRefused: 'ERR_SIGN_IN_NOT_CONFIGURED',
  failed: 'ERR_SIGN_IN_FAILED',
  tokenRefused: 'ERR_SIGN_IN_TOKEN_REFUSED',
}
