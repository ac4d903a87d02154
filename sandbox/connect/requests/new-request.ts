/** A new row in the list of requests, and the count of what was ever created. */
import { plus } from '../../../src/kit/time.ts'
import type { AssetRecord, ItemLine, Params, RequestRecord } from '../records.ts'
import { pushTo, requestsOf, type State } from '../state.ts'
import type { RequestBody } from './body.ts'

export interface NewRequest {
  readonly items: ItemLine[]
  readonly params: Params
}

export function addRequest(state: State, asset: AssetRecord, body: RequestBody, made: NewRequest): RequestRecord {
  const now = state.clock.now()
  const request: RequestRecord = {
    id: state.ids.request(asset.id),
    assetId: asset.id,
    type: body.type,
    status: body.draft ? 'draft' : 'new',
    ...made,
    note: body.note,
    reason: '',
    templateId: undefined,
    message: undefined,
    activationKey: '',
    formCode: undefined,
    plannedDate: body.plannedDate,
    effectiveDate: undefined,
    assignee: undefined,
    externalAttributes: body.externalAttributes,
    previousApproved: requestsOf(state, asset).findLast((earlier) => earlier.status === 'approved')?.id,
    assetStatusBefore: asset.status,
    keep: undefined,
    answered: false,
    created: now,
    updated: now,
  }
  state.requests.set(request.id, request)
  pushTo(state.requestsByAsset, asset.id, request)
  count(state, asset.externalUid, body.draft ? 'draft' : body.type)
  if (body.draft) request.keep = state.timers.at(plus(now, state.options.draftLifetime), () => collect(state, request))
  return request
}

/** A draft nobody has ordered is thrown away, and with it the asset it drafted. */
function collect(state: State, request: RequestRecord): void {
  if (state.requests.get(request.id) !== request || request.status !== 'draft') return
  state.requests.delete(request.id)
  const left = (state.requestsByAsset.get(request.assetId) ?? []).filter((each) => each !== request)
  state.requestsByAsset.set(request.assetId, left)
  const asset = state.assets.get(request.assetId)
  if (asset?.status !== 'draft') return
  state.assets.delete(asset.id)
  state.assetsByUid.set(
    asset.externalUid,
    (state.assetsByUid.get(asset.externalUid) ?? []).filter((each) => each !== asset),
  )
}

export function count(state: State, externalUid: string, kind: string): void {
  const counts = state.created.get(externalUid) ?? new Map<string, number>()
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
  state.created.set(externalUid, counts)
}
