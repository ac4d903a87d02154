/** Reads operations. Source: Fulfilment API 2018-08-31, schemas SaaSOperation and OperationList. */
import { z } from 'zod'
import { offerId, operationId, planId, subscriptionId } from '../../kit/ids.ts'
import { type MicrosoftOperation, OPERATION_ACTIONS, OPERATION_STATUSES } from '../operation.ts'
import { inList, openWords, optionalId, optionalInstant, optionalText, quantity, textOrEmpty } from './primitives.ts'
import { withoutPreview } from './subscription.ts'

/** The life-cycle page of the docs writes the states for the actions. */
export const readAction = openWords(OPERATION_ACTIONS, {
  suspended: 'Suspend',
  unsubscribed: 'Unsubscribe',
  reinstated: 'Reinstate',
  renewed: 'Renew',
  subscribed: 'Subscribe',
})
export const readOperationStatus = openWords(OPERATION_STATUSES)

export const optionalOfferId = optionalText.transform((text) =>
  text === undefined ? undefined : offerId.safeParse(withoutPreview(text)).data,
)

const wireOperation = z.object({
  id: operationId,
  subscriptionId: optionalId(subscriptionId),
  activityId: optionalText,
  publisherId: optionalText,
  offerId: optionalOfferId,
  planId: optionalId(planId),
  quantity,
  action: textOrEmpty,
  status: textOrEmpty,
  timeStamp: optionalInstant,
  errorStatusCode: optionalText,
  errorMessage: optionalText,
})

export const operation = wireOperation.transform(
  ({ action, status, ...wire }): MicrosoftOperation => ({
    ...wire,
    action: readAction(action),
    rawAction: action,
    status: readOperationStatus(status),
    rawStatus: status,
  }),
)

/** A bare array, `{ operations }`, or nothing at all. */
export const operationList = inList('operations', operation)
