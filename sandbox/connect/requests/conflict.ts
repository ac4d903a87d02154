/** 409: what a request collides with, in the shape CloudBlue's own distributor side reads. */
import type { JsonObject } from '../json.ts'
import { type AssetRecord, OPEN_STATUSES, type RequestRecord, type RequestType } from '../records.ts'
import { conflict, type Refusal } from '../refusal.ts'
import { requestsOf, type State } from '../state.ts'
import { formUrl } from './form-url.ts'

export const openRequestOf = (state: State, asset: AssetRecord): RequestRecord | undefined =>
  requestsOf(state, asset).find((request) => OPEN_STATUSES.has(request.status))

export const lastRequestOf = (state: State, asset: AssetRecord, type?: RequestType): RequestRecord | undefined =>
  requestsOf(state, asset).findLast((request) => request.status !== 'draft' && (!type || request.type === type))

export function conflictWith(
  state: State,
  asset: AssetRecord,
  request: RequestRecord | undefined,
  message = 'Request already exists.',
): Refusal {
  return conflict(message, {
    asset_id: asset.id,
    asset_status: asset.status,
    ...(request && requestParams(state, request)),
  })
}

function requestParams(state: State, request: RequestRecord): JsonObject {
  const url = formUrl(state, request)
  return {
    [state.options.conflictId]: request.id,
    request_status: request.status,
    ...(request.status === 'failed' && { fail_message: request.reason }),
    ...(request.status === 'inquiring' && { template: request.message ?? '' }),
    ...(url && { params_form_url: url }),
  }
}

/** @throws Refusal 409 when the asset has an open request. */
export function refuseWhileOpen(state: State, asset: AssetRecord): void {
  const open = openRequestOf(state, asset)
  if (open) throw conflictWith(state, asset, open)
}
