/** Private offers for people. */
import { type PrivateOffer, type PrivateOfferAction, type PrivateOfferStatus, statusWords } from '../catalogue/index.ts'
import type { TheOffer } from '../operator/index.ts'
import { plain, table } from './table.ts'

type Shown = PrivateOffer & { readonly status: PrivateOfferStatus }

export const listLines = (offers: readonly Shown[], open: readonly PrivateOfferAction[]): readonly string[] => [
  ...(offers.length === 0
    ? ['There are no private offers in this account.']
    : table(
        ['ID', 'NAME', 'STATE', 'CUSTOMER', 'ACCEPT BY', 'ENDS'],
        offers.map((one) => [one.id, one.name, statusWords[one.status], customersOf(one), one.acceptBy ?? '-', one.end ?? '-']),
      )),
  ...open.map(actionLine),
]

const customersOf = ({ beneficiaries }: PrivateOffer): string => beneficiaries.map(({ id, description }) => description ?? id).join(', ')

export const showLines = ({ shown, actions, subscriptions }: TheOffer): readonly string[] => [
  ...(shown
    ? offerLines({ ...shown.offer, status: shown.status })
    : ['Microsoft does not show it yet: up to 15 minutes after it was made.']),
  ...(shown?.status === 'accepted' && subscriptions.length === 0 ? ['  bought    not yet, as far as Microsoft has told'] : []),
  ...subscriptions.map((one) => plain(`  bought    ${one.subscriptionId}, ${one.offerId} / ${one.planId}, ${one.status}`)),
  ...(actions.length === 0 ? [] : ['', 'Done here:', ...actions.flatMap((action) => [actionLine(action), ...action.said.map(indented)])]),
]

const offerLines = (offer: Shown): readonly string[] =>
  [
    `${offer.name}  (${offer.id})`,
    `  state     ${statusWords[offer.status]}`,
    ...offer.beneficiaries.map(
      ({ id, description }) => `  customer  ${description === undefined ? id : `${description}, billing account ${id}`}`,
    ),
    ...offer.lines.map((line) => `  plan      ${lineWords(line)}`),
    `  starts    ${offer.startsAtAcceptance ? 'when the customer accepts' : (offer.start ?? '-')}`,
    `  ends      ${offer.end ?? '-'}`,
    `  accept by ${offer.acceptBy ?? '-'}`,
    ...linksOf(offer).map((link) => `  link      ${link}`),
    ...(offer.notes === undefined ? [] : [`  notes     ${offer.notes}`]),
  ].map(plain)

const lineWords = ({ productName, planName, plan, discountPercentage, newPlan }: PrivateOffer['lines'][number]): string => {
  const base = planName === undefined ? (plan ?? '-') : [productName, planName].filter((part) => part !== undefined).join(' / ')
  if (newPlan !== undefined) return `“${newPlan}”, a plan of its own made from ${base}`
  return `${base}, ${discountPercentage === undefined ? 'own prices' : `${discountPercentage} % off`}`
}

export const linksOf = ({ beneficiaries }: PrivateOffer): readonly string[] => beneficiaries.flatMap(({ link }) => link ?? [])

const OUTCOMES = { done: 'done', failed: 'refused', unclear: 'unclear' } as const

const actionLine = ({ kind, name, askedAt, askedBy, outcome, note }: PrivateOfferAction): string =>
  plain(
    `  ${askedAt.toISOString()}  ${kind} “${name}” by ${askedBy}: ${outcome === undefined ? 'under way' : OUTCOMES[outcome]}${note === undefined ? '' : ` (${note})`}`,
  )

const indented = (line: string): string => plain(`      ${line}`)
