/** Taking over offers made by hand in Partner Center: their content becomes ours as it is there. Nothing is written at Microsoft. */
import {
  addHistory,
  type FoundOffer,
  findHandmade,
  type ImportDeps,
  type ImportKey,
  itemsOf,
  type KeepDeps,
  keepHandmade,
} from '../../catalogue/index.ts'
import { notPossible, type OperatorAction, type Preview } from '../actions/action.ts'
import { nameOf, type Operator } from '../operator.ts'

/** @param named offers that nothing else says are the product's */
export function importAction(deps: ImportDeps & KeepDeps, key: ImportKey, named: readonly string[], operator: Operator): OperatorAction {
  return {
    preview: async (signal): Promise<Preview> => {
      const found = await findHandmade(deps, key, named, signal)
      return found.offers.length === 0 ? nothing : { possible: true, effect: found.offers.flatMap(effectOf) }
    },
    carryOut: async (signal) => {
      const found = await findHandmade(deps, key, named, signal)
      if (found.offers.length === 0) return { outcome: 'notPossible', ...nothing }
      await keepHandmade(signedBy(deps, key, found.offers, operator), key, found, nameOf(operator))
      const ids = found.offers.map(({ offerId }) => offerId).join(', ')
      return { outcome: 'done', said: [`Taken over: ${ids}. Nothing was written at Microsoft.`] }
    },
  }
}

/** Who took them over is in the history of each. */
const signedBy = (
  deps: ImportDeps & KeepDeps,
  { tenantId, productId }: ImportKey,
  found: readonly FoundOffer[],
  operator: Operator,
): KeepDeps => ({
  ...deps,
  async onChange(tx) {
    const signed = { by: nameOf(operator), at: deps.clock.now() }
    for (const { offerId } of found) await addHistory(tx, { tenantId, productId, offerId }, signed, { what: 'imported' })
    await deps.onChange?.(tx)
  },
})

const nothing = notPossible('NOTHING_TO_IMPORT', 'Partner Center shows no offer of this product whose content is not kept here already.', [
  'An offer is the product’s when it is in the plan map, or its landing page or webhook is the product’s; any other one can be named: --offer ID.',
])

function effectOf(offer: FoundOffer): readonly string[] {
  const { offerId, name, because, live, plans, notTaken } = offer
  return [
    `${offerId} (${name}, ${live ? 'live' : 'never published'}) is taken over with its ids fixed. ${because}`,
    ...plans.flatMap((plan) => planLines(offer, plan.planId)),
    'Pictures and the lead destination stay as Partner Center has them, until the set-up file gives others.',
    ...(notTaken.length === 0 ? [] : [`Not taken over, because it has no form here: ${notTaken.join(', ')}.`]),
  ]
}

function planLines(offer: FoundOffer, planId: string): readonly string[] {
  const matches = offer.matches.filter((one) => one.planId === planId)
  return [
    ...matches.map(({ dimension, itemId, confidence, reasons }) => {
      const what = dimension === undefined ? planId : `${planId}, ${dimension}`
      return `  ${what}: ${itemId ?? 'no item'} (${confidence}). ${reasons.join(' ')}`
    }),
    ...(itemsOf(offer, planId) ? [] : [`  ${planId} is left out unless it is mapped: map it in the set-up file first, and then import.`]),
  ]
}
