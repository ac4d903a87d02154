/**
 * What to do next about a vendor's listing request. Pure; read from the top, the first line that fits decides.
 * It decides from what Connect and Microsoft show now, so a stopped process, a lost answer or a person who moved it in Connect change nothing.
 *
 *     reviewing ─► deploying ─► completed        canceled: refused by us, from either
 *         └─► draft (given back to the vendor: we do not see it until it comes again)
 */
import type { ListingView, OfferStage } from './view.ts'

/** `publish`: the offers are sent on their way at Microsoft, or out of the store; the others are told to Connect. */
export type ListingStep = 'publish' | 'deploy' | 'complete' | 'cancel'

export type ListingQuestion =
  /** The product is not in the set-up. */
  | 'notAdded'
  | 'problems'
  /** An update brings what the offers do not have. */
  | 'changes'
  | 'confirmDeploy'
  | 'confirmComplete'
  | 'confirmRemoval'
  /** The offers are as far as the policy takes them, and that is not far enough. */
  | 'toPublish'
  /** A removal: buyers still see the offer. */
  | 'stillOffered'
  /** Nobody can tell the bridge how far the offer is. */
  | 'untold'
  | 'unclear'

export type ListingNext =
  | { readonly kind: 'step'; readonly step: ListingStep }
  | { readonly kind: 'wait'; readonly for: 'vendor' | 'preview' | 'live' | 'end' | 'yes' | 'offer' }
  | { readonly kind: 'attention'; readonly why: ListingQuestion }
  | { readonly kind: 'over' }

export function nextListing(view: ListingView): ListingNext {
  switch (view.state) {
    case 'gone':
    case 'completed':
    case 'canceled':
      return { kind: 'over' }
    case 'draft':
    case 'unknown':
      return { kind: 'wait', for: 'vendor' }
    case 'reviewing':
    case 'deploying':
      return view.said.refuse ? step('cancel') : nextOfOpen(view, view.state)
  }
}

function nextOfOpen(view: ListingView, state: 'reviewing' | 'deploying'): ListingNext {
  switch (view.type) {
    case 'new':
    case 'update':
      return state === 'reviewing' ? whenAsked(view) : whenDeployed(view)
    case 'remove':
      return state === 'reviewing' ? whenRemovalIsAsked(view) : whenRemoved(view)
    case 'unknown':
      return question('unclear')
  }
}

/** An operator’s yes stands for what has to be seen and agreed to, never for what would not work. */
function whenAsked(view: ListingView): ListingNext {
  const { isSold, problems, changes, type, policy, said, stage, driven } = view
  if (!isSold) return question('notAdded')
  if (problems > 0) return question('problems')
  if (!said.accept && type === 'update' && changes > 0) return question('changes')
  if (!driven) return whenPublishedByHand(view)
  if (!mayGoOn(view)) return question('confirmDeploy')
  if (view.toSend > 0) return step('publish')
  return policy.deployAt === 'preview' && !reached(stage, 'preview') ? onTheWay(view, 'preview') : step('deploy')
}

function whenPublishedByHand({ policy, said, stage }: ListingView): ListingNext {
  if (said.accept) return step('deploy')
  if (policy.deployAt === 'preview' && !reached(stage, 'preview')) return stage === 'untold' ? question('untold') : waitFor('preview')
  return policy.drive === 'confirm' ? question('confirmDeploy') : step('deploy')
}

function whenDeployed(view: ListingView): ListingNext {
  const { isSold, policy, said, stage, driven } = view
  if (said.complete) return step('complete')
  if (!isSold) return question('notAdded')
  if (stage === 'untold') return question('untold')
  if (view.toSend > 0) return mayGoOn(view) ? step('publish') : question('confirmDeploy')
  if (!reached(stage, policy.completeAt)) return driven ? onTheWay(view, policy.completeAt) : waitFor(policy.completeAt)
  return policy.drive === 'confirm' ? question('confirmComplete') : step('complete')
}

/** Taking a product off the shelf is never done without a person, whatever the policy. */
const whenRemovalIsAsked = ({ said }: ListingView): ListingNext => (said.accept ? step('deploy') : question('confirmRemoval'))

function whenRemoved({ said, stage, isOffered, isSold, driven, toSend, held }: ListingView): ListingNext {
  if (said.complete) return step('complete')
  if (stage === 'untold' && isSold) return question('untold')
  if (driven && !said.accept) return question('confirmRemoval')
  if (driven && toSend > 0) return step('publish')
  if (isOffered && driven && held !== 'end') return held === 'blocked' ? waitFor('offer') : waitFor('end')
  return isOffered ? question('stillOffered') : said.accept ? step('complete') : question('confirmRemoval')
}

/** What the offers wait for themselves has attention items of its own. */
function onTheWay({ held }: ListingView, to: 'preview' | 'live'): ListingNext {
  switch (held) {
    case 'blocked':
      return waitFor('offer')
    case 'yes':
      return waitFor('yes')
    case 'end':
      return question('toPublish')
    case undefined:
      return waitFor(to)
  }
}

const mayGoOn = ({ said, policy }: ListingView): boolean => said.accept || policy.drive === 'automatic'

const reached = (stage: OfferStage, wanted: 'preview' | 'live'): boolean => stage === 'live' || stage === wanted

const step = (what: ListingStep): ListingNext => ({ kind: 'step', step: what })
const question = (why: ListingQuestion): ListingNext => ({ kind: 'attention', why })
const waitFor = (what: 'preview' | 'live' | 'end' | 'yes' | 'offer'): ListingNext => ({ kind: 'wait', for: what })
