/** What may be asked for is judged on: the subscription, its plans and operations at Microsoft, the plan map, the policy. Nothing is changed. */
import { AppError, hasCode } from '../../kit/errors/index.ts'
import { allows, isFinal, type MicrosoftFulfilment, type MicrosoftOperation, type MicrosoftPlan } from '../../microsoft/index.ts'
import { defaultPolicies, findProductByOffer, listSoldPlans } from '../../tenants/index.ts'
import { type MicrosoftObservation, observeMicrosoft } from '../observe.ts'
import type { SubscriptionKey } from '../record.ts'
import type { ManageFacts, OfferedPlan } from '../rules/manage/facts.ts'
import { load } from '../store/postgres.ts'
import type { ManageDeps } from './deps.ts'
import { openAction } from './store.ts'

export interface SeenForManaging {
  readonly facts: ManageFacts
  /** Operations in progress at Microsoft. */
  readonly operations: readonly MicrosoftOperation[]
}

/** @throws AppError `ERR_SUBSCRIPTION_NOT_FOUND`; ApiError when Microsoft cannot be asked now. */
export async function readManageFacts(
  deps: ManageDeps,
  key: SubscriptionKey,
  microsoft: MicrosoftFulfilment,
  signal: AbortSignal,
): Promise<SeenForManaging> {
  const { db, clock } = deps
  const [stored, open] = await Promise.all([load(db, key), openAction(db, key)])
  if (!stored) throw new AppError('ERR_SUBSCRIPTION_NOT_FOUND')
  const operations = await orNone(microsoft.listOperations(key.subscriptionId, signal))
  const seen = await observeMicrosoft(microsoft, key.subscriptionId, clock, signal)
  const offerId = seen.kind === 'seen' ? seen.subscription.offerId : stored.offerId
  const [product, mappings, plans] = await Promise.all([
    findProductByOffer(db, key.tenantId, offerId),
    listSoldPlans(db, key.tenantId, offerId),
    orNone(microsoft.listAvailablePlans(key.subscriptionId, undefined, signal)),
  ])
  const sold = product?.status === 'active' ? mappings.filter(({ status }) => status === 'active') : []
  const facts: ManageFacts = {
    managed: product !== undefined,
    microsoft: presentOf(seen),
    offered: plans.map(offeredPlan),
    mappedPlans: new Set(sold.map(({ planId }) => planId)),
    policy: (product?.policies ?? defaultPolicies).operations,
    pending: {
      action: open !== undefined,
      microsoft: operations.some((operation) => !isFinal(operation)),
      vendor: stored.connect.openRequest !== undefined,
    },
  }
  return { facts, operations }
}

/** Microsoft lists nothing for what it does not know or let us read; the subscription itself says why. */
async function orNone<T>(reading: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await reading
  } catch (error) {
    if (hasCode(error, 'ERR_MS_BAD_REQUEST', 'ERR_MS_FORBIDDEN', 'ERR_MS_NOT_FOUND')) return []
    throw error
  }
}

function presentOf(seen: MicrosoftObservation): ManageFacts['microsoft'] {
  if (seen.kind === 'unreadable') return undefined
  const { subscription } = seen
  const { status, planId, quantity } = subscription
  return { status, planId, quantity, mayUpdate: allows(subscription, 'Update'), mayDelete: allows(subscription, 'Delete') }
}

const offeredPlan = ({ planId, displayName, isStopSell, minQuantity, maxQuantity }: MicrosoftPlan): OfferedPlan => ({
  planId,
  name: displayName,
  isStopSell,
  minSeats: minQuantity,
  maxSeats: maxQuantity,
})
