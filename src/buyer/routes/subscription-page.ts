/** The page of one subscription: the order form, where the order is, or the product itself, as its state says. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { buildForm, type FormModel } from '../form/index.ts'
import { asksForOrder, type BuyerStage } from '../rules/buyer-stage.ts'
import { sendPage } from './answer.ts'
import { nameBrowser } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { readParams, subscriptionParams } from './params.ts'
import { routes, subscriptionPath, switchAccountPath } from './paths.ts'
import { assertMayChange, forReaders, type SubscriptionVisit, stageOf } from './subscription.ts'
import { frameOf, visitOf } from './visit.ts'

/**
 * GET /portal/:tenantId/:productId/subscriptions/:subscriptionId - signs in first whoever is not.
 * GET …/switch-account - signs in as somebody else and comes back.
 */
export function subscriptionPageRoutes(app: FastifyInstance, deps: BuyerDeps): void {
  app.get(
    routes.subscription,
    forReaders(
      deps,
      { use: true, whenSignedOut: (_visit, params, request, reply) => signIn(deps, params, nameBrowser(deps, request, reply), reply) },
      (visit) => show(deps, visit),
    ),
  )
  app.get(`${routes.subscription}/switch-account`, async (request, reply) => {
    const params = readParams(subscriptionParams, request)
    await visitOf(deps, request, params)
    return signIn(deps, params, nameBrowser(deps, request, reply), reply, true)
  })
}

async function signIn(
  deps: BuyerDeps,
  { tenantId, productId, subscriptionId }: SubscriptionVisit['params'],
  browser: string,
  reply: FastifyReply,
  otherAccount = false,
): Promise<FastifyReply> {
  const url = await deps.signIn.begin({ tenantId, browser, arrival: { productId, subscriptionId }, otherAccount })
  return reply.redirect(url.href, 302)
}

async function show(deps: BuyerDeps, visit: SubscriptionVisit): Promise<FastifyReply> {
  await deps.ports.nudge(visit.params)
  const stage = await stageOf(deps, visit)
  if (!asksForOrder(stage)) return sendStage(visit, stage)
  await assertMayChange(deps, visit)
  return sendStage(visit, stage, await formOf(deps, visit))
}

/** @throws ApiError `ERR_CONNECT_…` when the product's parameters cannot be read: without them nothing can be ordered. */
export async function formOf({ ports }: BuyerDeps, { params, session, record, locale }: SubscriptionVisit): Promise<FormModel> {
  return buildForm(await ports.orderingParameters(params), { visitor: session.person, microsoft: record.microsoft, locale })
}

export const sendStage = (visit: SubscriptionVisit, stage: BuyerStage, form?: FormModel, status = 200): FastifyReply =>
  sendPage(
    visit.reply,
    { kind: 'subscription', path: subscriptionPath(visit.params), stage, form },
    frameOf(visit, switchAccountPath(visit.params)),
    status,
  )
