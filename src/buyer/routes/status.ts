/** What the living page asks for: has anything changed, and the changed part. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Fragment, renderFragment } from '../views/pages.tsx'
import { sendHtml } from './answer.ts'
import type { BuyerDeps } from './deps.ts'
import { routes, subscriptionPath, switchAccountPath } from './paths.ts'
import { forReaders, refuseSignedOut, type SubscriptionVisit, stageOf } from './subscription.ts'
import { frameOf } from './visit.ts'

/**
 * GET …/status - `{ stage, hash, pollAfter }` (milliseconds); `hash` is that of the shown part and also the `ETag` (304 while nothing changed). 401 once signed out.
 * GET …/fragment - the part itself, as HTML.
 */
export function statusRoutes(app: FastifyInstance, deps: BuyerDeps): void {
  const rules = { use: false, whenSignedOut: refuseSignedOut(deps) }
  app.get(
    `${routes.subscription}/status`,
    forReaders(deps, rules, async (visit) => {
      await deps.ports.nudge(visit.params)
      const { stage, hash, pollAfter } = await living(deps, visit)
      return answerStatus(visit, { stage, hash, pollAfter })
    }),
  )
  app.get(
    `${routes.subscription}/fragment`,
    forReaders(deps, rules, async (visit) => sendHtml(visit.reply, (await living(deps, visit)).html)),
  )
}

async function living(deps: BuyerDeps, visit: SubscriptionVisit): Promise<Fragment> {
  const page = { kind: 'subscription', path: subscriptionPath(visit.params), stage: await stageOf(deps, visit) } as const
  return renderFragment(page, frameOf(visit, switchAccountPath(visit.params)))
}

function answerStatus({ request, reply }: SubscriptionVisit, status: Pick<Fragment, 'stage' | 'hash' | 'pollAfter'>): FastifyReply {
  const etag = `"${status.hash}"`
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim())
  return known.includes(etag) ? reply.code(304).send() : reply.send(status)
}
