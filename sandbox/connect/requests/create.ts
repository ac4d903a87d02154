/** `POST /requests`. */
import type { RequestRecord, Role } from '../records.ts'
import { forbidden } from '../refusal.ts'
import type { State } from '../state.ts'
import { readBody } from './body.ts'
import { createAdjustment, createCancel, createChange, createHold } from './later-requests.ts'
import { createPurchase } from './purchase.ts'

/**
 * @throws Refusal 400 for faulty data, 403 for what this side may not create, 409 for what is there already.
 */
export function createRequest(state: State, given: unknown, who: Role): RequestRecord {
  const scripted = who === 'provider' ? state.refusals.shift() : undefined
  if (scripted) throw scripted
  const body = readBody(given)
  if (who === 'vendor' && body.type !== 'adjustment' && body.type !== 'cancel') {
    throw forbidden(`A vendor cannot create ${body.type} requests.`)
  }
  switch (body.type) {
    case 'purchase':
      return createPurchase(state, body)
    case 'change':
      return createChange(state, body)
    case 'suspend':
    case 'resume':
      return createHold(state, body)
    case 'cancel':
      return createCancel(state, body)
    case 'adjustment':
      return createAdjustment(state, body, who)
  }
}
