/** What an answer is decided on: the operation and the subscription at Microsoft, the plan map and the policy. Nothing of Connect's. */
import { ApiError } from '../../kit/errors/index.ts'
import { type OfferId, offerId, type PlanId } from '../../kit/ids.ts'
import { between, type Clock, type Milliseconds, seconds } from '../../kit/time.ts'
import type { MicrosoftFulfilment, MicrosoftSubscription } from '../../microsoft/index.ts'
import { defaultPolicies, type Sold } from '../../tenants/index.ts'
import type { SalesOf } from '../deps.ts'
import { type OperationObservation, observeOperation } from '../notification/observe.ts'
import type { PlanAndSeats } from '../rules/notice.ts'
import type { OperationFacts } from '../rules/operations/answer.ts'
import type { RecognizePlan } from '../sources/recognize.ts'
import type { StoredOperation } from './store.ts'

export interface SeenOperation {
  readonly facts: OperationFacts
  readonly operation: OperationObservation
  readonly sold: Sold | undefined
}

interface FactsDeps {
  readonly salesOf: SalesOf
  readonly recognizePlan: RecognizePlan
  readonly microsoft: MicrosoftFulfilment
  readonly clock: Clock
}

export async function readFacts(deps: FactsDeps, stored: StoredOperation, signal: AbortSignal): Promise<SeenOperation> {
  const { microsoft, clock } = deps
  const [operation, subscription] = await Promise.all([
    observeOperation(microsoft, stored.subscriptionId, stored.operationId, signal),
    observeSubscription(microsoft, stored, signal),
  ])
  const target = targetOf(stored, operation)
  const offer = offerOf(stored, operation, subscription)
  const sold = offer && (await soldWith(deps, stored, offer, target.planId, signal))
  const facts: OperationFacts = {
    action: stored.action,
    source: stored.source,
    state: typeof operation === 'string' ? operation : operation.status,
    target,
    present: subscription ? { planId: subscription.planId, quantity: subscription.quantity } : stored.told.before && before(stored),
    age: between(stored.lastToldAt, clock.now()),
    managed: sold !== undefined,
    targetPlanMapped: isMapped(sold, target.planId),
    policy: (sold?.product.policies ?? defaultPolicies).operations,
    answered: stored.answer && { answer: stored.answer.answer, taken: stored.answer.outcome === 'taken' },
  }
  return { facts, operation, sold }
}

/** Sooner than the answer is due. */
const RECOGNIZED_WITHIN: Milliseconds = seconds(3)

/** A plan that is not mapped may be one customized in a private offer the customer has accepted: refusing it would refuse a sale. */
async function soldWith(
  { salesOf, recognizePlan }: FactsDeps,
  { action, tenantId, subscriptionId }: StoredOperation,
  offer: OfferId,
  plan: PlanId | undefined,
  signal: AbortSignal,
): Promise<Sold | undefined> {
  const sold = await salesOf(tenantId, offer)
  if (action !== 'ChangePlan' || !sold || plan === undefined || sold.plans.some(({ planId }) => planId === plan)) return sold
  const limit = AbortSignal.timeout(RECOGNIZED_WITHIN)
  try {
    const isKnown = await recognizePlan({ tenantId, subscriptionId }, { offerId: offer, planId: plan }, AbortSignal.any([signal, limit]))
    return isKnown ? await salesOf(tenantId, offer) : sold
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error
    return sold
  }
}

/** The present plan and seats; when they cannot be read now, the notice tells those before the change. */
async function observeSubscription(
  microsoft: MicrosoftFulfilment,
  { subscriptionId }: StoredOperation,
  signal: AbortSignal,
): Promise<MicrosoftSubscription | undefined> {
  try {
    return await microsoft.getSubscription(subscriptionId, signal)
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

const before = ({ told }: StoredOperation): PlanAndSeats => ({ planId: told.before?.planId, quantity: told.before?.quantity })

/** The body of a notice is not signed: where the operation tells, it counts. */
function targetOf({ told }: StoredOperation, operation: OperationObservation): PlanAndSeats {
  const seen = typeof operation === 'string' ? undefined : operation
  return { planId: seen?.planId ?? told.target.planId, quantity: seen?.quantity ?? told.target.quantity }
}

function offerOf(
  { told }: StoredOperation,
  operation: OperationObservation,
  subscription: MicrosoftSubscription | undefined,
): OfferId | undefined {
  const seen = typeof operation === 'string' ? undefined : operation.offerId
  return subscription?.offerId ?? seen ?? offerId.safeParse(told.offerId).data
}

/** An archived plan keeps who is on it and takes nobody new. */
const isMapped = (sold: Sold | undefined, plan: PlanId | undefined): boolean =>
  sold?.plans.some(({ planId, status }) => planId === plan && status === 'active') ?? false
