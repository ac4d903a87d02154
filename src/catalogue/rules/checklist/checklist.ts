/** The content of an offer as a person types it into Partner Center: page by page, field by field, with the exact value. Pure. */
import { sayWhole } from '../diff/words.ts'
import { isNothing } from '../resources/alike.ts'
import { type Claim, wantedAt } from '../resources/claim.ts'
import { desiredResources } from '../resources/desired.ts'
import type { DesiredResource, TechnicalConfiguration, WantedOffer } from '../resources/wanted.ts'
import { choiceOf, labelOf, type Page, pageOf, pages } from './pages.ts'

export interface ChecklistField {
  /** Tells it from every other of the offer, as long as the content has it: `technical-configuration/landing-page-url`. */
  readonly key: string
  readonly page: Page
  /** Which plan, language or picture; empty for the offer as a whole. */
  readonly about: string
  /** As Partner Center calls it. */
  readonly field: string
  /** To copy. Undefined: it is not known here; `note` says what to do. */
  readonly value: string | undefined
  /** The value is not shown. */
  readonly secret: boolean
  readonly note: string | undefined
}

type Endpoints = Pick<TechnicalConfiguration, 'landingPage' | 'webhook'>

/** @param endpoints of the product, for an offer whose app nobody gave yet */
export function checklistOf(offer: WantedOffer, endpoints: Endpoints): readonly ChecklistField[] {
  const fields = [
    row('product', '', 'Offer ID', offer.offerId),
    ...desiredResources(offer, undefined).flatMap(rowsOf),
    ...(offer.technical ? [] : withoutApp(endpoints)),
  ]
  const inOrder = pages.flatMap((page) => fields.filter((one) => one.page === page))
  return distinct(inOrder)
}

function rowsOf(resource: DesiredResource): readonly ChecklistField[] {
  const about = [resource.planId, resource.about].filter(Boolean).join(', ')
  const id = resource.type === 'plan' && resource.planId !== undefined ? [row('plan', about, 'Plan ID', resource.planId)] : []
  return [...id, ...resource.claims.flatMap((claim) => claimed(resource.type, about, claim))]
}

/** A claim that something shall not be there is nothing to type. */
function claimed(type: string, about: string, claim: Claim): readonly ChecklistField[] {
  const value = wantedAt({}, claim)
  if (value === undefined || isNothing(value) || claim.field === 'File name in Partner Center') return []
  return [{ ...row(type, about, claim.field, choiceOf(claim.field, sayWhole(value))), secret: claim.secret ?? false }]
}

const TECHNICAL = 'software-as-a-service-technical-configuration'
const NO_APP = 'Give the publisher’s Microsoft app first: bridge credential set TENANT microsoft'

const withoutApp = ({ landingPage, webhook }: Endpoints): readonly ChecklistField[] => [
  row(TECHNICAL, '', 'Landing page', landingPage),
  row(TECHNICAL, '', 'Connection webhook', webhook),
  { ...row(TECHNICAL, '', 'Microsoft Entra tenant id', undefined), note: NO_APP },
  { ...row(TECHNICAL, '', 'Microsoft Entra application id', undefined), note: NO_APP },
]

function row(type: string, about: string, field: string, value: string | undefined): ChecklistField {
  const [page, label] = [pageOf(type), labelOf(type, field)]
  const key = [page, about, label]
    .filter((part) => part !== '')
    .map(slugOf)
    .join('/')
  return { key, page, about, field: label, value, secret: false, note: undefined }
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .replaceAll(/^-|-$/g, '')

/** Two fields never share a key: the second is numbered. */
function distinct(fields: readonly ChecklistField[]): readonly ChecklistField[] {
  const seen = new Map<string, number>()
  return fields.map((field) => {
    const count = (seen.get(field.key) ?? 0) + 1
    seen.set(field.key, count)
    return count === 1 ? field : { ...field, key: `${field.key}-${count}` }
  })
}
