/** Everything a re-synchronization found, with what happens about each difference. Pure. */
import type { Difference, UnmappedPlan } from './difference.ts'
import type { ProductFacts } from './facts.ts'
import type { OfferProposal } from './offer.ts'
import { type ProductChange, productChanges } from './product-changes.ts'
import { type Resynced, resync } from './resync.ts'
import { changeInWords, foundPlanInWords, resyncedInWords } from './resync-words.ts'

export interface ResyncFacts {
  /** As it was last taken over; undefined before that. */
  readonly before: ProductFacts | undefined
  /** Undefined: Connect does not show the product any more. */
  readonly now: ProductFacts | undefined
  readonly stored: readonly OfferProposal[]
  /** `offersFor` of what is there now, with `stored` as known. */
  readonly next: readonly OfferProposal[]
  readonly unmapped: readonly UnmappedPlan[]
}

/** The offers' differences say where an item comes from or goes: the product's own change of the same item adds nothing. */
export function resyncReport({ before, now, stored, next, unmapped }: ResyncFacts): readonly Difference[] {
  const plans = unmapped.map(foundPlanInWords)
  if (!now) return [HIDDEN, ...plans]
  const ofOffers = resync(stored, now, next)
  const told = new Set(ofOffers.flatMap((one) => ('itemId' in one ? [one.itemId] : [])))
  const changes = before ? productChanges(before, now).filter((one) => !(isComing(one) && told.has(one.itemId))) : []
  const isNews = (one: Resynced): boolean => !isOld(one, before)
  return [
    ...ofOffers.filter(isNews).map((one) => resyncedInWords(one, stored)),
    ...changes.map((one) => changeInWords(one, stored)),
    ...plans,
  ]
}

const HIDDEN: Difference = {
  kind: 'productHidden',
  sentence: 'Connect does not show the product to this account any more.',
  meaning: 'What was sold goes on. New orders will be refused by Connect: ask the vendor, or stop selling the offers.',
  deed: 'decide',
}

const isComing = (one: ProductChange): one is Extract<ProductChange, { kind: 'itemAdded' | 'itemRetired' | 'itemLost' }> =>
  one.kind === 'itemAdded' || one.kind === 'itemRetired' || one.kind === 'itemLost'

/** Known when the product was last taken over, and nothing the offers can be given: it was accepted as it is. */
function isOld(one: Resynced, before: ProductFacts | undefined): boolean {
  if (!before || one.kind === 'newPlan' || one.kind === 'planToRetire') return false
  const item = before.items.find(({ id }) => id === one.itemId)
  switch (one.kind) {
    case 'newItem':
      return one.plans.length === 0 && item?.status === 'published'
    case 'retiredItem':
      return item?.status === 'endofsale'
    case 'lostItem':
      return item === undefined
  }
}

/** Something is left for a person: to accept, or to decide. */
export const isOpen = (differences: readonly Difference[]): boolean => differences.some(({ deed }) => deed !== 'know')
