/** Looks at everything a listing request depends on: the product's version, our offers of it, how far they are at Microsoft. */
import type { ConnectClient, ListingRequest } from '../../connect/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { getProduct } from '../../tenants/index.ts'
import { defaultPolicies } from '../../tenants/model/policies.ts'
import { keptOffers } from '../kept-offers.ts'
import { proposeOffers } from '../propose.ts'
import { heldOf, least, type Sent, sendingOf, stageOfContent } from '../rules/listing/sending.ts'
import type { ListingView } from '../rules/listing/view.ts'
import type { OfferProposal } from '../rules/offer.ts'
import { type Problem, sentenceOf, severityOf } from '../rules/problems.ts'
import { resync } from '../rules/resync.ts'
import { isToApply, sentenceOfResynced } from '../rules/resync-words.ts'
import type { ListingDeps } from './deps.ts'
import { type KeptOnItsWay, onTheirWay, type ToSend } from './sending.ts'
import { type Stages, stagesOf } from './stages.ts'
import type { StoredListingRequest } from './stored.ts'

export interface Observed {
  readonly view: ListingView
  readonly stages: Stages
  readonly problems: readonly string[]
  readonly changes: readonly string[]
  /** Offers the request takes further. */
  readonly sends: readonly ToSend[]
  /** What the offers wait for, or what holds them up. */
  readonly offerSays: readonly string[]
}

type Seen = Pick<ListingRequest, 'type' | 'state'> | undefined

/** @throws ApiError as the calls of both sides do */
export async function observe(
  deps: ListingDeps,
  connect: ConnectClient,
  stored: StoredListingRequest,
  seen: Seen,
  signal?: AbortSignal,
): Promise<Observed> {
  const { tenantId, productId } = stored
  const product = await getProduct(deps.db, tenantId, productId)
  const isSold = product?.status === 'active'
  const isOpen = seen?.state === 'reviewing' || seen?.state === 'deploying'
  const offers = isSold ? (await keptOffers(deps.db, tenantId, productId)).offers : []
  const model = isSold && isOpen && seen.type !== 'remove' ? await modelOf(deps, connect, stored, offers) : NOTHING_NEW
  const shown = isSold && isOpen ? await stagesOf(deps, tenantId, offers, signal) : NOWHERE
  const type = seen?.type ?? stored.type
  const policy = product?.policies.listing ?? defaultPolicies.listing
  const ways = isSold && isOpen && shown.stage !== 'untold' ? await waysOf(deps, tenantId, offers, type, policy) : []
  const stages = { ...shown, ...staged(shown.offers, ways) }
  const sends = ways.filter(({ isSent }) => !isSent)
  return {
    ...{ stages, sends, problems: model.problems, changes: model.changes },
    offerSays: ways.flatMap(({ reasons }) => reasons),
    view: {
      ...{ type, policy, state: seen?.state ?? 'gone', isSold },
      said: { accept: stored.accepted !== undefined, complete: stored.completed !== undefined, refuse: stored.refused !== undefined },
      problems: model.problems.length,
      changes: model.toApply,
      stage: stages.stage,
      isOffered: stages.isOffered,
      driven: ways.length > 0,
      toSend: sends.length,
      held: ways.length > 0 ? heldOf(ways) : undefined,
    },
  }
}

type Way = KeptOnItsWay & Sent

async function waysOf(
  { db }: ListingDeps,
  tenantId: TenantId,
  offers: readonly OfferProposal[],
  type: ListingView['type'],
  policy: ListingView['policy'],
): Promise<readonly Way[]> {
  const kept = await onTheirWay(db, tenantId, offers)
  return kept.flatMap((one) => {
    const sent = sendingOf(type, policy, one)
    return sent ? [{ ...one, ...sent }] : []
  })
}

/** An offer that was live before is so again once what is kept of it now is. */
function staged(shown: Stages['offers'], ways: readonly Way[]): Pick<Stages, 'stage' | 'offers'> {
  const offers = shown.map(({ id, stage }) => {
    const way = ways.find(({ key, to }) => key.offerId === id && to !== 'ended')
    return { id, stage: way ? least([stage, stageOfContent(way)]) : stage }
  })
  return { offers, stage: offers.length === 0 ? 'none' : least(offers.map(({ stage }) => stage)) }
}

interface Model extends Pick<Observed, 'problems' | 'changes'> {
  /** Of the changes those that the offers can be given. */
  readonly toApply: number
}
const NOTHING_NEW: Model = { problems: [], changes: [], toApply: 0 }
const NOWHERE: Stages = { stage: 'none', isOffered: false, offers: [] }

/** What this version of the product asks of the offers that are kept. */
async function modelOf(
  { db }: ListingDeps,
  connect: ConnectClient,
  { tenantId, productId }: StoredListingRequest,
  kept: readonly OfferProposal[],
): Promise<Model> {
  if (kept.length === 0) return { problems: ['No offer of this product is kept yet: nothing could be sold.'], changes: [], toApply: 0 }
  const { facts, offers, problems } = await proposeOffers({ db, connectFor: async () => connect }, tenantId, productId, { picture: false })
  const changes = resync(kept, facts, offers)
  const ours = new Set(kept.flatMap(({ id, plans }) => [`offer ${id}`, ...plans.map((plan) => `plan ${id} / ${plan.id}`)]))
  return {
    problems: problems.filter((one) => severityOf(one) === 'blocks' && isAbout(one, ours)).map(inWords),
    changes: changes.map(sentenceOfResynced),
    toApply: changes.filter(isToApply).length,
  }
}

/** What a proposal would add has problems of its own, which are its own: they are told when it is kept. */
const isAbout = ({ subject }: Problem, ours: ReadonlySet<string>): boolean => ours.has(subject)

const inWords = (one: Problem): string => `${one.subject}${one.field === undefined ? '' : `, ${one.field}`}: ${sentenceOf(one)}`
