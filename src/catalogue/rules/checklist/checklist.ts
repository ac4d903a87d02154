/** The content of an offer as a person types it into Partner Center: page by page, field by field, with the exact value. Pure. */
import { type Claim, wantedAt } from '../resources/claim.ts'
import { desiredResources } from '../resources/desired.ts'
import type { DesiredResource, TechnicalConfiguration, WantedOffer } from '../resources/wanted.ts'
import { typed } from './items.ts'
import { choiceOf, labelOf, type Page, pageOf, pages } from './pages.ts'

export interface ChecklistField {
  /** Tells it from every other of the offer, as long as the content has it: `technical-configuration/landing-page-url`. */
  readonly key: string
  readonly page: Page
  /** Which plan, language or picture; empty for the offer as a whole. */
  readonly about: string
  /** As Partner Center calls it. */
  readonly field: string
  /** To copy, exactly so. Undefined: it is not known here; `note` says what to do. */
  readonly value: string | undefined
  /** The value is not shown. */
  readonly secret: boolean
  /** For people: what the value is given in, whom it stands for, or what to do where there is none. */
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

/** Names of ours, which Partner Center does not ask for. */
const NOT_TYPED: ReadonlySet<string> = new Set(['File', 'File name in Partner Center'])

/** A claim that something shall not be there is nothing to type. */
function claimed(type: string, about: string, claim: Claim): readonly ChecklistField[] {
  if (NOT_TYPED.has(claim.field)) return []
  return typed(wantedAt({}, claim) ?? null).map(({ more, value, note }) => {
    const shown = choiceOf(claim.field, value)
    return { ...row(type, about, claim.field, shown, more), secret: claim.secret ?? false, note }
  })
}

const TECHNICAL = 'software-as-a-service-technical-configuration'
const NO_APP = 'Give the publisher’s Microsoft app first: bridge credential set TENANT microsoft'

const withoutApp = ({ landingPage, webhook }: Endpoints): readonly ChecklistField[] => [
  row(TECHNICAL, '', 'Landing page', landingPage),
  row(TECHNICAL, '', 'Connection webhook', webhook),
  { ...row(TECHNICAL, '', 'Microsoft Entra tenant id', undefined), note: NO_APP },
  { ...row(TECHNICAL, '', 'Microsoft Entra application id', undefined), note: NO_APP },
]

function row(type: string, about: string, field: string, value: string | undefined, more = ''): ChecklistField {
  const page = pageOf(type)
  const label = [labelOf(type, field), more].filter(Boolean).join(', ')
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
