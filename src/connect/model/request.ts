/** Asset requests: the orders a distributor places with a vendor, and how far they are. */
import { z } from 'zod'
import { type MarketplaceId, marketplaceId, type RequestId, requestId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type ConnectAsset, connectAsset } from './asset.ts'
import { idOf, isObject, link, list, moment, part, text } from './read.ts'
import { type RequestStatus, type RequestType, requestStatus, requestType } from './request-words.ts'

export {
  type KnownRequestStatus,
  type KnownRequestType,
  REQUEST_STATUSES,
  REQUEST_TYPES,
  type RequestStatus,
  type RequestType,
  requestStatus,
  requestType,
} from './request-words.ts'

export interface ConnectRequestReference {
  readonly id: RequestId
  readonly type: RequestType
  readonly status: RequestStatus
  readonly statusRaw: string
  readonly created?: Instant | undefined
  readonly updated?: Instant | undefined
}

export interface ConnectRequest extends ConnectRequestReference {
  readonly asset: ConnectAsset
  readonly marketplaceId?: MarketplaceId | undefined
  readonly created: Instant
  readonly updated: Instant
  /** Why it failed or was revoked, in the vendor's words. */
  readonly reason?: string | undefined
  readonly note?: string | undefined
  /** While inquiring: what the vendor asks, for the buyer (Markdown). */
  readonly templateMessage?: string | undefined
  /** Connect's own form for the missing values. Carries a secret code: show it to the buyer only. */
  readonly paramsFormUrl?: string | undefined
  readonly plannedDate?: Instant | undefined
  /** When it took effect, as the vendor says. */
  readonly effectiveDate?: Instant | undefined
  /** The vendor's activation text, rendered (Markdown, not yet sanitised). */
  readonly activationMarkdown?: string | undefined
  readonly assignee?: string | undefined
  readonly externalAttributes: readonly { readonly id: string; readonly value: string }[]
}

const FINISHED: ReadonlySet<RequestStatus> = new Set(['approved', 'failed', 'revoked'])

/** Nothing more will come of it. */
export const isFinished = (request: Pick<ConnectRequestReference, 'status'>): boolean => FINISHED.has(request.status)

/** On its way: neither finished nor a draft. A status we do not know counts as open, so that nothing is ordered twice. */
export const isOpen = (request: Pick<ConnectRequestReference, 'status'>): boolean => request.status !== 'draft' && !isFinished(request)

const stamp = part(z.object({ at: moment }))
const reference = z.object({
  id: requestId,
  type: requestType,
  status: text,
  created: moment,
  updated: moment,
  events: part(z.object({ created: stamp, updated: stamp })),
})

const toReference = (wire: z.output<typeof reference>): ConnectRequestReference => ({
  id: wire.id,
  type: wire.type,
  status: requestStatus.parse(wire.status),
  statusRaw: wire.status ?? '',
  created: wire.created ?? wire.events?.created?.at,
  updated: wire.updated ?? wire.events?.updated?.at ?? wire.created ?? wire.events?.created?.at,
})

export const connectRequestReference = reference.transform(toReference)

const assignee = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value || undefined : isObject(value) ? text.parse(value['name']) : undefined))

const attribute = z.object({ id: z.string(), value: z.coerce.string() })

export const connectRequest = reference
  .extend({
    asset: connectAsset,
    marketplace: part(z.object({ id: idOf(marketplaceId) })),
    reason: text,
    note: text,
    template: part(z.object({ message: text })),
    params_form_url: link,
    planned_date: moment,
    effective_date: moment,
    activation_key: text,
    assignee,
    external_attributes: list(attribute),
  })
  .transform((wire, context): ConnectRequest => {
    const { created, updated, ...rest } = toReference(wire)
    if (!created || !updated) {
      context.addIssue({ code: 'custom', message: 'expected an instant', path: ['created'] })
      return z.NEVER
    }
    const marketplace = wire.marketplace?.id ?? wire.asset.marketplaceId
    return {
      ...rest,
      created,
      updated,
      asset: { ...wire.asset, marketplaceId: wire.asset.marketplaceId ?? marketplace },
      marketplaceId: marketplace,
      reason: wire.reason,
      note: wire.note,
      templateMessage: wire.template?.message,
      paramsFormUrl: wire.params_form_url,
      plannedDate: wire.planned_date,
      effectiveDate: wire.effective_date,
      activationMarkdown: wire.activation_key,
      assignee: wire.assignee,
      externalAttributes: wire.external_attributes,
    }
  })
