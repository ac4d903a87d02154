/** What the distributor does with a request after creating it. */
import { isObject } from '../json.ts'
import type { RequestRecord, Role } from '../records.ts'
import { forbidden, invalid, wrongState } from '../refusal.ts'
import { assetOf, productOf, requestChanged, type State } from '../state.ts'
import { resolveTiers } from '../tiers/accounts.ts'
import { readBody } from './body.ts'
import { become, goLive } from './enter.ts'
import { linesOf, readItems } from './items.ts'
import { count } from './new-request.ts'
import { missingParams, readParams } from './params.ts'
import { checkPurchase, refuseTaken } from './purchase.ts'

/** A draft goes live: `purchase` for purchases, `submit` for changes. */
export function orderDraft(state: State, request: RequestRecord, call: 'purchase' | 'submit'): void {
  if (request.status !== 'draft') throw wrongState('Only draft requests can be provisioned.')
  if ((request.type === 'purchase') !== (call === 'purchase'))
    throw wrongState(`A draft of type ${request.type} cannot be ordered this way.`)
  const asset = assetOf(state, request)
  refuseTaken(state, asset.externalUid, asset.environment, request.type === 'purchase' ? asset : undefined)
  for (const entry of request.params.values()) delete entry.valueError
  count(state, asset.externalUid, request.type)
  request.keep?.()
  goLive(state, request)
}

/** A draft is written anew in full, an open request only in its parameters. */
export function updateRequest(state: State, request: RequestRecord, given: unknown, who: Role): void {
  const asset = isObject(given) && isObject(given['asset']) ? given['asset'] : undefined
  if (!asset) throw invalid('asset: This field is required.')
  if (who === 'provider' && request.status === 'draft') {
    rewriteDraft(state, request, given, asset)
    return
  }
  const open = request.status === 'inquiring' || request.status === 'draft' || (who === 'vendor' && request.status === 'pending')
  if (!open) throw wrongState(`A request in status "${request.status}" cannot be edited.`)
  for (const { definition, entry } of readParams(productOf(state, assetOf(state, request)), asset['params'], who)) {
    request.params.set(definition.name, entry)
  }
  requestChanged(state, request)
}

function rewriteDraft(state: State, request: RequestRecord, given: unknown, asset: Record<string, unknown>): void {
  const record = assetOf(state, request)
  const product = productOf(state, record)
  if (isObject(given) && typeof given['type'] === 'string' && asset['connection'] !== undefined && request.type === 'purchase') {
    const order = checkPurchase(state, readBody(given))
    record.tiers = resolveTiers(state, asset['tiers'], order.environment)
  }
  if (asset['items'] !== undefined) {
    const quantities = readItems(product, asset['items'])
    request.items = linesOf(product, request.type === 'purchase' ? new Map() : record.quantities, quantities)
    if (request.type === 'purchase') record.quantities = quantities
  }
  for (const { definition, entry } of readParams(product, asset['params'], 'provider')) request.params.set(definition.name, entry)
  requestChanged(state, request)
}

/** The answers are in; with the form's code by whoever filled it, without only where the option says so. */
export function pendRequest(state: State, request: RequestRecord, code: string | undefined): void {
  if (request.status !== 'inquiring') throw wrongState('Only inquiring requests can be moved to pending.')
  if (code === undefined ? state.options.pendWithoutCode === 'refused' : code !== request.formCode) {
    throw forbidden('The code of the parameter form is missing or wrong.')
  }
  const product = productOf(state, assetOf(state, request))
  const missing = missingParams(product, request.params)
  if (missing.length > 0) {
    throw invalid(
      ...missing.map(
        (parameter) => `asset.params.${parameter.name}: ${request.params.get(parameter.name)?.valueError ?? 'This field is required.'}`,
      ),
    )
  }
  request.answered = true
  request.formCode = undefined
  request.message = undefined
  become(state, request, 'pending')
}

/** Takes a scheduled request back; the vendor confirms. */
export function revokeRequest(state: State, request: RequestRecord, reason: string): void {
  if (reason.trim() === '') throw invalid('reason: This field may not be blank.')
  become(state, request, 'revoking')
  request.reason = reason
}
