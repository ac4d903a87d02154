/** Changing plan and seats, and cancelling: choose, see what it means, confirm. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '../../kit/errors/index.ts'
import { minutes } from '../../kit/time.ts'
import type { WantedAction } from '../../subscriptions/index.ts'
import type { ActiveStage, BuyerStage, SuspendedStage } from '../rules/buyer-stage.ts'
import type { ManageView, WhyNot } from '../rules/manage.ts'
import { sendPage } from './answer.ts'
import { nameBrowser, sessionKey } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { readOwnForm } from './form-guard.ts'
import { enteredText, expectedOf, wantedOf } from './manage-fields.ts'
import { readManageView, reviewView } from './manage-view.ts'
import { rawQuery } from './params.ts'
import { routes, subscriptionPath, switchAccountPath } from './paths.ts'
import { assertMayChange, forReaders, refuseSignedOut, type SubscriptionVisit, stageOf } from './subscription.ts'
import { frameOf } from './visit.ts'

const PER_MINUTE = 20

/**
 * GET …/manage - what can be changed.
 * GET …/manage/review?action=… - what it will mean; nothing is changed by it, so reload and back are harmless. 422 with the reason when it is not possible.
 * POST …/manage - 303 to the subscription's page once it is under way, and also when the same was asked for before.
 */
export function manageRoutes(app: FastifyInstance, deps: BuyerDeps): void {
  const ofSession = app.createRateLimit({ max: PER_MINUTE, timeWindow: minutes(1), keyGenerator: (request) => sessionKey(deps, request) })
  const looking = { use: true, whenSignedOut: signInFirst(deps) }
  app.get(
    `${routes.subscription}/manage`,
    forReaders(deps, looking, (visit) => whenManaged(deps, visit, (stage) => choose(deps, visit, stage))),
  )
  app.get(
    `${routes.subscription}/manage/review`,
    forReaders(deps, looking, (visit) => whenManaged(deps, visit, (stage) => review(deps, visit, stage))),
  )
  app.post(
    `${routes.subscription}/manage`,
    { bodyLimit: 16 * 1024 },
    forReaders(deps, { use: true, whenSignedOut: refuseSignedOut(deps) }, async (visit) => {
      const limit = await ofSession(visit.request)
      if (!limit.isAllowed && limit.isExceeded) throw new AppError('ERR_TOO_MANY_REQUESTS')
      const fields = readOwnForm(visit.request, visit.session, deps.identity.publicUrl)
      return whenManaged(deps, visit, (stage) => ask(deps, visit, stage, fields))
    }),
  )
}

type Managed = ActiveStage | SuspendedStage

const isManaged = (stage: BuyerStage): stage is Managed => stage.kind === 'active' || stage.kind === 'suspended'

/** While a change is under way, and where nothing can be managed, the subscription's own page says so. */
async function whenManaged(
  deps: BuyerDeps,
  visit: SubscriptionVisit,
  handle: (stage: Managed) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const stage = await stageOf(deps, visit)
  if (!isManaged(stage) || stage.managedBy === 'partner') return backToPage(visit)
  await assertMayChange(deps, visit)
  return stage.change?.kind === 'underWay' && stage.change.actor !== 'vendor' ? backToPage(visit) : handle(stage)
}

const signInFirst =
  (deps: BuyerDeps): Parameters<typeof forReaders>[1]['whenSignedOut'] =>
  async (_visit, { tenantId, productId, subscriptionId }, request, reply) => {
    const browser = nameBrowser(deps, request, reply)
    const url = await deps.signIn.begin({ tenantId, browser, arrival: { productId, subscriptionId } })
    return reply.redirect(url.href, 302)
  }

async function choose(deps: BuyerDeps, visit: SubscriptionVisit, stage: Managed, problem?: ManageView['problem']): Promise<FastifyReply> {
  const view = await readManageView(deps.ports, visit.params, stage.purchase, problem)
  return sendPage(visit.reply, { kind: 'manage', path: subscriptionPath(visit.params), view }, frame(visit), problem ? 422 : 200)
}

async function review(deps: BuyerDeps, visit: SubscriptionVisit, stage: Managed): Promise<FastifyReply> {
  const query = Object.fromEntries(new URLSearchParams(rawQuery(visit.request)))
  const wanted = wantedOf(query)
  if (!wanted) return visit.reply.redirect(`${subscriptionPath(visit.params)}/manage`, 303)
  const preview = await deps.ports.preview(visit.params, wanted)
  if (!preview.possible) return choose(deps, visit, stage, problemOf(wanted, preview, query))
  const view = await reviewView(deps.ports, visit.params, stage.purchase, preview)
  return sendPage(visit.reply, { kind: 'review', path: subscriptionPath(visit.params), view }, frame(visit))
}

async function ask(
  deps: BuyerDeps,
  visit: SubscriptionVisit,
  stage: Managed,
  fields: Readonly<Record<string, unknown>>,
): Promise<FastifyReply> {
  const [wanted, expected] = [wantedOf(fields), expectedOf(fields)]
  if (!wanted || !expected) throw new AppError('ERR_BAD_INPUT')
  const asked = await deps.ports.askFor({ key: visit.params, wanted, visitor: visit.session.person, expected })
  const { tenantId, subscriptionId } = visit.params
  const reason = asked.outcome === 'refused' ? asked.reason : undefined
  deps.identity.log.info({ tenantId, subscriptionId, action: wanted.kind, outcome: asked.outcome, reason }, 'change asked for by the buyer')
  return asked.outcome === 'refused' && !isThere(asked.reason)
    ? choose(deps, visit, stage, problemOf(wanted, asked, fields))
    : backToPage(visit)
}

/** A second click, or the back button: what was wanted is there, or on its way. */
const isThere = (reason: WhyNot['reason']): boolean =>
  reason === 'SAME_SEATS' || reason === 'SAME_PLAN' || reason === 'ENDED' || reason === 'ACTION_OPEN'

const problemOf = (wanted: WantedAction, { reason, facts }: WhyNot, fields: Readonly<Record<string, unknown>>): ManageView['problem'] => ({
  ...{ reason, facts },
  about: wanted.kind,
  entered: enteredText(wanted, fields),
})

const frame = (visit: SubscriptionVisit) => frameOf(visit, switchAccountPath(visit.params))

const backToPage = ({ reply, params }: SubscriptionVisit): FastifyReply => reply.redirect(subscriptionPath(params), 303)
