/** Registers Connect's webhook for each product: looked up first, made once, made again when it was removed. Without it Connect is only read. */
import { randomBytes } from 'node:crypto'
import { inTransaction, type Tx } from '../../database/index.ts'
import type { Keyring } from '../../database/secrets.ts'
import { ApiError } from '../../kit/errors/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import { isLoopback } from '../../kit/loopback.ts'
import { hours, type Instant, type Milliseconds, plus, seconds } from '../../kit/time.ts'
import { getTenant, listProducts } from '../../tenants/index.ts'
import type { Clients, Holding } from '../deps.ts'
import { planWebhook, type WebhookPlan } from '../rules/connect-watch/webhook.ts'
import type { WatchDeps } from './watch.ts'
import { listWebhooks, recordWebhook, type StoredWebhook, secretOf, type WebhookState } from './webhook-store.ts'

export interface RegisterDeps extends WatchDeps {
  readonly keyring: Keyring
  /** Our own origin from outside, without a slash at the end. */
  readonly publicUrl: string
  /** Connect's address, for tenants without their own. */
  readonly connectUrl: string
}

const CHECK_EVERY: Milliseconds = hours(1)
/** The longest a registration may take: what it did by then is seen by looking. */
export const LONGEST_REGISTRATION: Milliseconds = seconds(12)

type Outcome = Pick<StoredWebhook, 'webhookId' | 'state' | 'told'>

/** @returns when to look again. @throws ApiError when Connect does not answer. */
export async function registerWebhooks(deps: RegisterDeps, tenantId: TenantId, holding: Holding<Tx>): Promise<Instant> {
  const tenant = await getTenant(deps.db, tenantId)
  const url = `${deps.publicUrl}/connect/${tenantId}/events`
  const isReachable = !isLocal(url) || isLocal(tenant?.connectApiUrl ?? deps.connectUrl)
  const known = await listWebhooks(deps.db, tenantId)
  for (const { id, status } of await listProducts(deps.db, tenantId)) {
    if (status !== 'active') continue
    const before = known.find(({ productId }) => productId === id)
    const outcome = await settle(deps, { tenantId, productId: id, url, isReachable, known: before }, holding)
    const after = { ...outcome, productId: id, checkedAt: deps.clock.now() }
    await inTransaction(deps.db, async (tx) => {
      await holding.guard(tx)
      await recordWebhook(tx, tenantId, after)
    })
  }
  return plus(deps.clock.now(), CHECK_EVERY)
}

interface Task {
  readonly tenantId: TenantId
  readonly productId: ProductId
  readonly url: string
  readonly isReachable: boolean
  readonly known: StoredWebhook | undefined
}

async function settle(deps: RegisterDeps, task: Task, holding: Holding<Tx>): Promise<Outcome> {
  if (!task.isReachable) return { webhookId: undefined, state: 'notReachable', told: undefined }
  const { connect } = await deps.clientsFor(task.tenantId)
  try {
    const found = await connect.webhooks.list(task.productId, holding.signal)
    const plan = planWebhook({ ...task, found: found.filter(({ objectClass }) => objectClass === 'fulfillment_request') })
    return await carryOut(deps, connect, task, plan, holding)
  } catch (error) {
    const state = error instanceof ApiError ? stateOf(error) : undefined
    if (!state || !(error instanceof ApiError)) throw error
    return { webhookId: undefined, state, told: error.message }
  }
}

/** What stays as it is until somebody changes it; everything else is tried again soon. */
function stateOf({ code }: ApiError): WebhookState | undefined {
  if (code === 'ERR_CONNECT_FORBIDDEN' || code === 'ERR_CONNECT_NOT_FOUND') return 'notAllowed'
  return code === 'ERR_CONNECT_INVALID' || code === 'ERR_CONNECT_CONFLICT' ? 'refused' : undefined
}

async function carryOut(
  deps: RegisterDeps,
  { webhooks }: Clients['connect'],
  task: Task,
  plan: WebhookPlan,
  holding: Holding<Tx>,
): Promise<Outcome> {
  switch (plan.do) {
    case 'none':
      return { webhookId: undefined, state: 'notReachable', told: undefined }
    case 'keep':
      return { webhookId: plan.id, state: 'registered', told: undefined }
    case 'leaveOff':
      return { webhookId: plan.id, state: 'switchedOff', told: undefined }
    case 'create':
    case 'update': {
      const webhook = await prepare(deps, task, holding)
      await holding.assertTimeFor(LONGEST_REGISTRATION)
      const signal = AbortSignal.any([holding.signal, AbortSignal.timeout(LONGEST_REGISTRATION)])
      const made = plan.do === 'create' ? await webhooks.create(webhook, signal) : await webhooks.update(plan.id, webhook, signal)
      deps.crashPoint('connectWebhook.called')
      return { webhookId: made.id, state: 'registered', told: undefined }
    }
  }
}

/** The secret is stored before Connect learns it: a call signed with it is never a stranger's. */
async function prepare(deps: RegisterDeps, { tenantId, productId, url }: Task, holding: Holding<Tx>) {
  const fresh = () => randomBytes(32).toString('base64url')
  const secret = await inTransaction(deps.db, async (tx) => {
    await holding.guard(tx)
    return secretOf(tx, deps.keyring, tenantId, productId, fresh, deps.clock.now())
  })
  return {
    ...{ productId, url, secret, objectClass: 'fulfillment_request' as const },
    label: 'Marketplace Bridge',
    description: 'Wakes the bridge when a request has changed. Registered by the bridge itself.',
  }
}

const isLocal = (url: string): boolean => isLoopback(new URL(url).hostname)
