/**
 * An offer on its way: look at both sides, take the next step, look again, until it waits or is where it was wanted. Decided from what
 * Microsoft shows, so it may be stopped anywhere and begun again.
 */
import { inTransaction } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import { AppError, type ErrorCode, hasCode } from '../../kit/errors/index.ts'
import { offerId } from '../../kit/ids.ts'
import { hours, type Instant, type Milliseconds, plus } from '../../kit/time.ts'
import type { MicrosoftIngestion } from '../../microsoft/index.ts'
import { fixContents } from '../../tenants/index.ts'
import { addHistory } from '../history/store.ts'
import { wakeRequestsOf } from '../listing-requests/wake-of-offer.ts'
import type { PublishingNext } from '../rules/publishing/next-step.ts'
import type { OfferTree } from '../rules/resources/tree.ts'
import { act, LONGEST_REQUEST } from './act.ts'
import { noteOf, noteOfRefusal, settleOffer } from './attention.ts'
import { decide, isLockedTooLong, lockedSinceOf, standingOf } from './decide.ts'
import type { PublishDeps } from './deps.ts'
import { happened } from './happened.ts'
import { type Observed, observe } from './observe.ts'
import type { Publication, PublicationKey, Standing } from './record.ts'
import { readPublication, saveSeen } from './store.ts'
import { OFFER_WORK } from './work-kind.ts'

const BRIDGE = 'bridge'
/** Colleagues edit and publish in Partner Center, too. */
const WHEN_SETTLED: Milliseconds = hours(6)
/** Somebody may see to it at Microsoft. */
const WHEN_BLOCKED: Milliseconds = hours(1)
/** More than any way to the store has without a wait: it is looked at again later. */
const MOST_STEPS = 8

export const offerLook = (deps: PublishDeps): Look =>
  defineLook({
    kind: OFFER_WORK,
    priority: priorities.routine,
    longestCall: LONGEST_REQUEST,
    look: ({ tenantId, key }, lease) => converge(deps, { tenantId, offerId: offerId.parse(key) }, lease),
  })

async function converge(deps: PublishDeps, key: PublicationKey, lease: Lease): Promise<LookResult> {
  const revision = (await readPublication(deps.db, key))?.revision
  try {
    const api = await deps.ingestionFor(key.tenantId)
    for (let step = 0; step < MOST_STEPS; step++) {
      const result = await stepOf(deps, api, key, lease)
      if (result) return result
    }
    return { lookAgainAt: plus(deps.clock.now(), deps.pace.job) }
  } catch (error) {
    if (!(error instanceof AppError && hasCode(error, ...REFUSALS))) throw error
    return refused(deps, key, { error, revision }, lease)
  }
}

/** @returns when to look again; undefined when a step was taken */
async function stepOf(deps: PublishDeps, api: MicrosoftIngestion, key: PublicationKey, lease: Lease): Promise<LookResult | undefined> {
  const publication = await readPublication(deps.db, key)
  const observed = publication && (await observe(deps, api, publication, deps.clock.now(), lease.signal))
  if (!publication || !observed) return {}
  const now = deps.clock.now()
  const next = decide(publication, observed, now, deps.pace)
  await keep(deps, publication, observed, next, lease, now)
  deps.crashPoint('offer.observed')
  if (next.kind !== 'step') return { lookAgainAt: nextLook(next, now) }
  await act(deps, api, publication, observed, next.step, lease)
  return undefined
}

const keep = (deps: PublishDeps, publication: Publication, observed: Observed, next: PublishingNext, lease: Lease, now: Instant) =>
  inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    const { request, preview, live, trees } = observed
    const lockedSince = lockedSinceOf(publication, observed, now)
    const standing = standingOf(publication, observed, next, now)
    await saveSeen(tx, publication, { productGuid: trees.productGuid, request, preview, live, lockedSince, standing })
    await addHistory(tx, publication, { by: BRIDGE, at: now }, ...happened(publication.standing, standing))
    for (const [as, tree] of [['made', trees.draft] as const, ['published', trees.live] as const])
      if (tree) await fixContents(tx, publication.tenantId, { offerId: publication.offerId, planIds: plansIn(observed, tree), as }, now)
    if (isNews(publication.standing, standing)) await wakeRequestsOf(tx, publication, now)
    await settleOffer(tx, publication, noteOf(next, standing.sentences, isLockedTooLong(lockedSince, now)), now)
  })

const isNews = (before: Standing | undefined, { next, content }: Standing): boolean =>
  before?.next.kind !== next.kind || before.next.why !== next.why || before.content !== content

const plansIn = ({ wanted }: Observed, tree: OfferTree) =>
  wanted.wanted.plans.flatMap(({ planId }) => (tree.find('plan', planId) ? [planId] : []))

function nextLook(next: Exclude<PublishingNext, { kind: 'step' }>, now: Instant): Instant {
  switch (next.kind) {
    case 'wait':
      return next.until
    case 'confirm':
    case 'attention':
      return plus(now, WHEN_BLOCKED)
    case 'settled':
      return plus(now, WHEN_SETTLED)
  }
}

/** The publisher's app is missing or refused: it goes on when that is corrected, which wakes it. */
const REFUSALS: readonly ErrorCode[] = [
  'ERR_CREDENTIAL_MISSING',
  'ERR_SECRET_UNREADABLE',
  'ERR_PARTNER_CENTER_FORBIDDEN',
  'ERR_MS_CREDENTIAL_EXPIRED',
  'ERR_MS_CREDENTIAL_WRONG',
  'ERR_MS_CREDENTIAL_UNREADABLE',
  'ERR_MS_APP_UNKNOWN',
  'ERR_MS_DIRECTORY_UNKNOWN',
  'ERR_MS_LOGIN_REFUSED',
  'ERR_MS_FORBIDDEN',
]

interface Refused {
  readonly error: AppError
  /** The publication's when the look began. */
  readonly revision: number | undefined
}

async function refused({ db, clock }: PublishDeps, key: PublicationKey, { error, revision }: Refused, lease: Lease): Promise<LookResult> {
  const now = clock.now()
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    const publication = await readPublication(tx, key)
    if (!publication) return
    const before = publication.standing
    const next = { kind: 'refused' as const, why: error.code, since: before?.next.why === error.code ? before.next.since : now }
    const standing = { steps: before?.steps ?? [], next, sentences: [error.message], toWrite: before?.toWrite, revision, seenAt: now }
    await saveSeen(tx, key, { standing })
    await addHistory(tx, key, { by: BRIDGE, at: now }, ...happened(before, standing))
    await settleOffer(tx, key, noteOfRefusal(error), now)
  })
  return { lookAgainAt: plus(now, WHEN_BLOCKED) }
}
