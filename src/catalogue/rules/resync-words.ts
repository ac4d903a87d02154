/** What a new version means, in a sentence each, and what happens about it. Pure. */
import type { Difference, UnmappedPlan } from './difference.ts'
import type { OfferProposal } from './offer.ts'
import type { ItemTerm, ProductChange } from './product-changes.ts'
import type { Resynced } from './resync.ts'

export function sentenceOfResynced(one: Resynced): string {
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

export function resyncedInWords(one: Resynced, stored: readonly OfferProposal[]): Difference {
  const base = { kind: one.kind, sentence: sentenceOfResynced(one) }
  switch (one.kind) {
    case 'newItem':
      return one.plans.length === 0
        ? { ...base, meaning: 'No plan can sell it; bridge offer propose says why. Accepting takes note of it.', deed: 'accept' }
        : { ...base, meaning: 'Accepting keeps it in the plan named. Nothing is sold before the offer is published again.', deed: 'accept' }
    case 'newPlan':
      return { ...base, meaning: `Accepting keeps it with the offer, without a price.${growing(one.plan, stored)}`, deed: 'accept' }
    case 'retiredItem':
    case 'lostItem':
      return {
        ...base,
        meaning: 'Subscriptions that have it keep it, and its plans go on selling until you decide. Accepting takes note of it.',
        deed: 'accept',
      }
    case 'planToRetire':
      return {
        ...base,
        meaning: 'It goes on selling until you retire it: --accept --retire, or retired: true in the set-up file. Who bought it keeps it.',
        deed: 'decide',
      }
  }
}

/** A product that grows: what was bought is not remodeled. */
function growing(plan: string, stored: readonly OfferProposal[]): string {
  const [offerId] = plan.split(' / ')
  const flat = stored
    .filter(({ id, content }) => id === offerId && content.pricingModel === 'flatRate')
    .flatMap(({ plans }) => plans.filter(({ made, content }) => made && !content.retired).map(({ id }) => id))
  return flat.length === 0 ? '' : ` Who has ${flat.join(', ')} keeps it with its flat fee and its dimensions.`
}

const TERMS: Readonly<Record<ItemTerm, string>> = {
  type: 'kind',
  period: 'period',
  precision: 'precision',
  unit: 'unit',
  commitment: 'commitment',
}

export function changeInWords(one: ProductChange, stored: readonly OfferProposal[]): Difference {
  switch (one.kind) {
    case 'productRenamed':
      return noted(
        one,
        `The product is called “${one.to}” now, no longer “${one.from}”.`,
        'Offers keep their names and ids: reword them in the set-up file. Accepting takes note of it.',
      )
    case 'itemAdded':
      return noted(one, `New: ${one.name} (${one.itemId}).`, 'Its plan has it already. Accepting takes note of it.')
    case 'itemBack':
      return noted(
        one,
        `Sold by the vendor again: ${one.name} (${one.itemId}).`,
        'Its plans are as they were. A plan you retired stays retired. Accepting takes note of it.',
      )
    case 'itemRetired':
      return noted(one, `No longer sold by the vendor: ${one.name} (${one.itemId}).`, 'No plan sells it. Accepting takes note of it.')
    case 'itemLost':
      return noted(one, `Not in the product any more: ${one.name} (${one.itemId}).`, 'No plan sells it. Accepting takes note of it.')
    case 'itemRenamed':
      return noted(one, `${one.itemId} is called “${one.to}” now, no longer “${one.from}”.`, renaming(one, stored))
    case 'itemTermChanged':
      return noted(
        one,
        `${one.name} (${one.itemId}) has another ${TERMS[one.term]}: ${one.to}, no longer ${one.from}.`,
        'Plans that exist keep what they sell: compare their terms and dimensions, and reword or retire them in the set-up file. Accepting takes note of it.',
      )
    case 'textsChanged':
      return {
        kind: one.kind,
        sentence: `The vendor has reworded: ${one.of.join(', ')}.`,
        meaning: 'Your texts stay as they are: bridge offer propose --file FILE shows the vendor’s. Accepting takes note of it.',
        deed: 'know',
      }
  }
}

/** Told once: accepting takes note of it. */
const noted = ({ kind }: ProductChange, sentence: string, meaning: string): Difference => ({ kind, sentence, meaning, deed: 'accept' })

function renaming(
  { itemId, from, to }: { readonly itemId: string; readonly from: string; readonly to: string },
  stored: readonly OfferProposal[],
) {
  const plans = stored.flatMap((offer) =>
    offer.plans.filter((plan) => isNamedAfter(plan, itemId, from)).map((plan) => `${offer.id} / ${plan.id}`),
  )
  return plans.length === 0
    ? 'Names you chose yourself stay as they are. Accepting takes note of it.'
    : `Accepting calls ${plans.join(', ')} “${to}”, too; the id stays. Buyers see it when the offer is published again.`
}

/** The plan of this one item, with a name nobody changed. */
export const isNamedAfter = (plan: OfferProposal['plans'][number], itemId: string, name: string): boolean =>
  plan.items.length === 1 && plan.items[0]?.id === itemId && plan.name === name.trim()

export const foundPlanInWords = ({ offerId, planId, name, like, reasons }: UnmappedPlan): Difference => ({
  kind: 'planUnmapped',
  sentence:
    `Microsoft shows a plan nobody mapped: ${offerId} / ${planId}${name === planId ? '' : ` (“${name}”)`}. ${reasons.join(' ')}`.trim(),
  meaning: `Who buys it waits for you: map it in the set-up file${like === undefined ? '' : `, as ${like} is mapped if it sells the same`}, or retire it in Partner Center.`,
  deed: 'decide',
})
