/**
 * Reads the body of a webhook call in every documented and older shape. Source: Partner Center docs, webhook page (payload with
 * `subscription`), the 2019 contract (`operationId`), minimal bodies seen in 2021, `operationType` of early drafts, and the API
 * emulator's `operationRequestedSource`.
 */
import { z } from 'zod'
import { operationId, planId, subscriptionId } from '../../kit/ids.ts'
import { optionalOfferId } from './operation.ts'
import { optionalId, optionalInstant, optionalText, quantity } from './primitives.ts'

export const wireNotice = z.looseObject({
  id: optionalId(operationId),
  operationId: optionalId(operationId),
  activityId: optionalText,
  subscriptionId: optionalId(subscriptionId),
  publisherId: optionalText,
  offerId: optionalOfferId,
  planId: optionalId(planId),
  /** Not worth refusing a message for: the number that counts is read from the operation. */
  quantity: quantity.catch(undefined),
  action: optionalText,
  operationType: optionalText,
  status: optionalText,
  operationRequestSource: optionalText,
  operationRequestedSource: optionalText,
  timeStamp: optionalInstant,
  subscription: z.unknown().optional(),
})
