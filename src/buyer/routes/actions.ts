/** The vendor's buttons. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '../../kit/errors/index.ts'
import { nameBrowser } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { actionParams, readParams } from './params.ts'
import { routes, subscriptionPath } from './paths.ts'
import { forReaders, type SubscriptionVisit, stageOf } from './subscription.ts'

/** GET …/actions/:actionId - 303 to a freshly signed address at the vendor's. Nothing of it is kept, and it learns nothing of this page's address. */
export function actionRoute(app: FastifyInstance, deps: BuyerDeps): void {
  app.get(
    `${routes.subscription}/actions/:actionId`,
    forReaders(
      deps,
      {
        use: true,
        whenSignedOut: async (_visit, { tenantId, productId, subscriptionId }, request, reply) => {
          const browser = nameBrowser(deps, request, reply)
          const url = await deps.signIn.begin({ tenantId, browser, arrival: { productId, subscriptionId } })
          return reply.redirect(url.href, 302)
        },
      },
      (visit) => follow(deps, visit),
    ),
  )
}

async function follow(deps: BuyerDeps, visit: SubscriptionVisit): Promise<FastifyReply> {
  const { actionId } = readParams(actionParams, visit.request)
  const stage = await stageOf(deps, visit)
  const { asset } = visit.record.connect
  if (stage.kind !== 'active' || !asset) return visit.reply.redirect(subscriptionPath(visit.params), 303)
  if (!stage.actions.some(({ id }) => id === actionId)) throw new AppError('ERR_NOT_FOUND')
  const link = await deps.ports.actionLink(visit.params, actionId, asset.id)
  return visit.reply.header('referrer-policy', 'no-referrer').redirect(webAddress(link), 303)
}

function webAddress(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href
  throw new AppError('ERR_NOT_FOUND', { message: 'The vendor gave an address that is none.' })
}
