/** Puts the calls of the fulfilment API together for one publisher. What each call does and throws stands beside it in `fulfilment/`. */
import { activate } from './fulfilment/activate.ts'
import { cancel, changePlan, changeQuantity } from './fulfilment/changes.ts'
import { getOperation, listOperations, patchOperation } from './fulfilment/operations.ts'
import { listAvailablePlans } from './fulfilment/plans.ts'
import { resolve } from './fulfilment/resolve.ts'
import { getSubscription, listSubscriptions } from './fulfilment/subscriptions.ts'
import type { MicrosoftFulfilment } from './fulfilment/types.ts'
import type { MicrosoftApi } from './request.ts'

/** @param api share `http` and `tokens` between publishers: connections and tokens are kept there. */
export const createFulfilment = (api: MicrosoftApi): MicrosoftFulfilment => ({
  resolve: (purchaseToken, signal) => resolve(api, purchaseToken, signal),
  activate: (id, plan, signal) => activate(api, id, plan, signal),
  getSubscription: (id, signal) => getSubscription(api, id, signal),
  listSubscriptions: (signal, onUnreadable) => listSubscriptions(api, signal, onUnreadable),
  listAvailablePlans: (id, planId, signal) => listAvailablePlans(api, id, planId, signal),
  changePlan: (id, planId, signal) => changePlan(api, id, planId, signal),
  changeQuantity: (id, quantity, signal) => changeQuantity(api, id, quantity, signal),
  cancel: (id, signal) => cancel(api, id, signal),
  listOperations: (id, signal) => listOperations(api, id, signal),
  getOperation: (id, operationId, signal) => getOperation(api, id, operationId, signal),
  patchOperation: (id, operationId, answer, signal) => patchOperation(api, id, operationId, answer, signal),
  traced: (traced) => createFulfilment({ ...api, traced }),
})
