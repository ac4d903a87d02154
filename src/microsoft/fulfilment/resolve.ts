import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { MicrosoftReply } from '../call.ts'
import { withCode } from '../failure.ts'
import { read } from '../read.ts'
import { type MicrosoftApi, send } from '../request.ts'
import type { MicrosoftSubscription } from '../subscription.ts'
import { resolved } from '../wire/resolved.ts'
import { subscription } from '../wire/subscription.ts'
import { getSubscription } from './subscriptions.ts'

/** Printable ASCII: what can travel in a header at all. */
const SENDABLE = /^[\x21-\x7e]{1,16384}$/

/**
 * Turns the purchase token of the landing page into the subscription it stands for.
 *
 * Works in every status of the subscription, again and again while the token lives (24 hours at most): a visit is not a purchase,
 * decide by the status. Reads the subscription by a second call when the answer carries only the early flat fields.
 *
 * @param purchaseToken the `token` of the landing address, decoded exactly once (`+` and `/` are common in it).
 * @throws ApiError `ERR_MS_PURCHASE_TOKEN_REFUSED` expired or damaged (400); `ERR_MS_FORBIDDEN` another publisher's;
 *   `ERR_MS_NOT_FOUND`.
 * @see Fulfilment API 2018-08-31, POST /saas/subscriptions/resolve
 */
export async function resolve(api: MicrosoftApi, purchaseToken: string, signal?: AbortSignal): Promise<MicrosoftSubscription> {
  if (!SENDABLE.test(purchaseToken)) throw new ApiError('ERR_MS_PURCHASE_TOKEN_REFUSED', { facts: { call: 'resolve' } })
  const reply = await sendToken(api, purchaseToken, signal)
  const { id, subscription: embedded } = read(reply, resolved)
  const whole = subscription.safeParse(embedded)
  return whole.success && whole.data.id === id && whole.data.rawStatus !== '' ? whole.data : getSubscription(api, id, signal)
}

async function sendToken(api: MicrosoftApi, purchaseToken: string, signal: AbortSignal | undefined): Promise<MicrosoftReply> {
  try {
    const call = { call: 'resolve', method: 'POST', path: '/saas/subscriptions/resolve', changes: false, repeatable: true } as const
    return await send(api, { ...call, purchaseToken, signal })
  } catch (error) {
    if (error instanceof ApiError && hasCode(error, 'ERR_MS_BAD_REQUEST')) throw withCode('ERR_MS_PURCHASE_TOKEN_REFUSED', error)
    throw error
  }
}
