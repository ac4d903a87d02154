/** Where a request goes once it is live: waiting for a reseller's configuration, asking for what is missing, or pending at the vendor. */
import { templateOf } from '../catalogue/products.ts'
import type { RequestRecord, RequestStatus } from '../records.ts'
import { assetOf, moveAsset, moveRequest, productOf, requestChanged, type State } from '../state.ts'
import { openTierSetup } from '../tiers/configs.ts'
import { missingParams } from './params.ts'
import { renderTemplate } from './render.ts'

/** Takes a new or draft request live; `tierParams` are reseller-scope values that came with it. */
export function goLive(state: State, request: RequestRecord): void {
  const asset = assetOf(state, request)
  if (request.type === 'purchase') {
    moveAsset(state, asset, 'processing')
    if (openTierSetup(state, asset, request)) {
      become(state, request, 'tiers_setup')
      return
    }
  }
  if (request.type === 'cancel') moveAsset(state, asset, 'terminating')
  askOrWait(state, request)
}

/** After the reseller's configuration is done, or at once: missing required values are asked for, otherwise the vendor's turn has come. */
export function askOrWait(state: State, request: RequestRecord): void {
  const product = productOf(state, assetOf(state, request))
  const asks = request.type === 'purchase' || request.type === 'change'
  if (asks && missingParams(product, request.params).length > 0) {
    startInquiry(state, request, 'Please fill in the missing values.', undefined)
  } else {
    become(state, request, 'pending')
  }
}

/** Opens the form to the customer. The message is Markdown. */
export function startInquiry(state: State, request: RequestRecord, message: string | undefined, templateId: string | undefined): void {
  const product = productOf(state, assetOf(state, request))
  const template = product.templates.find((each) => each.id === templateId) ?? templateOf(product, 'inquire')
  request.templateId = template?.id
  request.message = message ?? (template ? renderTemplate(state, template, assetOf(state, request), request) : '')
  request.formCode = state.ids.formCode(request.id)
  become(state, request, 'inquiring')
}

/** Moves, and tells those who listen. */
export function become(state: State, request: RequestRecord, status: RequestStatus): void {
  moveRequest(state, request, status)
  requestChanged(state, request)
}
