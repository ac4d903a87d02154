/** One look at a subscription: observe both sides, decide, store it all together. */
import { isFinished } from '../connect/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import type { RequestId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import type { Instant } from '../kit/time.ts'
import { becomeKnown } from './become-known.ts'
import { changeEvents, explanationEvents, targetMoved } from './changes.ts'
import type { Clients, ConvergeDeps, Holding } from './deps.ts'
import { observeNotices, type SeenNotice } from './notification/observe.ts'
import type { NoticeProgress } from './notification/types.ts'
import { type ConnectObservation, type MicrosoftObservation, observeConnect, observeMicrosoft, readActivationText } from './observe.ts'
import type { SubscriptionKey } from './record.ts'
import { type Attempt, countAnew, countTowardNewTarget, knownBySight } from './rules/attempts.ts'
import type { Next } from './rules/next.ts'
import { nextStep } from './rules/next-step.ts'
import { explanationOf } from './rules/notices.ts'
import { renewalSeen } from './rules/renewal.ts'
import type { SubscriptionView } from './rules/view.ts'
import { type SubscriptionSetup, setupFor } from './setup.ts'
import type { ConnectSnapshot, MicrosoftSnapshot } from './snapshots.ts'
import type { StoredSubscription } from './store/store.ts'
import { connectSnapshotOf, environmentOf, type Memory, microsoftSnapshotOf, toView } from './view.ts'

export interface Looked extends Clients {
  readonly next: Next
  readonly setup: SubscriptionSetup | undefined
  readonly attempts: readonly Attempt[]
  /** Connect's newest request. */
  readonly newestRequest: RequestId | undefined
  readonly sendWith: string
  readonly environment: 'production' | 'test'
  readonly beneficiary: MicrosoftSnapshot['beneficiary']
}

/** `undefined` when there is no such subscription. */
export async function look<Transaction>(
  deps: ConvergeDeps<Transaction>,
  key: SubscriptionKey,
  holding: Holding<Transaction>,
): Promise<Looked | undefined> {
  const known = (await deps.store.recall(key, deps.clock.now())) ?? (await becomeKnown(deps, key, holding.signal))
  if (!known) return undefined
  const { stored, told } = known
  const clients = await deps.clientsFor(key.tenantId)
  const notices = await observeNotices(clients.microsoft, key.subscriptionId, told.open, holding.signal)
  const seenMicrosoft = await observeMicrosoft(clients.microsoft, key.subscriptionId, deps.clock, holding.signal)
  const offerId = seenMicrosoft.kind === 'seen' ? seenMicrosoft.subscription.offerId : stored.offerId
  const setup = await setupFor(deps, key, { offerId, planId: planSeen(stored, seenMicrosoft) }, holding.signal)
  const seenConnect = await observeOurs(deps, stored, clients, setup, holding.signal)
  const now = deps.clock.now()
  const brakes = await deps.brakes.of(key, now)
  const microsoft = seenMicrosoft.kind === 'seen' ? microsoftSnapshotOf(stored, seenMicrosoft.subscription) : undefined
  const memory = {
    ...remembered(stored, microsoft, seenConnect, now),
    ...(await observeRenewal(deps, clients, stored, microsoft, seenConnect, setup, holding.signal)),
  }
  const seen = { microsoft: seenMicrosoft, connect: seenConnect, notices, refusedPlans: told.refusedPlans, brakes }
  const view = toView(stored, seen, setup, memory)
  const next = nextStep(view, now)
  const progress = notices.map((notice) => progressOf(notice, view, now))
  const connect = await snapshotOfConnect(deps, clients, stored, seenConnect, holding.signal)
  const environment = environmentSeen(stored, seenMicrosoft)
  await deps.store.recordLook(
    key,
    {
      productId: setup?.productId,
      environment,
      microsoft,
      microsoftObservedAt: seenMicrosoft.begunAt,
      connect,
      connectObservedAt: seenConnect.begunAt,
      ...memory,
      retryHonored: stored.retryAskedAt,
      notices: progress,
      next,
      events: [...changeEvents(stored, seen, microsoft, connect), ...explanationEvents(notices, progress)],
      at: now,
    },
    holding.guard,
  )
  return {
    ...clients,
    next,
    setup,
    attempts: memory.attempts,
    newestRequest: seenConnect.requests[0]?.id,
    sendWith: view.sendWith,
    environment,
    beneficiary: (microsoft ?? stored.microsoft).beneficiary,
  }
}

const progressOf = (notice: SeenNotice, view: SubscriptionView, now: Instant): NoticeProgress => ({
  id: notice.view.id,
  operation: notice.operation,
  explained: explanationOf(notice.view, view, now),
})

const planSeen = (stored: StoredSubscription, seen: MicrosoftObservation) =>
  seen.kind === 'seen' ? seen.subscription.planId : stored.planId

const environmentSeen = (stored: StoredSubscription, seen: MicrosoftObservation): 'production' | 'test' =>
  seen.kind === 'seen' ? environmentOf(seen.subscription) : stored.environment

/** What is not ours is not looked for at Connect. */
async function observeOurs<Transaction>(
  deps: ConvergeDeps<Transaction>,
  stored: StoredSubscription,
  clients: Clients,
  setup: SubscriptionSetup | undefined,
  signal: AbortSignal,
): Promise<ConnectObservation> {
  if (!setup) return { asset: undefined, requests: [], begunAt: deps.clock.now() }
  return observeConnect(clients.connect, setup.productId, { id: stored.subscriptionId, link: stored.assetLink }, deps, signal)
}

/**
 * A new status, plan or quantity at Microsoft is a new target: attempts count anew, and requests there already belong to the old one.
 * So do finished ones when an operator wants it tried again.
 */
function remembered(
  stored: StoredSubscription,
  microsoft: MicrosoftSnapshot | undefined,
  connect: ConnectObservation,
  now: Instant,
): Memory {
  const attempts = knownBySight(stored.attempts, connect.requests)
  if (microsoft && targetMoved(stored, microsoft))
    return { attempts: countTowardNewTarget(attempts, now), targetBaseline: connect.requests[0]?.id }
  if (!stored.retryAskedAt) return { attempts, targetBaseline: stored.targetBaseline }
  return { attempts: countAnew(attempts, now), targetBaseline: connect.requests.find(isFinished)?.id ?? stored.targetBaseline }
}

/** A new term, and whether it is billed in Connect: asked only where the policy wants it, and until it was seen there. */
async function observeRenewal<Transaction>(
  deps: ConvergeDeps<Transaction>,
  { connect }: Clients,
  stored: StoredSubscription,
  microsoft: MicrosoftSnapshot | undefined,
  { asset }: ConnectObservation,
  setup: SubscriptionSetup | undefined,
  signal: AbortSignal,
): Promise<Pick<Memory, 'renewal' | 'mayBill'>> {
  const renewal = microsoft ? renewalSeen(stored.renewal, stored.microsoft.term, microsoft.term) : stored.renewal
  if (!renewal || !asset || renewal.billedAs !== undefined || setup?.policy.onRenewal !== 'billingRequest')
    return { renewal, mayBill: false }
  const billed = await readBilling(() => connect.billingRequests.ofProvider(asset.id, signal), deps.log)
  const ours = billed?.find(({ from }) => from && dayOf(from) === dayOf(renewal.from))
  return { renewal: ours ? { ...renewal, billedAs: ours.id } : renewal, mayBill: billed !== undefined }
}

/** What may not be read is not added to. @throws ApiError when Connect does not answer now */
async function readBilling<T>(read: () => Promise<readonly T[]>, log: Log): Promise<readonly T[] | undefined> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ApiError) || error.retryable) throw error
    log.warn({ code: error.code, status: error.status }, 'billing requests cannot be read in Connect: the new term is not billed there')
    return undefined
  }
}

const dayOf = (at: Instant): string => at.toISOString().slice(0, 10)

/** The activation text is read when the asset becomes active or changes, not at each look. */
async function snapshotOfConnect<Transaction>(
  deps: ConvergeDeps<Transaction>,
  clients: Clients,
  stored: StoredSubscription,
  seen: ConnectObservation,
  signal: AbortSignal,
): Promise<ConnectSnapshot> {
  const fresh = connectSnapshotOf(seen, stored.connect.activationText)
  if (!seen.asset || fresh.asset?.status !== 'active') return fresh
  const unchanged = stored.connect.activationText !== undefined && sameMoment(fresh, stored.connect)
  if (unchanged) return fresh
  return { ...fresh, activationText: await readActivationText(clients.connect, seen.asset, deps.log, signal) }
}

const sameMoment = (a: ConnectSnapshot, b: ConnectSnapshot): boolean =>
  a.lastFinished?.id === b.lastFinished?.id && timeOf(a.lastFinished?.updatedAt) === timeOf(b.lastFinished?.updatedAt)

const timeOf = (at: Instant | undefined): number | undefined => at?.getTime()
