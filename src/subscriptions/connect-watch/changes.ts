/** Reading what has changed in Connect, page by page. */
import type { ConnectClient, ConnectRequest } from '../../connect/index.ts'
import type { AssetId, ProductId } from '../../kit/ids.ts'
import { type Instant, plus, seconds } from '../../kit/time.ts'
import { type Change, nextPageFrom } from '../rules/connect-watch/cursor.ts'

const PAGE = 100

export type Requests = Pick<ConnectClient['requests'], 'changed' | 'walk'>

export interface ReadChange extends Change {
  /** For our own orders the Microsoft subscription. */
  readonly externalUid: string | undefined
  /** Of which asset: an operator may have matched it with a subscription. */
  readonly assetId: AssetId
}

/**
 * Every request changed at or after `from`, at least once, longest ago first. One that changes meanwhile is told again with its later time.
 * @throws ApiError of the `ERR_CONNECT_` family: what was told so far is good, the rest is read next time.
 */
export async function* changedSince(
  requests: Requests,
  productIds: readonly ProductId[],
  from: Instant,
  signal?: AbortSignal,
  limit = PAGE,
): AsyncGenerator<readonly ReadChange[]> {
  for (let begin = from; ; ) {
    const { items, total } = await requests.changed({ productIds, updatedSince: begin }, limit, signal)
    const page = items.map(toChange)
    yield page
    if (total === undefined ? items.length < limit : items.length >= total) return
    const next = nextPageFrom(begin, page)
    if (!next) yield await allSince(requests, productIds, begin, signal)
    begin = next ?? plus(begin, seconds(1))
  }
}

/** More of one and the same second than a page holds. By creation, which never changes: nothing leaves this list while it is read. */
async function allSince(
  requests: Requests,
  productIds: readonly ProductId[],
  from: Instant,
  signal?: AbortSignal,
): Promise<readonly ReadChange[]> {
  const all: ReadChange[] = []
  for await (const request of requests.walk({ productIds, updatedSince: from }, signal)) all.push(toChange(request))
  return all.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime())
}

const toChange = ({ id, statusRaw, updated, asset }: ConnectRequest): ReadChange => ({
  id,
  status: statusRaw,
  updatedAt: updated,
  externalUid: asset.externalUid,
  assetId: asset.id,
})
