/** On with a parked arrival: the address a visitor may load again, whatever happens behind it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Parked } from '../../identity/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { refuse, sendFailure } from './answer.ts'
import { arrive } from './arrive.ts'
import { knownBrowser } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { againPath, otherAccountPath, placeOf, routes, subscriptionPath } from './paths.ts'
import { frameOf, type Visit, visitOf } from './visit.ts'

interface Continuing {
  readonly deps: BuyerDeps
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly visit: Visit
  readonly browser: string
  readonly ticket: string
  readonly parked: Parked
}

/**
 * GET /portal/signin/again?ticket=… - with who is signed in, or by signing in.
 * GET /portal/signin/other?ticket=… - by signing in with another account.
 */
export function continueRoutes(app: FastifyInstance, deps: BuyerDeps): void {
  app.get(routes.signInAgain, async (request, reply) => {
    const continuing = await pickUp(deps, request, reply)
    return continuing.visit.session ? explained(continuing, goOn) : explained(continuing, signIn)
  })
  app.get(routes.signInOther, async (request, reply) => explained(await pickUp(deps, request, reply), signInAsOther))
}

const query = z.object({ ticket: z.string().max(200) })

async function pickUp(deps: BuyerDeps, request: FastifyRequest, reply: FastifyReply): Promise<Continuing> {
  const ticket = query.safeParse(request.query).data?.ticket ?? ''
  const browser = knownBrowser(deps, request)
  const parked = browser && (await deps.signIn.parked(ticket, browser))
  if (!browser || !parked) throw new AppError('ERR_SIGN_IN_UNKNOWN')
  const visit = await visitOf(deps, request, { tenantId: parked.tenantId, productId: parked.arrival.productId })
  return { deps, request, reply, visit, browser, ticket, parked }
}

async function goOn(continuing: Continuing): Promise<FastifyReply> {
  const { deps, request, reply, visit, parked, ticket } = continuing
  const { productId, subscriptionId, purchaseToken } = parked.arrival
  const { tenantId, session } = visit
  if (!session) return signIn(continuing)
  if (purchaseToken === undefined) return reply.redirect(placeOf({ tenantId, productId, subscriptionId }), 303)
  const arrived = await arrive(deps, { session, productId, purchaseToken })
  if (arrived.kind === 'welcome') return reply.redirect(subscriptionPath({ tenantId, ...arrived }), 303)
  // Microsoft may know the visitor by another account by now: ask once before refusing.
  if (arrived.kind === 'wrongAccount' && !parked.justSignedIn) return signIn(continuing)
  const frame = frameOf(visit, otherAccountPath(ticket))
  return refuse(deps.identity.log, request, reply, arrived.code, { frame, facts: { tenantId } })
}

const signIn = (continuing: Continuing): Promise<FastifyReply> => begin(continuing, false)
const signInAsOther = (continuing: Continuing): Promise<FastifyReply> => begin(continuing, true)

async function begin({ deps, reply, parked, browser }: Continuing, otherAccount: boolean): Promise<FastifyReply> {
  const { tenantId, arrival } = parked
  const url = await deps.signIn.begin({ tenantId, arrival, browser, otherAccount })
  return reply.redirect(url.href, 302)
}

/** What fails here can be tried again here. */
async function explained(continuing: Continuing, step: (continuing: Continuing) => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await step(continuing)
  } catch (error) {
    const { deps, request, reply, visit, ticket } = continuing
    const facts = { tenantId: visit.tenantId }
    return sendFailure(deps.identity.log, request, reply, error, { frame: frameOf(visit), retryPath: againPath(ticket), facts })
  }
}
