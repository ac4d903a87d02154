/** The vendor's own system, when it is not a person on the desk: answers what becomes pending. */
import { plus } from '../../../src/kit/time.ts'
import type { RequestRecord, RequestType, TierConfigRequest } from '../records.ts'
import { approveTierConfig } from '../requests/tier-outcome.ts'
import { approveRequest, confirmRequest, failRequest, inquireRequest, scheduleRequest } from '../requests/vendor.ts'
import { assetOf, type Change, type State } from '../state.ts'
import { configOfRequest } from '../tiers/configs.ts'
import { manual, type VendorMode } from './modes.ts'

export const modeOf = (state: State, productId: string, type?: RequestType): VendorMode => {
  const modes = state.modes.get(productId)
  return (type && modes?.byType.get(type)) ?? modes?.general ?? manual
}

/** Sets how a product's requests are answered, all of them or only some types; what is pending already is answered too. */
export function setMode(state: State, productId: string, mode: VendorMode, only?: readonly RequestType[]): void {
  const modes = state.modes.get(productId) ?? { general: manual, byType: new Map() }
  if (only) for (const type of only) modes.byType.set(type, mode)
  else {
    modes.general = mode
    modes.byType.clear()
  }
  state.modes.set(productId, modes)
  for (const request of state.requests.values()) if (assetOf(state, request).productId === productId) planAnswer(state, request)
  for (const request of state.tierConfigRequests.values())
    if (configOfRequest(state, request).productId === productId) planTierAnswer(state, request)
}

export function onChange(state: State, change: Change): void {
  const request = state.requests.get(change.id)
  if (request) planAnswer(state, request)
  const tierRequest = state.tierConfigRequests.get(change.id)
  if (tierRequest) planTierAnswer(state, tierRequest)
}

function planAnswer(state: State, request: RequestRecord): void {
  if (request.status !== 'pending' && request.status !== 'revoking') return
  const mode = modeOf(state, assetOf(state, request).productId, request.type)
  if (mode.kind === 'manual') return
  const planned = request.status
  state.timers.after(mode.after ?? 0, () => {
    if (state.requests.get(request.id) === request && request.status === planned) answer(state, request, mode)
  })
}

function answer(state: State, request: RequestRecord, mode: VendorMode): void {
  if (request.status === 'revoking') {
    confirmRequest(state, request)
    return
  }
  switch (mode.kind) {
    case 'manual':
      break
    case 'automatic':
      approveRequest(state, request, { templateId: mode.templateId })
      break
    case 'inquireFirst':
      if (request.answered) approveRequest(state, request)
      else inquireRequest(state, request, mode)
      break
    case 'fail':
      failRequest(state, request, mode.reason)
      break
    case 'schedule':
      if (request.plannedDate) approveRequest(state, request)
      else scheduleRequest(state, request, plus(state.clock.now(), mode.by))
      break
  }
}

function planTierAnswer(state: State, request: TierConfigRequest): void {
  const mode = modeOf(state, configOfRequest(state, request).productId)
  if (request.status !== 'pending' || mode.kind === 'manual') return
  state.timers.after(mode.after ?? 0, () => {
    if (state.tierConfigRequests.get(request.id) === request && request.status === 'pending') approveTierConfig(state, request)
  })
}
