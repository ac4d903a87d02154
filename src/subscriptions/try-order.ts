/**
 * Would Connect take an order? A draft is made on the product's test connection and written anew for each plan: Connect judges it as it judges
 * an order, the vendor is told nothing, and Connect throws it away by itself.
 */
import { randomUUID } from 'node:crypto'
import { type ConnectClient, type ConnectRequest, type PurchaseOrder, type RefusalCode, verdictOf } from '../connect/index.ts'
import { ApiError, hasCode } from '../kit/errors/index.ts'
import { entraTenantId, type PlanId, type RequestId, subscriptionId } from '../kit/ids.ts'
import { purchaseOrder } from './act/purchase-order.ts'
import type { Order } from './order.ts'
import { wantedItems } from './rules/items.ts'
import type { SubscriptionSetup } from './setup.ts'

export type Try =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly code: RefusalCode; readonly messages: readonly string[] }
  /** Values of ours, not the buyer's, that the vendor's validation refuses: of parameters answered once for the reseller. */
  | { readonly outcome: 'invalid'; readonly errors: readonly string[] }
  /** The order is taken; whether the vendor finds it valid could not be told, and then orders go unvalidated. */
  | { readonly outcome: 'unvalidated'; readonly code: string }

export interface TriedPlan {
  readonly planId: PlanId
  readonly tried: Try
}

/**
 * @param plans of the set-up, tried in this order with one draft
 * @throws ApiError of the `ERR_CONNECT_` family when the first draft cannot be made for another reason than what is in it
 */
export async function tryOrders(
  { requests }: Pick<ConnectClient, 'requests'>,
  setup: SubscriptionSetup,
  plans: readonly PlanId[],
): Promise<readonly TriedPlan[]> {
  const uid = randomUUID()
  const tried: TriedPlan[] = []
  let draft: RequestId | undefined
  for (const planId of plans) {
    const order = orderOf(setup, planId, uid)
    if (!order) continue
    const { request, refused } = draft === undefined ? await make(requests, order) : await rewrite(requests, draft, order)
    draft = request?.id ?? draft
    tried.push({
      planId,
      tried: refused ?? (request && setup.validatesDrafts ? await validate(requests, request, order, setup) : ACCEPTED),
    })
  }
  return tried
}

const ACCEPTED: Try = { outcome: 'accepted' }

type Requests = ConnectClient['requests']
interface Made {
  readonly request?: ConnectRequest
  readonly refused?: Try
}

async function make(requests: Requests, order: PurchaseOrder): Promise<Made> {
  const created = await requests.createDraft(order)
  switch (created.outcome) {
    case 'created':
      return { request: created.request }
    case 'refused':
      return { refused: { outcome: 'refused', code: created.code, messages: created.messages } }
    case 'conflict':
      return { refused: { outcome: 'refused', code: 'invalid', messages: created.conflict.messages } }
    case 'nothingToChange':
      return {}
  }
}

async function rewrite(requests: Requests, draft: RequestId, order: PurchaseOrder): Promise<Made> {
  try {
    return { request: await requests.updateDraft(draft, order) }
  } catch (error) {
    if (!hasCode(error, 'ERR_CONNECT_INVALID')) throw error
    const messages = messagesOf(error)
    const verdict = verdictOf(messages)
    return { refused: { outcome: 'refused', code: verdict.kind === 'refused' ? verdict.code : 'invalid', messages } }
  }
}

const messagesOf = (error: unknown): readonly string[] => {
  const told = error instanceof ApiError ? error.facts['messages'] : undefined
  return Array.isArray(told) ? told.filter((one) => typeof one === 'string') : []
}

/** What the buyer would be asked for is left out of the draft: only what we say ourselves is judged. */
async function validate(requests: Requests, { id }: ConnectRequest, order: PurchaseOrder, setup: SubscriptionSetup): Promise<Try> {
  try {
    const ours = new Set(setup.tier1Params.map((parameter) => parameter.id))
    const { asset } = await requests.validateDraft(id, order)
    const errors = asset.params.flatMap(({ id: name, valueError }) => (valueError && ours.has(name) ? [`${name}: ${valueError}`] : []))
    return errors.length === 0 ? ACCEPTED : { outcome: 'invalid', errors }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { outcome: 'unvalidated', code: error.code }
  }
}

/** One and the same invented customer each time, so that no more than one is ever made. */
const NOBODY = entraTenantId.parse('0b51d6e0-7e57-4c0d-8a11-000000000000')
const invented: Order = {
  customer: {
    companyName: 'Marketplace Bridge preflight',
    addressLine1: '1 Test Street',
    city: 'Seattle',
    state: 'WA',
    postalCode: '98101',
    country: 'US',
    contact: {
      firstName: 'Preflight',
      lastName: 'Check',
      email: 'preflight@marketplace-bridge.example',
      phone: { countryCode: '+1', areaCode: '206', phoneNumber: '5550100', extension: '' },
    },
  },
  params: [],
}

function orderOf(setup: SubscriptionSetup, planId: PlanId, uid: string): PurchaseOrder | undefined {
  const plan = setup.plans.get(planId)
  const connectionId = setup.connections.test
  if (!plan || !connectionId) return undefined
  const facts = { subscriptionId: subscriptionId.parse(uid), beneficiary: { entraTenantId: NOBODY }, order: invented }
  const order = purchaseOrder({ ...facts, items: wantedItems(plan, 1), connectionId, setup })
  return { ...order, externalId: `preflight-${uid}` }
}
