/** To Microsoft's sign-in and back. Every way ends at an address without secrets that may be loaded again. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { BeginSignIn, SignInOutcome } from '../../identity/index.ts'
import { type ErrorCode, hasCode } from '../../kit/errors/index.ts'
import { refuse } from './answer.ts'
import { knownBrowser, nameBrowser, signIn } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { rawQuery } from './params.ts'
import { againPath, otherAccountPath, routes } from './paths.ts'
import { frameOf, visitOf } from './visit.ts'

/**
 * Sends the browser to Entra. While Entra is out of reach the arrival is parked, and the address that tries again is where it is said:
 * no page is rendered where a purchase token is in the address.
 */
export async function goSignIn(deps: BuyerDeps, _request: FastifyRequest, reply: FastifyReply, begin: BeginSignIn): Promise<FastifyReply> {
  try {
    const url = await deps.signIn.begin(begin)
    return reply.redirect(url.href, 302)
  } catch (error) {
    if (!begin.arrival.purchaseToken || !hasCode(error, 'ERR_SIGN_IN_UNAVAILABLE', 'ERR_SIGN_IN_NOT_CONFIGURED')) throw error
    return reply.redirect(againPath(await deps.signIn.park(begin)), 302)
  }
}
