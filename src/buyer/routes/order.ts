/** The buyer confirms the order. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '../../kit/errors/index.ts'
import { minutes } from '../../kit/time.ts'
import { readForm, refuseForm } from '../form/index.ts'
import { asksForOrder } from '../rules/buyer-stage.ts'
import { sessionKey } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { readOwnForm } from './form-guard.ts'
import { routes, subscriptionPath } from './paths.ts'
import { assertMayChange, forReaders, refuseSignedOut, type SubscriptionVisit, stageOf } from './subscription.ts'
import { formOf, sendStage } from './subscription-page.ts'

/** Long texts and several addresses fit easily. */
const LONGEST_FORM_BYTES = 256 * 1024
const PER_MINUTE = 20

/**
 * POST …/order - 303 to the subscription's page once the order stands, and also when it stood before: a double click, a second tab and the
 * back button end there. What is wrong with the form is shown in the form (422).
 */
export function orderRoute(app: FastifyInstance, deps: BuyerDeps): void {
  const ofSession = app.createRateLimit({
    max: PER_MINUTE,
    timeWindow: minutes(1),
    keyGenerator: (request) => sessionKey(deps, request),
  })
  app.post(
    `${routes.subscription}/order`,
    { bodyLimit: LONGEST_FORM_BYTES },
    forReaders(deps, { use: true, whenSignedOut: refuseSignedOut(deps) }, async (visit) => {
      const limit = await ofSession(visit.request)
      if (!limit.isAllowed && limit.isExceeded) throw new AppError('ERR_TOO_MANY_REQUESTS')
      return take(deps, visit)
    }),
  )
}

async function take(deps: BuyerDeps, visit: SubscriptionVisit): Promise<FastifyReply> {
  const { ports, identity } = deps
  const fields = readOwnForm(visit.request, visit.session, identity.publicUrl)
  const stage = await stageOf(deps, visit)
  if (!asksForOrder(stage)) return backToPage(visit)
  await assertMayChange(deps, visit)
  const form = await formOf(deps, visit)
  const reading = readForm(form, fields)
  if (!reading.ok) return sendStage(visit, stage, reading.model, 422)
  const verdict = await ports.validateDraft(visit.params, reading.order)
  if (verdict.outcome === 'invalid') return sendStage(visit, stage, refuseForm(form, fields, verdict.errors), 422)
  const { outcome } = await ports.confirmOrder(visit.params, reading.order, visit.session.person)
  const { tenantId, subscriptionId } = visit.params
  identity.log.info({ tenantId, subscriptionId, outcome, validation: verdict.outcome }, 'order sent by the buyer')
  return backToPage(visit)
}

const backToPage = ({ reply, params }: SubscriptionVisit): FastifyReply => reply.redirect(subscriptionPath(params), 303)
