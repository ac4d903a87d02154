/** What the vendor does with a request. Each refuses a request in the wrong state. */
import type { Instant } from '../../../src/kit/time.ts'
import { isAtOrAfter } from '../../../src/kit/time.ts'
import { RECONCILIATION_PARAMETER } from '../catalogue/parameters.ts'
import { type Product, templateOf } from '../catalogue/products.ts'
import type { AssetRecord, Quantity, RequestRecord, RequestStatus } from '../records.ts'
import { invalid, wrongState } from '../refusal.ts'
import { assetOf, moveAsset, productOf, type State } from '../state.ts'
import { become, startInquiry } from './enter.ts'
import { copyOf } from './params.ts'
import { renderAsset } from './render.ts'

export interface Approval {
  /** A fulfilment template of the product; its first one when left out. */
  readonly templateId?: string | undefined
  /** The activation text itself, instead of a template. */
  readonly activationTile?: string | undefined
  readonly effectiveDate?: Instant | undefined
  /** Delivered quantities by item id where the vendor delivers other than ordered. */
  readonly quantities?: Readonly<Record<string, Quantity>> | undefined
}

export function approveRequest(state: State, request: RequestRecord, approval: Approval = {}): void {
  demand(request, 'pending')
  const asset = assetOf(state, request)
  const product = productOf(state, asset)
  const template = approval.activationTile === undefined ? fulfilmentTemplate(product, approval.templateId) : undefined
  for (const [itemId, quantity] of Object.entries(approval.quantities ?? {})) {
    const line = request.items.find((each) => each.itemId === itemId)
    if (line) line.quantity = quantity
  }
  become(state, request, 'approved')
  settleApproved(state, asset, product, request)
  request.templateId = template?.id
  request.effectiveDate = approval.effectiveDate ?? state.clock.now()
  if (request.type === 'purchase' || request.type === 'change' || request.type === 'adjustment') {
    asset.activation = template ? { templateId: template.id } : { text: approval.activationTile ?? '' }
  }
  request.activationKey = renderAsset(state, asset)
}

function fulfilmentTemplate(product: Product, id: string | undefined) {
  if (id === undefined) return templateOf(product, 'fulfillment')
  const template = product.templates.find((each) => each.id === id && each.type === 'fulfillment' && each.scope === 'asset')
  if (!template) throw invalid(`template_id: Template "${id}" not found.`)
  return template
}

function settleApproved(state: State, asset: AssetRecord, product: Product, request: RequestRecord): void {
  switch (request.type) {
    case 'purchase':
      fillVendorParams(product, asset, request)
      takeOver(asset, request)
      moveAsset(state, asset, 'active')
      break
    case 'change':
    case 'adjustment':
      takeOver(asset, request)
      asset.updated = state.clock.now()
      break
    case 'suspend':
      moveAsset(state, asset, 'suspended')
      break
    case 'resume':
      moveAsset(state, asset, 'active')
      break
    case 'cancel':
      moveAsset(state, asset, 'terminated')
      break
  }
}

function takeOver(asset: AssetRecord, request: RequestRecord): void {
  asset.quantities = new Map(request.items.map((line) => [line.itemId, line.quantity]))
  asset.params = copyOf(request.params)
}

/** What this vendor sets on every new subscription, unless it has done so by hand. */
function fillVendorParams(product: Product, asset: AssetRecord, request: RequestRecord): void {
  const fill = (name: string, value: string): void => {
    if (product.parameters.some((parameter) => parameter.name === name) && !request.params.has(name)) request.params.set(name, { value })
  }
  fill(RECONCILIATION_PARAMETER, `LKS-${asset.id.slice(3).replaceAll('-', '')}`)
  fill('workspace_url', `https://${request.params.get('workspace_address')?.value || 'www'}.projects.larkspur.example`)
  fill('internal_cluster', 'eu-west-7')
}

export function failRequest(state: State, request: RequestRecord, reason: string): void {
  if (reason.trim() === '') throw invalid('reason: This field may not be blank.')
  demand(request, 'pending', 'inquiring')
  endWithout(state, request, 'failed', reason)
}

/** The vendor's turn comes only in some states; the rest of the moves are Connect's own. */
function demand(request: RequestRecord, ...statuses: readonly RequestStatus[]): void {
  if (!statuses.includes(request.status)) throw wrongState(`This is not possible for a request in status "${request.status}".`)
}

/** The order did not come about: a purchase ends its asset, a cancel leaves it as it was. */
export function endWithout(state: State, request: RequestRecord, status: 'failed' | 'revoked', reason: string): void {
  const asset = assetOf(state, request)
  become(state, request, status)
  request.reason = reason
  request.formCode = undefined
  if (request.type === 'purchase') moveAsset(state, asset, 'terminated')
  if (request.type === 'cancel') moveAsset(state, asset, request.assetStatusBefore)
}

export interface Inquiry {
  readonly templateId?: string | undefined
  /** The text itself, instead of a template. */
  readonly message?: string | undefined
  /** What is wrong, by parameter name. */
  readonly errors?: Readonly<Record<string, string>> | undefined
}

export function inquireRequest(state: State, request: RequestRecord, inquiry: Inquiry = {}): void {
  demand(request, 'pending')
  const product = productOf(state, assetOf(state, request))
  const { templateId } = inquiry
  if (templateId !== undefined && !product.templates.some((each) => each.id === templateId && each.type === 'inquire')) {
    throw invalid(`template_id: Template "${templateId}" not found.`)
  }
  const errors = Object.entries(inquiry.errors ?? {})
  for (const [name] of errors) {
    if (!product.parameters.some((parameter) => parameter.name === name)) throw invalid(`asset.params: Parameter "${name}" does not exist.`)
  }
  startInquiry(state, request, inquiry.message, templateId)
  for (const [name, valueError] of errors) request.params.set(name, { value: '', ...request.params.get(name), valueError })
}

/** Puts it off; it comes back to pending when the date has come. */
export function scheduleRequest(state: State, request: RequestRecord, plannedDate: Instant): void {
  if (isAtOrAfter(state.clock.now(), plannedDate)) throw invalid('planned_date: The date must be in the future.')
  become(state, request, 'scheduled')
  request.plannedDate = plannedDate
  state.timers.at(plannedDate, () => {
    if (state.requests.get(request.id) === request && request.status === 'scheduled' && request.plannedDate === plannedDate) {
      become(state, request, 'pending')
    }
  })
}

/** Confirms what the distributor asked to revoke. */
export function confirmRequest(state: State, request: RequestRecord): void {
  endWithout(state, request, 'revoked', request.reason)
}
