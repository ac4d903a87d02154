/** Has the vendor check an order as a draft before it is placed. Never stands in the way when validation itself is broken. */
import { randomUUID } from 'node:crypto'
import type { ConnectRequest, PurchaseOrder } from '../connect/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import { purchaseOrder } from './act/purchase-order.ts'
import type { ConvergeDeps } from './deps.ts'
import type { Order } from './order.ts'
import type { SubscriptionKey } from './record.ts'
import { wantedItems } from './rules/items.ts'

export type Validation =
  | { readonly outcome: 'valid' }
  /** The product does not validate, nothing could be validated yet, or validation is broken. */
  | { readonly outcome: 'skipped'; readonly because: string }
  | { readonly outcome: 'invalid'; readonly errors: readonly { readonly parameterId: string; readonly message: string }[] }

type ValidationDeps<Transaction> = Pick<ConvergeDeps<Transaction>, 'store' | 'clientsFor' | 'findSetup' | 'log'>

export async function validateDraft<Transaction>(
  deps: ValidationDeps<Transaction>,
  key: SubscriptionKey,
  order: Order,
): Promise<Validation> {
  try {
    const draft = await draftOf(deps, key, order)
    if (typeof draft === 'string') return { outcome: 'skipped', because: draft }
    return await validate(deps, key, draft)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    deps.log.warn(
      { tenant: key.tenantId, subscription: key.subscriptionId, code: error.code, status: error.status },
      'validation is broken',
    )
    return { outcome: 'skipped', because: error.code }
  }
}

async function draftOf<Transaction>(
  { store, findSetup }: ValidationDeps<Transaction>,
  key: SubscriptionKey,
  order: Order,
): Promise<PurchaseOrder | string> {
  const stored = await store.load(key)
  if (!stored) return 'there is no such subscription'
  const setup = await findSetup(key.tenantId, stored.offerId)
  if (!setup?.validatesDrafts) return 'the product does not validate'
  const plan = setup.plans.get(stored.planId)
  const connectionId = setup.connections[stored.environment]
  if (!plan || !connectionId) return 'the product is not ready'
  const facts = { beneficiary: stored.microsoft.beneficiary, order, items: wantedItems(plan, stored.quantity), connectionId, setup }
  // A draft of its own id: it can neither be mistaken for the order nor stand in its way.
  const externalUid = randomUUID()
  return { ...purchaseOrder({ ...facts, subscriptionId: key.subscriptionId }), externalUid, externalId: `draft-${externalUid}` }
}

async function validate<Transaction>(
  { clientsFor }: ValidationDeps<Transaction>,
  key: SubscriptionKey,
  draft: PurchaseOrder,
): Promise<Validation> {
  const { requests } = (await clientsFor(key.tenantId)).connect
  const created = await requests.createDraft(draft)
  if (created.outcome !== 'created') return { outcome: 'skipped', because: `the draft was not taken: ${created.outcome}` }
  const errors = errorsOf(await requests.validateDraft(created.request.id, draft))
  return errors.length === 0 ? { outcome: 'valid' } : { outcome: 'invalid', errors }
}

const errorsOf = (request: ConnectRequest) =>
  request.asset.params.flatMap(({ id, valueError }) => (valueError ? [{ parameterId: id, message: valueError }] : []))
