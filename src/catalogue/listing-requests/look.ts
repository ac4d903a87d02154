/**
 * One listing request: looked at in Connect before each step, as far as it gets. Each call is told as intended before it and stored after it;
 * a process that dies anywhere looks again, and finds what it did.
 */
import { CONNECT_CALL_TIMEOUT, type ConnectClient, type ListingRequest } from '../../connect/index.ts'
import { inTransaction } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import { ApiError, hasCode } from '../../kit/errors/index.ts'
import { listingRequestId } from '../../kit/ids.ts'
import { type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { type ListingNext, type ListingStep, nextListing } from '../rules/listing/next-step.ts'
import { settleListingAttention } from './attention.ts'
import type { ListingDeps } from './deps.ts'
import type { Findings } from './findings.ts'
import { type Observed, observe } from './observe.ts'
import { sendOffers, type ToSend } from './sending.ts'
import {
  forgetTrouble,
  keepSeen,
  type ListingKey,
  loadListingRequest,
  type StoredListingRequest,
  saveListingRequest,
  saveTrouble,
} from './stored.ts'
import { LISTING_WORK } from './work-kinds.ts'

/** What waits, for Microsoft or for a person who corrects something, is looked at this often although nobody woke it. */
const WAIT: Milliseconds = minutes(15)
/** Connect took a step, and does not show it yet. */
const SHOWS_WITHIN: Milliseconds = minutes(1)
const AFTER_TROUBLE: Milliseconds = minutes(5)

type Told = Exclude<ListingStep, 'publish'>

export const listingRequestLook = (deps: ListingDeps): Look =>
  defineLook({
    kind: LISTING_WORK,
    priority: priorities.routine,
    longestCall: CONNECT_CALL_TIMEOUT,
    look: ({ tenantId, key }, lease) => lookAtRequest(deps, { tenantId, id: listingRequestId.parse(key) }, lease),
  })

async function lookAtRequest(deps: ListingDeps, key: ListingKey, lease: Lease): Promise<LookResult> {
  const connect = await deps.connectFor(key.tenantId)
  try {
    const done = new Set<ListingStep>()
    for (;;) {
      const again = await oneStep(deps, connect, key, lease, done)
      if (again !== 'goOn') return again
    }
  } catch (error) {
    lease.signal.throwIfAborted()
    if (!(error instanceof ApiError)) throw error
    return troubled(deps, key, error, lease)
  }
}

/** @returns `goOn` when there may be more to do at once */
async function oneStep(
  deps: ListingDeps,
  connect: ConnectClient,
  key: ListingKey,
  lease: Lease,
  done: Set<ListingStep>,
): Promise<LookResult | 'goOn'> {
  const seen = await seenAtConnect(connect, key, lease)
  await keep(deps, key, seen, lease)
  const stored = await loadListingRequest(deps.db, key)
  if (!stored) return {}
  const observed = await observe(deps, connect, stored, seen, lease.signal)
  const next = nextListing(observed.view)
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await saveListingRequest(tx, key, { findings: findingsOf(next, observed), intent: toldOf(next) ?? null }, deps.clock.now())
    if (next.kind !== 'step') await forgetTrouble(tx, key)
    await settleListingAttention(tx, key, deps.clock.now())
  })
  deps.crashPoint(`listing.found.${next.kind}`)
  if (next.kind === 'over') return {}
  if (next.kind !== 'step') return { lookAgainAt: plus(deps.clock.now(), WAIT) }
  if (done.has(next.step)) return { lookAgainAt: plus(deps.clock.now(), SHOWS_WITHIN) }
  done.add(next.step)
  if (next.step === 'publish') await publish(deps, stored, observed.sends, lease)
  else await carryOut(deps, connect, key, next.step, lease)
  return 'goOn'
}

const findingsOf = (next: ListingNext, { stages, problems, changes, sends, offerSays }: Observed): Findings => ({
  ...{ next, stage: stages.stage, offers: [...stages.offers], problems: [...problems], changes: [...changes], offerSays: [...offerSays] },
  sends: sends.map(({ key, to, confirmsLive }) => ({ id: key.offerId, to, asks: to === 'live' && !confirmsLive })),
})

/** What is going to be told to Connect. */
const toldOf = (next: ListingNext): Told | undefined => (next.kind === 'step' && next.step !== 'publish' ? next.step : undefined)

/** Only asked for here: each offer finds its own way. */
async function publish(deps: ListingDeps, stored: StoredListingRequest, sends: readonly ToSend[], lease: Lease): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await sendOffers(tx, stored, sends, deps.clock.now())
  })
  deps.crashPoint('listing.publish.stored')
}

const seenAtConnect = (connect: ConnectClient, { id }: ListingKey, lease: Lease): Promise<ListingRequest | undefined> =>
  connect.listingRequests.get(id, lease.signal).catch((error: unknown) => {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return undefined
    throw error
  })

async function keep({ db, clock }: ListingDeps, key: ListingKey, seen: ListingRequest | undefined, lease: Lease): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    const stored = await loadListingRequest(tx, key)
    if (seen && stored) await keepSeen(tx, key.tenantId, seen, seen.productId ?? stored.productId, clock.now())
    else if (stored && stored.state !== 'gone') await saveListingRequest(tx, key, { state: 'gone' }, clock.now())
  })
}

/** Said once: whatever the answer was, the next step begins by looking. */
async function carryOut(deps: ListingDeps, connect: ConnectClient, key: ListingKey, step: Told, lease: Lease): Promise<void> {
  await lease.assertTimeFor(CONNECT_CALL_TIMEOUT)
  await connect.listingRequests[step](key.id, lease.signal)
  deps.crashPoint(`listing.${step}.told`)
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await saveListingRequest(tx, key, { intent: null }, deps.clock.now())
    await forgetTrouble(tx, key)
  })
  deps.crashPoint(`listing.${step}.stored`)
}

async function troubled({ db, clock, log }: ListingDeps, key: ListingKey, error: ApiError, lease: Lease): Promise<LookResult> {
  log.info({ ...key, code: error.code }, 'a listing request could not be moved on')
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await saveTrouble(tx, key, `${error.code}: ${error.message}`)
    await settleListingAttention(tx, key, clock.now())
  })
  return { lookAgainAt: plus(clock.now(), AFTER_TROUBLE) }
}
