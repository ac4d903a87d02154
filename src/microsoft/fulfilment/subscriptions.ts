import type { SubscriptionId } from '../../kit/ids.ts'
import type { MicrosoftReply } from '../call.ts'
import { unexpectedAnswer } from '../failure.ts'
import { continuationOf } from '../links.ts'
import { faultsOf, read } from '../read.ts'
import { type MicrosoftApi, send } from '../request.ts'
import type { MicrosoftSubscription } from '../subscription.ts'
import { segment } from '../url.ts'
import { page } from '../wire/page.ts'
import { subscription } from '../wire/subscription.ts'

/** More than any publisher has: 100 rows a page. */
const MOST_PAGES = 100_000

/**
 * Reads one subscription: the truth that every message only points to.
 *
 * @throws ApiError `ERR_MS_NOT_FOUND` or `ERR_MS_FORBIDDEN`: neither means Unsubscribed, look at the credentials first.
 * @see Fulfilment API 2018-08-31, GET /saas/subscriptions/{subscriptionId}
 */
export async function getSubscription(api: MicrosoftApi, id: SubscriptionId, signal?: AbortSignal): Promise<MicrosoftSubscription> {
  const reply = await send(api, { call: 'getSubscription', method: 'GET', path: `/saas/subscriptions/${segment(id)}`, signal })
  const found = read(reply, subscription)
  if (found.id !== id) throw unexpectedAnswer(reply, 'another subscription than asked for')
  return found
}

/**
 * All subscriptions of all offers of the app, ended ones included, page by page (up to 100 each; Microsoft has no filter).
 *
 * A page is a glimpse: it wakes, `getSubscription` decides. A row that cannot be read is left out and logged as an error.
 *
 * @throws ApiError `ERR_MS_UNEXPECTED_ANSWER` when the next page cannot be told or the list goes in circles: never a short list.
 * @see Fulfilment API 2018-08-31, GET /saas/subscriptions/
 */
export async function* listSubscriptions(
  api: MicrosoftApi,
  signal?: AbortSignal,
  onUnreadable?: () => void,
): AsyncGenerator<readonly MicrosoftSubscription[]> {
  const seen = new Set<string>()
  let continuation: string | undefined
  do {
    const query = continuation === undefined ? {} : { continuationToken: continuation }
    const reply = await send(api, { call: 'listSubscriptions', method: 'GET', path: '/saas/subscriptions/', query, signal })
    const { subscriptions, '@nextLink': nextLink } = read(reply, page)
    yield subscriptions.flatMap((row) => readRow(api, reply, row, onUnreadable))
    continuation = nextLink === undefined ? undefined : nextPage(reply, nextLink, seen)
  } while (continuation !== undefined)
}

function nextPage(reply: MicrosoftReply, nextLink: string, seen: Set<string>): string {
  const continuation = continuationOf(nextLink)
  if (continuation === undefined) throw unexpectedAnswer(reply, 'a next page without a continuation token')
  if (seen.has(continuation) || seen.size >= MOST_PAGES) throw unexpectedAnswer(reply, 'the pages have no end')
  seen.add(continuation)
  return continuation
}

function readRow(api: MicrosoftApi, reply: MicrosoftReply, row: unknown, onUnreadable?: () => void): readonly MicrosoftSubscription[] {
  const result = subscription.safeParse(row)
  if (result.success) return [result.data]
  api.log.error({ ...reply.ids, fault: faultsOf(result.error) }, 'a listed subscription cannot be read')
  onUnreadable?.()
  return []
}
