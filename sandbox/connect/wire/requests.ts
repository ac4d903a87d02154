/** Requests, in lists and alone. */
import type { Json, JsonObject } from '../json.ts'
import type { RequestRecord, Role } from '../records.ts'
import { formUrl } from '../requests/form-url.ts'
import { assetOf, productOf, type State } from '../state.ts'
import { assetInRequest } from './assets.ts'
import { contractRef, events, marketplaceRef, stamp } from './common.ts'
import { capabilitiesWire } from './products.ts'

/** The assignee is a name in lists and an object alone, as in the real one. */
export function requestWire(state: State, request: RequestRecord, role: Role, view: 'list' | 'alone'): JsonObject {
  const asset = assetOf(state, request)
  const product = productOf(state, asset)
  const template = product.templates.find((each) => each.id === request.templateId)
  const shown = assetInRequest(state, asset, request, role)
  return {
    id: request.id,
    type: request.type,
    status: request.status,
    created: stamp(request.created),
    updated: stamp(request.updated),
    ...(request.effectiveDate && { effective_date: stamp(request.effectiveDate) }),
    ...(request.plannedDate && { planned_date: stamp(request.plannedDate) }),
    note: request.note,
    reason: request.reason,
    answered: request.answered,
    ...(request.assignee !== undefined && { assignee: assignee(request.assignee, view) }),
    activation_key: request.activationKey,
    ...(template && {
      template: { id: template.id, name: template.title, ...(request.message !== undefined && { message: request.message }) },
    }),
    ...paramsFormUrl(state, request),
    ...(request.previousApproved && { previous_approved_request: { id: request.previousApproved } }),
    external_attributes: request.externalAttributes,
    marketplace: marketplaceRef,
    contract: contractRef,
    asset: { ...shown, product: { ...(shown['product'] as JsonObject), capabilities: capabilitiesWire(product) } },
    events: events(request.created, request.updated),
  }
}

const assignee = (id: string, view: 'list' | 'alone'): Json =>
  view === 'list' ? id : { id, name: 'Larkspur integration', email: 'fulfilment@larkspur.example' }

function paramsFormUrl(state: State, request: RequestRecord): JsonObject {
  const url = formUrl(state, request)
  return url ? { params_form_url: url } : {}
}

/** A row of an asset's history. */
export const historyWire = (request: RequestRecord): JsonObject => ({
  id: request.id,
  type: request.type,
  status: request.status,
  events: events(request.created, request.updated),
})
