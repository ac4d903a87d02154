/** Looks at everything a listing request depends on: the product's version, our offers of it, how far they are at Microsoft. */
import type { ConnectClient, ListingRequest } from '../../connect/index.ts'
import { getProduct } from '../../tenants/index.ts'
import { defaultPolicies } from '../../tenants/model/policies.ts'
import { keptOffers } from '../kept-offers.ts'
import { proposeOffers } from '../propose.ts'
import type { ListingView } from '../rules/listing/view.ts'
import type { OfferProposal } from '../rules/offer.ts'
import { type Problem, sentenceOf, severityOf } from '../rules/problems.ts'
import { resync } from '../rules/resync.ts'
import { isToApply, resyncedInWords } from '../rules/resync-words.ts'
import type { ListingDeps } from './deps.ts'
import { type Stages, stagesOf } from './stages.ts'
import type { StoredListingRequest } from './stored.ts'

export interface Observed {
  readonly view: ListingView
  readonly stages: Stages
  readonly problems: readonly string[]
  readonly changes: readonly string[]
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
  const stages = isSold && isOpen ? await stagesOf(deps, tenantId, offers, signal) : NOWHERE
  return {
    stages,
    problems: model.problems,
    changes: model.changes,
    view: {
      type: seen?.type ?? stored.type,
      state: seen?.state ?? 'gone',
      isSold,
      policy: product?.policies.listing ?? defaultPolicies.listing,
      said: { accept: stored.accepted !== undefined, complete: stored.completed !== undefined, refuse: stored.refused !== undefined },
      problems: model.problems.length,
      changes: model.toApply,
      stage: stages.stage,
      isOffered: stages.isOffered,
    },
  }
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
    changes: changes.map(resyncedInWords),
    toApply: changes.filter(isToApply).length,
  }
}

/** What a proposal would add has problems of its own, which are its own: they are told when it is kept. */
const isAbout = ({ subject }: Problem, ours: ReadonlySet<string>): boolean => ours.has(subject)

const inWords = (one: Problem): string => `${one.subject}${one.field === undefined ? '' : `, ${one.field}`}: ${sentenceOf(one)}`
