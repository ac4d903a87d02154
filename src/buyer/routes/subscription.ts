/** What the routes below one subscription's address share: it is there, the visitor may see it, and what stage it is at. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { holdsSubscription, type Session } from '../../identity/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { SubscriptionRecord } from '../../subscriptions/index.ts'
import type { ActionLink, BuyerStage } from '../rules/buyer-stage.ts'
import { buyerStage } from '../rules/stage.ts'
import { isPurchaserOnly, mayChange, refusalToRead } from './access.ts'
import { refuse, sendFailure } from './answer.ts'
import type { BuyerDeps } from './deps.ts'
import { readParams, type SubscriptionParams, subscriptionParams } from './params.ts'
import { subscriptionPath, switchAccountPath } from './paths.ts'
import { frameOf, type Visit, visitOf } from './visit.ts'

/** A request for one subscription by somebody signed in who may see it. */
export interface SubscriptionVisit extends Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly params: SubscriptionParams
  readonly session: Session
  readonly record: SubscriptionRecord
}

interface Rules {
  /** False for requests nobody made by hand. */
  readonly use: boolean
  /** What to do with somebody who is not signed in. */
  readonly whenSignedOut: (visit: Visit, params: SubscriptionParams, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Lets only those through who may see the subscription; everybody else gets a page that says nothing of it. */
export const forReaders =
  (deps: BuyerDeps, rules: Rules, handle: (visit: SubscriptionVisit) => Promise<FastifyReply>): Handler =>
  async (request, reply) => {
    const params = readParams(subscriptionParams, request)
    const visit = await visitOf(deps, request, params, rules.use)
    const { session } = visit
    if (!session) return rules.whenSignedOut(visit, params, request, reply)
    try {
      const record = await readable(deps, params, session)
      return await handle({ ...visit, session, record, params, request, reply })
    } catch (error) {
      const facts = { tenantId: params.tenantId, subscriptionId: params.subscriptionId }
      return sendFailure(deps.identity.log, request, reply, error, { frame: frameOf(visit, switchAccountPath(params)), facts })
    }
  }

/** For requests that cannot sign in on their way: the page itself can. */
export const refuseSignedOut =
  ({ identity }: BuyerDeps): Rules['whenSignedOut'] =>
  async (visit, params, request, reply) =>
    refuse(identity.log, request, reply, 'ERR_SIGNED_OUT', { frame: frameOf(visit), retryPath: subscriptionPath(params) })

async function readable({ ports }: BuyerDeps, params: SubscriptionParams, session: Session): Promise<SubscriptionRecord> {
  const record = await ports.readSubscription(params)
  if (!record || record.productId !== params.productId) throw new AppError('ERR_NOT_FOUND')
  if (!ports.mayRead(record, session.person)) throw new AppError(refusalToRead(record, session.person))
  return record
}

export async function stageOf(
  { ports, identity }: BuyerDeps,
  { record, product, params, session }: SubscriptionVisit,
): Promise<BuyerStage> {
  const { orderable, planName } = await ports.planFacts(record)
  const facts = {
    formReady: orderable,
    asked: await ports.lastAsked(record),
    mayChange: await mayChangeNow(identity, record, session),
    planName,
    onVendorFailure: product.onVendorFailure,
    visitorIsPurchaser: isPurchaserOnly(record, session.person),
  }
  const stage = buyerStage(record, identity.clock.now(), facts)
  if (stage.kind !== 'active') return stage
  const [actions, usage] = await Promise.all([actionsOrNone({ ports, identity }, params), ports.usage(params)])
  return { ...stage, actions, usage }
}

/** The vendor's buttons are an extra: the page does not wait for Connect to be well. */
async function actionsOrNone(
  { ports, identity }: Pick<BuyerDeps, 'ports' | 'identity'>,
  params: SubscriptionParams,
): Promise<readonly ActionLink[]> {
  try {
    return await ports.actionsOf(params)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    identity.log.warn(
      { tenantId: params.tenantId, productId: params.productId, code: error.code },
      "the vendor's actions could not be read",
    )
    return []
  }
}

async function mayChangeNow(identity: BuyerDeps['identity'], record: SubscriptionRecord, session: Session): Promise<boolean> {
  return mayChange(record, session.person, await holdsSubscription(identity, session, record.subscriptionId))
}

/** @throws AppError `ERR_FRESH_LANDING_NEEDED` for a colleague who only has the address. */
export async function assertMayChange({ identity }: BuyerDeps, { record, session }: SubscriptionVisit): Promise<void> {
  if (!(await mayChangeNow(identity, record, session))) throw new AppError('ERR_FRESH_LANDING_NEEDED')
}
