/** What came of placing an order. Refusals are data: which to adopt, wait for or show is for the caller to decide. */
import { z } from 'zod'
import type { HttpReply } from '../kit/http.ts'
import { type AssetId, assetId, type RequestId, requestId } from '../kit/ids.ts'
import { type Call, type ConnectApi, exchange, read } from './api.ts'
import { errorBody } from './failures.ts'
import { type AssetStatus, assetStatus } from './model/asset.ts'
import { idOf, isObject, link, text } from './model/read.ts'
import { type ConnectRequest, connectRequest, type RequestStatus, type RequestType, requestStatus, requestType } from './model/request.ts'
import { type FieldProblem, fieldProblems, type RefusalCode, verdictOf } from './refusals.ts'

/** What Connect says about the request or asset that is already there. Any part may be missing: the exact body is not documented. */
export interface Conflict {
  readonly requestId?: RequestId | undefined
  readonly requestType?: RequestType | undefined
  readonly requestStatus?: RequestStatus | undefined
  readonly assetId?: AssetId | undefined
  readonly assetStatus?: AssetStatus | undefined
  /** Why the request that is there has failed. */
  readonly failMessage?: string | undefined
  readonly templateMessage?: string | undefined
  readonly paramsFormUrl?: string | undefined
  readonly messages: readonly string[]
}

export type CreationOutcome =
  /** Look at its status: it may be `inquiring`, `tiers_setup`, or already `failed`. */
  | { readonly outcome: 'created'; readonly request: ConnectRequest }
  /** 409: something like it is there. Adopt only an open request of the same type. */
  | { readonly outcome: 'conflict'; readonly conflict: Conflict }
  /** The asset has these quantities already. */
  | { readonly outcome: 'nothingToChange' }
  | {
      readonly outcome: 'refused'
      readonly code: RefusalCode
      readonly messages: readonly string[]
      readonly fields: readonly FieldProblem[]
    }

/**
 * POST /requests, once: never repeated blindly, since Connect has no idempotency key.
 * @throws ApiError `ERR_CONNECT_UNAVAILABLE` with `outcomeUnknown` when it may have been created: look it up by `external_uid`, wait,
 *   look again before repeating. Others as every call.
 */
export async function create(api: ConnectApi, body: unknown, signal?: AbortSignal): Promise<CreationOutcome> {
  const call: Call = { method: 'POST', path: { text: '/requests' }, body, signal }
  return outcomeOf(call, await exchange(api, call))
}

export function outcomeOf(call: Call, reply: HttpReply): CreationOutcome {
  if (reply.status !== 400 && reply.status !== 409) return { outcome: 'created', request: read(call, reply, connectRequest) }
  const { messages, params } = errorBody(reply)
  const verdict = verdictOf(messages)
  if (verdict.kind === 'nothingToChange') return { outcome: 'nothingToChange' }
  if (reply.status === 409 && verdict.code === 'invalid') return { outcome: 'conflict', conflict: readConflict(params, messages) }
  return { outcome: 'refused', code: verdict.code, messages, fields: fieldProblems(messages) }
}

const conflictParams = z.object({
  id: idOf(z.string()),
  request_id: idOf(requestId),
  request_type: text,
  type: text,
  request_status: text,
  asset_id: idOf(assetId),
  asset_status: text,
  fail_message: text,
  template: z.unknown().optional(),
  params_form_url: link,
})

/** The keys CloudBlue's own distributor side reads; `id` stands for the request's, now and then, unless it names an asset. */
export function readConflict(params: Readonly<Record<string, unknown>>, messages: readonly string[]): Conflict {
  const read = conflictParams.safeParse(params)
  if (!read.success) return { messages }
  const wire = read.data
  const isAsset = wire.id?.startsWith('AS-') ?? false
  const type = wire.request_type ?? wire.type
  return {
    requestId: wire.request_id ?? idOf(requestId).parse(isAsset ? undefined : wire.id),
    requestType: type === undefined ? undefined : requestType.parse(type),
    requestStatus: wire.request_status === undefined ? undefined : requestStatus.parse(wire.request_status),
    assetId: wire.asset_id ?? idOf(assetId).parse(isAsset ? wire.id : undefined),
    assetStatus: wire.asset_status === undefined ? undefined : assetStatus.parse(wire.asset_status),
    failMessage: wire.fail_message,
    templateMessage: text.parse(isObject(wire.template) ? wire.template['message'] : wire.template),
    paramsFormUrl: wire.params_form_url,
    messages,
  }
}
