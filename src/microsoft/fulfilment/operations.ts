import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { OperationId, SubscriptionId } from '../../kit/ids.ts'
import { seconds } from '../../kit/time.ts'
import { unexpectedAnswer, withCode } from '../failure.ts'
import type { MicrosoftOperation } from '../operation.ts'
import { read } from '../read.ts'
import { type MicrosoftApi, send } from '../request.ts'
import { segment } from '../url.ts'
import { operation, operationList } from '../wire/operation.ts'
import type { OperationAnswer } from './types.ts'

/** Silence for ten seconds is a yes: an answer must not wait for a slow connection. */
const ANSWER_TIMEOUT = seconds(5)

/**
 * The operations still in progress. New ones appear late, and an unknown subscription is answered with an empty list: an empty
 * list proves nothing.
 *
 * @throws ApiError `ERR_MS_BAD_REQUEST`; `ERR_MS_NOT_FOUND`.
 * @see Fulfilment API 2018-08-31, GET /saas/subscriptions/{subscriptionId}/operations
 */
export async function listOperations(api: MicrosoftApi, id: SubscriptionId, signal?: AbortSignal): Promise<readonly MicrosoftOperation[]> {
  return read(await send(api, { call: 'listOperations', method: 'GET', path: pathOf(id), signal }), operationList)
}

/**
 * One operation, open or final. For Renew, Suspend and Unsubscribe Microsoft may not know it: look at the subscription then.
 *
 * @throws ApiError `ERR_MS_NOT_FOUND`, also for Microsoft's 400 to an unknown id.
 * @see Fulfilment API 2018-08-31, GET /saas/subscriptions/{subscriptionId}/operations/{operationId}
 */
export async function getOperation(
  api: MicrosoftApi,
  id: SubscriptionId,
  operationId: OperationId,
  signal?: AbortSignal,
): Promise<MicrosoftOperation> {
  try {
    const reply = await send(api, { call: 'getOperation', method: 'GET', path: pathOf(id, operationId), signal })
    const found = read(reply, operation)
    if (found.id !== operationId) throw unexpectedAnswer(reply, 'another operation than asked for')
    return found
  } catch (error) {
    if (error instanceof ApiError && hasCode(error, 'ERR_MS_BAD_REQUEST')) throw withCode('ERR_MS_NOT_FOUND', error)
    throw error
  }
}

/**
 * Answers an operation of Microsoft's: takes the plan or seat change, or refuses it. Only inside ten seconds after its notice, and
 * only after our 200 to that notice; later the change stands. Repeating is safe.
 *
 * A Failure that throws was not taken: the change then stands and must be carried out.
 *
 * @throws ApiError `ERR_MS_CONFLICT` final already, or a newer change took effect: read again; `ERR_MS_BAD_REQUEST`;
 *   `ERR_MS_NOT_FOUND`. An operation we started ourselves (source Partner) is answered with a 500: do not answer those.
 * @see Fulfilment API 2018-08-31, PATCH /saas/subscriptions/{subscriptionId}/operations/{operationId}
 */
export async function patchOperation(
  api: MicrosoftApi,
  id: SubscriptionId,
  operationId: OperationId,
  answer: OperationAnswer,
  signal?: AbortSignal,
): Promise<void> {
  const path = pathOf(id, operationId)
  const call = { call: 'patchOperation', method: 'PATCH', path, timeout: ANSWER_TIMEOUT, repeatable: true } as const
  await send(api, { ...call, body: { status: answer }, signal })
}

const pathOf = (id: SubscriptionId, operationId?: OperationId): string =>
  `/saas/subscriptions/${segment(id)}/operations${operationId === undefined ? '' : `/${segment(operationId)}`}`
