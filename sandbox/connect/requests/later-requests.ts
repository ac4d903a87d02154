/** Requests on an asset that exists: change, suspend, resume, cancel, adjustment. */
import type { Product } from '../catalogue/products.ts'
import type { AssetRecord, Quantity, RequestRecord, Role } from '../records.ts'
import { forbidden, invalid } from '../refusal.ts'
import { moveRequest, productOf, requestChanged, type State } from '../state.ts'
import { idOf, type RequestBody } from './body.ts'
import { conflictWith, lastRequestOf, refuseWhileOpen } from './conflict.ts'
import { goLive } from './enter.ts'
import { linesOf, readItems, refuseAllZero } from './items.ts'
import { addRequest, type NewRequest } from './new-request.ts'
import { copyOf, readParams } from './params.ts'

const HOLD_UNSUPPORTED = "The product doesn't support suspend/resume operations."

function assetOfBody(state: State, body: RequestBody): AssetRecord {
  const id = idOf(body.asset)
  if (!id) throw invalid('asset.id: This field is required.')
  const asset = state.assets.get(id)
  if (!asset || asset.status === 'draft') throw invalid(`asset.id: Asset "${id}" not found.`)
  return asset
}

const unchanged = (product: Product, asset: AssetRecord): NewRequest => ({
  items: linesOf(product, asset.quantities, asset.quantities),
  params: copyOf(asset.params),
})

/** New absolute quantities. @throws Refusal 400 when nothing changes, 409 while another request is open or the asset is not active. */
export function createChange(state: State, body: RequestBody): RequestRecord {
  const asset = assetOfBody(state, body)
  const product = productOf(state, asset)
  refuseState(state, asset, body)
  refuseWhileOpen(state, asset)
  if (body.plannedDate && !product.scheduling) throw invalid('planned_date: The product does not support scheduling.')
  const after = changedQuantities(state, product, asset, body)
  const params = copyOf(asset.params)
  const given = readParams(product, body.asset['params'], 'provider')
  if (given.length > 0 && !product.editableOrderingParameters) {
    throw invalid('asset.params: The product does not support changing ordering parameters.')
  }
  for (const { definition, entry } of given) params.set(definition.name, entry)
  const items = linesOf(product, asset.quantities, after)
  if (items.every((line) => line.quantity === line.oldQuantity) && given.length === 0) {
    throw invalid('Item limits is not changed in new request.')
  }
  const request = addRequest(state, asset, body, { items, params })
  if (!body.draft) goLive(state, request)
  return request
}

function changedQuantities(state: State, product: Product, asset: AssetRecord, body: RequestBody): Map<string, Quantity> {
  const wanted = readItems(product, body.asset['items'])
  const kept = state.options.omittedItems === 'kept' ? asset.quantities : new Map<string, Quantity>()
  const after = new Map([...kept, ...wanted])
  refuseAllZero(after)
  return after
}

function refuseState(state: State, asset: AssetRecord, body: RequestBody): void {
  if (asset.status === 'active') return
  refuseWhileOpen(state, asset)
  throw conflictWith(
    state,
    asset,
    lastRequestOf(state, asset),
    `Request type ${body.type} is not allowed when asset state is ${asset.status}`,
  )
}

/** Suspend or resume. Without the hold capability the request is made all the same, failed from the start. */
export function createHold(state: State, body: RequestBody): RequestRecord {
  const asset = assetOfBody(state, body)
  const product = productOf(state, asset)
  if (!product.hold) {
    const request = addRequest(state, asset, body, unchanged(product, asset))
    moveRequest(state, request, 'failed')
    request.reason = HOLD_UNSUPPORTED
    requestChanged(state, request)
    return request
  }
  const reached = body.type === 'suspend' ? 'suspended' : 'active'
  refuseWhileOpen(state, asset)
  if (asset.status === reached)
    throw conflictWith(state, asset, lastRequestOf(state, asset, body.type), `Asset is ${asset.status} already.`)
  if (body.type === 'suspend' || asset.status !== 'suspended') refuseState(state, asset, body)
  return live(state, asset, body)
}

export function createCancel(state: State, body: RequestBody): RequestRecord {
  const asset = assetOfBody(state, body)
  if (asset.status === 'terminating' || asset.status === 'terminated') {
    throw conflictWith(state, asset, lastRequestOf(state, asset, 'cancel') ?? lastRequestOf(state, asset))
  }
  refuseWhileOpen(state, asset)
  const allowed = asset.status === 'active' || (asset.status === 'suspended' && state.options.cancelWhileSuspended === 'allowed')
  if (!allowed) refuseState(state, asset, body)
  return live(state, asset, body)
}

/** The vendor's own: parameters of an active asset change, items do not. */
export function createAdjustment(state: State, body: RequestBody, who: Role): RequestRecord {
  if (who !== 'vendor') throw forbidden('Adjustment requests are created by the vendor.')
  const asset = assetOfBody(state, body)
  const product = productOf(state, asset)
  refuseState(state, asset, body)
  refuseWhileOpen(state, asset)
  const request = addRequest(state, asset, body, unchanged(product, asset))
  for (const { definition, entry } of readParams(product, body.asset['params'], who)) request.params.set(definition.name, entry)
  goLive(state, request)
  return request
}

function live(state: State, asset: AssetRecord, body: RequestBody): RequestRecord {
  const request = addRequest(state, asset, { ...body, draft: false }, unchanged(productOf(state, asset), asset))
  goLive(state, request)
  return request
}
