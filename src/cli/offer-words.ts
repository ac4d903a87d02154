/** Offers and their problems for people, and as JSON. */
import {
  isPublishable,
  type OfferPlan,
  type OfferProposal,
  type Problem,
  type Proposal,
  placementOf,
  problemCatalogue,
  sentenceOf,
  severityOf,
} from '../catalogue/index.ts'
import { plain, table } from './table.ts'

export const offerLines = ({ offers, problems }: Proposal): readonly string[] => [
  ...offers.flatMap((offer, index) => [...(index === 0 ? [] : ['']), ...linesOf(offer)]),
  ...(problems.length === 0 ? [] : ['', ...problems.flatMap(problemLines)]),
  '',
  isPublishable(problems) ? 'Nothing is in the way of publishing.' : `${count(problems)} in the way of publishing.`,
]

const count = (problems: readonly Problem[]): string => {
  const blocking = problems.filter((one) => severityOf(one) === 'blocks').length
  return blocking === 1 ? '1 problem is' : `${blocking} problems are`
}

const linesOf = (offer: OfferProposal): readonly string[] => [...offerItself(offer), `  ${placementLine(offer)}`]

const placementLine = (offer: OfferProposal): string => {
  const { stores, reasons } = placementOf(offer)
  return plain(`Sold in ${stores.join(' and ')}: ${reasons.join(' ')}`)
}

const offerItself = ({ id, name, content, plans, made }: OfferProposal): readonly string[] => [
  `${id}  ${plain(name)}  (${content.pricingModel === 'perUser' ? 'per user' : 'flat rate'}${made ? ', exists at Microsoft' : ''})`,
  ...table(['PLAN', 'NAME', 'ITEMS', 'TERMS'], plans.map(planRow)).map((line) => `  ${line}`),
  ...(content.dimensions.length === 0
    ? []
    : table(
        ['DIMENSION', 'NAME', 'UNIT'],
        content.dimensions.map((one) => [one.id, plain(one.name), plain(one.unit)]),
      ).map((line) => `  ${line}`)),
]

const planRow = ({ id, name, items, content }: OfferPlan): readonly string[] => [
  id,
  plain(name),
  items.map((item) => (item.dimension === undefined ? item.id : `${item.id} as ${item.dimension}`)).join(', '),
  content.retired
    ? 'retired'
    : content.terms
        .map(({ term, payment, price, prices }) => `${term}, ${payment}: ${price ?? (prices ? 'per market' : 'no price yet')}`)
        .join('; ') || '-',
]

const MARKS = { blocks: '!', warns: '?', notes: '-' } as const

const problemLines = (one: Problem): readonly string[] => [
  plain(`${MARKS[severityOf(one)]} ${one.subject}${one.field === undefined ? '' : `, ${one.field}`}: ${sentenceOf(one)}`),
  plain(`    ${problemCatalogue[one.code].todo} (${one.code})`),
]

export const written = ({ offers, problems }: Proposal) => ({
  offers: offers.map((offer) => ({ ...offer, placement: placementOf(offer) })),
  publishable: isPublishable(problems),
  problems: problems.map((one) => ({
    ...one,
    severity: severityOf(one),
    sentence: sentenceOf(one),
    todo: problemCatalogue[one.code].todo,
  })),
})
