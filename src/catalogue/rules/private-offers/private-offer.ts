/** A private offer as Partner Center shows it, and how far it is. Pure. */
import { isJsonObject, type Json } from '../../../kit/json.ts'
import type { IngestionResource } from '../../../microsoft/ingestion/resource.ts'
import type { Day } from './draft.ts'

export interface PrivateOfferLine {
  /** Undefined where Microsoft only names a reference. */
  readonly productName: string | undefined
  readonly planName: string | undefined
  /** The durable id of the plan, or of the one a customized plan is made from. */
  readonly plan: string | undefined
  readonly discountPercentage: number | undefined
  /** A plan of its own: its name. */
  readonly newPlan: string | undefined
}

export interface PrivateOffer {
  /** The GUID alone. */
  readonly id: string
  readonly name: string
  /** As Microsoft writes it. */
  readonly state: string
  readonly subState: string | undefined
  readonly type: string | undefined
  readonly beneficiaries: readonly { readonly id: string; readonly description: string | undefined; readonly link: string | undefined }[]
  readonly start: Day | undefined
  readonly startsAtAcceptance: boolean
  readonly end: Day | undefined
  readonly acceptBy: Day | undefined
  readonly lines: readonly PrivateOfferLine[]
  readonly notes: string | undefined
  readonly lastModified: string | undefined
}

export const privateOfferStatuses = [
  'draft',
  'pendingAcceptance',
  'pendingPartner',
  'accepted',
  'expired',
  'ended',
  'withdrawn',
  'unknown',
] as const
export type PrivateOfferStatus = (typeof privateOfferStatuses)[number]

export const statusWords: Readonly<Record<PrivateOfferStatus, string>> = {
  draft: 'draft',
  pendingAcceptance: 'waits for the customer',
  pendingPartner: 'waits for the partner',
  accepted: 'accepted',
  expired: 'expired: not accepted in time',
  ended: 'ended',
  withdrawn: 'withdrawn',
  unknown: 'in a state nobody here knows',
}

/** Undefined for what has no id: nothing could be done with it. */
export function readPrivateOffer(resource: IngestionResource): PrivateOffer | undefined {
  const id = text(resource['id'])?.replace(/^private-offer\//, '')
  if (id === undefined || id === '') return undefined
  const links = rows(resource['acceptanceLinks'])
  return {
    id,
    name: text(resource['name']) ?? '',
    state: text(resource['state']) ?? '',
    subState: text(resource['subState']),
    type: text(resource['privateOfferType']),
    beneficiaries: rows(resource['beneficiaries']).map((one) => ({
      id: text(one['id']) ?? '',
      description: text(one['description']),
      link: text(links.find(({ beneficiaryId }) => beneficiaryId === one['id'])?.['link']),
    })),
    start: text(resource['start']),
    startsAtAcceptance: resource['variableStartDate'] === true,
    end: text(resource['end']),
    acceptBy: text(resource['acceptBy']),
    lines: rows(resource['pricing']).map(readLine),
    notes: text(resource['notes']),
    lastModified: text(resource['lastModified']),
  }
}

function readLine(line: Readonly<Record<string, Json>>): PrivateOfferLine {
  const { discountPercentage, newPlanDetails } = line
  return {
    productName: text(line['productName']),
    planName: text(line['planName']),
    plan: text(line['plan']) ?? text(line['basePlan']),
    discountPercentage: typeof discountPercentage === 'number' ? discountPercentage : undefined,
    newPlan: isJsonObject(newPlanDetails) ? text(newPlanDetails['name']) : undefined,
  }
}

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const rows = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isJsonObject) : [])

/** @param today the day in UTC */
export function statusOf({ state, subState, end, acceptBy }: PrivateOffer, today: Day): PrivateOfferStatus {
  switch (state.trim().toLowerCase()) {
    case 'draft':
      return 'draft'
    case 'withdrawn':
      return 'withdrawn'
    case 'live':
      break
    default:
      return 'unknown'
  }
  if (subState?.toLowerCase() === 'accepted') return end !== undefined && end < today ? 'ended' : 'accepted'
  if (acceptBy !== undefined && acceptBy < today) return 'expired'
  return subState?.toLowerCase() === 'pendingpartneraction' ? 'pendingPartner' : 'pendingAcceptance'
}
