/** What a new version means, one sentence each. Pure. */
import type { Resynced } from './resync.ts'

export function resyncedInWords(one: Resynced): string {
  switch (one.kind) {
    case 'newItem':
      return `New: ${one.name} (${one.itemId})${one.plans.length === 0 ? ', which cannot be sold as it is' : `, to be sold by ${one.plans.join(', ')}`}.`
    case 'retiredItem':
      return `No longer sold by the vendor: ${one.name} (${one.itemId}), in ${one.plans.join(', ')}.`
    case 'lostItem':
      return `Not in the product any more: ${one.itemId}, in ${one.plans.join(', ')}.`
    case 'planToRetire':
      return `Nothing is left to sell in the plan ${one.plan}: retire it.`
    case 'newPlan':
      return `New plan ${one.plan}, of ${one.items.join(', ')}.`
  }
}

/** An offer can be given it. What the vendor sells no longer stays in plans that sell other things too. */
export const isToApply = (one: Resynced): boolean =>
  one.kind === 'newPlan' || one.kind === 'planToRetire' || (one.kind === 'newItem' && one.plans.length > 0)
