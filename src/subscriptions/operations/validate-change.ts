/** Has the vendor check a change as a draft. Broken, late or not offered: not possible, and never in the way. */
import type { ConnectClient, ConnectRequest } from '../../connect/index.ts'
import { ApiError } from '../../kit/errors/index.ts'
import type { Log } from '../../kit/log.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import type { Sold } from '../../tenants/index.ts'
import { changeItems, wantedItems } from '../rules/items.ts'
import type { PlanAndSeats } from '../rules/notice.ts'
import type { ValidationOutcome } from '../rules/operations/answer.ts'
import type { StoredSubscription, SubscriptionStore } from '../store/store.ts'
import type { StoredOperation } from './store.ts'

/** Of the ten seconds, so much at most from when the notice came: the answer itself needs its time. */
const BUDGET: Milliseconds = seconds(5)

export interface Validated {
  readonly outcome: ValidationOutcome
  /** The vendor's words. */
  readonly reasons: readonly string[]
}

export interface ChangeToValidate {
  readonly operation: StoredOperation
  readonly sold: Sold
  readonly target: PlanAndSeats
  readonly present: PlanAndSeats | undefined
  readonly age: Milliseconds
}

interface ValidationDeps {
  readonly store: Pick<SubscriptionStore<never>, 'load'>
  readonly connect: ConnectClient
  readonly log: Log
}

export async function validateChange(deps: ValidationDeps, change: ChangeToValidate, signal: AbortSignal): Promise<Validated> {
  const left = BUDGET - change.age
  if (left <= 0) return notPossible('the time is over')
  const limit = AbortSignal.timeout(left)
  try {
    return await validate(deps, change, AbortSignal.any([signal, limit]))
  } catch (error) {
    if (limit.aborted && !signal.aborted) return notPossible('the vendor took too long')
    if (!(error instanceof ApiError)) throw error
    const { tenantId, operationId } = change.operation
    deps.log.warn({ tenantId, operation: operationId, code: error.code, status: error.status }, 'validation of a change is broken')
    return notPossible(error.code)
  }
}

const notPossible = (because: string): Validated => ({ outcome: 'notPossible', reasons: [because] })

async function validate({ store, connect }: ValidationDeps, change: ChangeToValidate, signal: AbortSignal): Promise<Validated> {
  const { tenantId, subscriptionId } = change.operation
  const stored = await store.load({ tenantId, subscriptionId })
  const asset = stored?.connect.asset
  if (!stored || asset?.status !== 'active') return notPossible('there is no active asset')
  const { capabilities } = await connect.products.get(change.sold.product.id, signal)
  if (!capabilities.changeValidation) return notPossible('the product does not validate changes')
  const items = itemsOf(change, asset)
  if (!items) return notPossible('the plan is not mapped')
  const draft = { assetId: asset.id, items }
  const created = await connect.requests.createChangeDraft(draft, signal)
  if (created.outcome !== 'created') return notPossible(`the draft was not taken: ${created.outcome}`)
  return verdictOf(await connect.requests.validateChangeDraft(created.request.id, draft, signal))
}

function itemsOf(
  { sold: { plans }, target, present, operation }: ChangeToValidate,
  asset: NonNullable<StoredSubscription['connect']['asset']>,
) {
  const planId = operation.action === 'ChangePlan' ? target.planId : (present?.planId ?? target.planId)
  const plan = plans.find((one) => one.planId === planId)
  if (!plan) return undefined
  const seats = operation.action === 'ChangeQuantity' ? target.quantity : (present?.quantity ?? target.quantity)
  const mapped = [...new Set(plans.flatMap((one) => one.items.map(({ itemId }) => itemId)))]
  return changeItems(wantedItems({ items: plan.items, archived: false }, seats), asset.items, mapped)
}

function verdictOf(request: ConnectRequest): Validated {
  const reasons = request.asset.params.flatMap(({ id, title, valueError }) => (valueError ? [`${title ?? id}: ${valueError}`] : []))
  return { outcome: reasons.length === 0 ? 'passed' : 'failed', reasons }
}
