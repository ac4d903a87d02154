/** Carrying out a step: one changing call, or none. */
import type { ConnectClient, CreationOutcome } from '../../connect/index.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import type { MicrosoftFulfilment } from '../../microsoft/index.ts'
import type { Order } from '../order.ts'
import type { SubscriptionKey } from '../record.ts'
import type { Step } from '../rules/steps.ts'
import type { SubscriptionSetup } from '../setup.ts'
import { ofConflict, type Placed } from './conflict.ts'
import { type ActOutcome, accepted, ofCreation, ofFailure } from './outcome.ts'
import { type Beneficiary, purchaseOrder } from './purchase-order.ts'
import { traced } from './trace.ts'

export interface ActContext {
  readonly key: SubscriptionKey
  readonly microsoft: MicrosoftFulfilment
  readonly connect: ConnectClient
  readonly setup: SubscriptionSetup
  readonly environment: 'production' | 'test'
  readonly beneficiary: Beneficiary
  readonly loadOrder: () => Promise<Order | undefined>
  readonly signal: AbortSignal
}

/** The longest a step may take outside, retries included: what it did by then is seen by looking. The lease has to outlast it. */
export const LONGEST_STEP: Milliseconds = seconds(12)

/** @throws what is no answer of the other side: an abort, a lost lease, a fault of ours. */
export async function act(step: Step, context: ActContext): Promise<ActOutcome> {
  const limit = AbortSignal.timeout(LONGEST_STEP)
  const { microsoft, correlationId, facts } = traced(context.microsoft)
  try {
    return withIds(await carryOut(step, { ...context, microsoft, signal: AbortSignal.any([context.signal, limit]) }), facts())
  } catch (error) {
    if (limit.aborted && !context.signal.aborted) return outOfTime(isAtMicrosoft(step) ? { correlationId } : {})
    return withIds(ofFailure(error), facts())
  }
}

const outOfTime = (ids: ActOutcome['facts']): ActOutcome => ({
  outcome: 'unknown',
  messages: [],
  facts: { ...ids, after: `${LONGEST_STEP} ms` },
})

const isAtMicrosoft = ({ kind }: Step): boolean => kind === 'activate' || kind === 'cancelAtMicrosoft'

/** Both sides' ids of the call, for a support case. */
const withIds = (outcome: ActOutcome, ids: ActOutcome['facts']): ActOutcome => ({ ...outcome, facts: { ...ids, ...outcome.facts } })

async function carryOut(step: Step, context: ActContext): Promise<ActOutcome> {
  const { microsoft, key, signal } = context
  const { requests } = context.connect
  switch (step.kind) {
    case 'purchase':
      return purchase(step, context)
    case 'change':
      return placed('change', await requests.createChange({ assetId: step.assetId, items: step.items }, signal), context)
    case 'suspend':
      return placed('suspend', await requests.createSuspend({ assetId: step.assetId }, signal), context)
    case 'resume':
      return placed('resume', await requests.createResume({ assetId: step.assetId }, signal), context)
    case 'cancel':
      return placed('cancel', await requests.createCancel({ assetId: step.assetId }, signal), context)
    case 'revoke':
      return accepted({ request: (await requests.revoke(step.requestId, 'The subscription has ended at Microsoft.', signal)).id })
    case 'billRenewal':
      return accepted({ billing: (await context.connect.billingRequests.createOfProvider(step, signal)).id })
    case 'activate':
      await microsoft.activate(key.subscriptionId, { planId: step.planId, quantity: step.quantity }, signal)
      return accepted()
    case 'cancelAtMicrosoft': {
      const { operationId } = await microsoft.cancel(key.subscriptionId, signal)
      return accepted(operationId === undefined ? {} : { operation: operationId })
    }
  }
}

async function purchase(step: Step & { kind: 'purchase' }, context: ActContext): Promise<ActOutcome> {
  const order = await context.loadOrder()
  const connectionId = context.setup.connections[context.environment]
  if (!order || !connectionId) throw new TypeError('a purchase needs a confirmed order and a connection: the rules have let it through')
  const body = purchaseOrder({
    subscriptionId: context.key.subscriptionId,
    beneficiary: context.beneficiary,
    order,
    items: step.items,
    connectionId,
    setup: context.setup,
  })
  return placed('purchase', await context.connect.requests.createPurchase(body, context.signal), context)
}

const placed = async (type: Placed, created: CreationOutcome, { key, connect, signal }: ActContext): Promise<ActOutcome> =>
  created.outcome === 'conflict' ? ofConflict(type, key.subscriptionId, created.conflict, connect, signal) : ofCreation(created)
