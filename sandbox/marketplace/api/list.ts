/** GET /saas/subscriptions: every subscription of the caller's offers, in pages. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { wireListed } from '../wire.ts'
import { callerOf, isOwner } from './caller.ts'
import type { ApiDeps } from './deps.ts'
import { linkBase } from './links.ts'
import { badArgument, sendRefusal } from './replies.ts'

const query = z.object({ continuationToken: z.string().optional() })

/** Nobody gets more in one page, whatever the option says. */
const LARGEST_PAGE = 100

export function listRoute(app: FastifyInstance, deps: ApiDeps): void {
  const { state } = deps.context
  for (const path of ['/subscriptions', '/subscriptions/']) {
    app.get(path, async (request, reply) => {
      const from = readContinuation(query.parse(request.query).continuationToken)
      if (from === undefined) return sendRefusal(reply, badArgument('The continuation token is not valid.', 'continuationToken'))
      const caller = callerOf(request)
      const all = [...state.subscriptions.values()].filter(({ offer }) => isOwner(caller, offer))
      if (all.length === 0) return {}
      const end = from + Math.min(state.options.pageSize, LARGEST_PAGE)
      const subscriptions = all.slice(from, end).map(wireListed)
      return end < all.length ? { subscriptions, '@nextLink': nextLink(deps, end) } : { subscriptions }
    })
  }
}

const nextLink = (deps: ApiDeps, from: number): string =>
  `${linkBase(deps)}/saas/subscriptions/?continuationToken=${encodeURIComponent(writeContinuation(from))}&api-version=2018-08-31`

const writeContinuation = (from: number): string => Buffer.from(`page+from/${from}`).toString('base64')

function readContinuation(token: string | undefined): number | undefined {
  if (token === undefined || token === '') return 0
  const from = /^page\+from\/(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1]
  return from === undefined ? undefined : Number(from)
}
