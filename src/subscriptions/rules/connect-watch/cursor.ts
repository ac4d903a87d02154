/**
 * How far Connect has been read, and what of a page is news. All times of requests are Connect's own: they are compared with each other,
 * never with our clock, so that it does not matter how far the two are apart.
 *
 * `updated` only ever grows. A request that changes while pages are read moves behind the reader, never past him: each page begins at the
 * last time read (and not at an offset). What Connect stores late, with an earlier time, is caught by reading the overlap again.
 */
import type { RequestId } from '../../../kit/ids.ts'
import { between, type Instant, instant, isBefore, type Milliseconds, minutes, plus, seconds } from '../../../kit/time.ts'

/** Read again each time: longer than Connect takes to show what it has stored, and than its machines' clocks are apart. */
export const OVERLAP: Milliseconds = minutes(2)
/** Connect writes whole seconds: a second change within the same one looks like the first. So each is news once more after this. */
const ONCE_MORE_AFTER: Milliseconds = seconds(2)

export interface Change {
  readonly id: RequestId
  readonly status: string
  /** By Connect's clock. */
  readonly updatedAt: Instant
}

export interface SeenChange {
  readonly status: string
  readonly updatedAt: Instant
  /** By our clock. */
  readonly seenAt: Instant
  /** It was news for the second time, or need not be. */
  readonly done: boolean
}

export interface WatchMemory {
  /** The latest `updated` read. */
  readonly cursor: Instant
  /** What was read within the overlap, by request. */
  readonly seen: ReadonlyMap<RequestId, SeenChange>
}

/** What there was before the watch began needs no wake: each subscription was looked at when it came, and is again by itself. */
export const beginning = (newest: Instant | undefined): WatchMemory => ({ cursor: newest ?? instant(0), seen: new Map() })

export const readFrom = ({ cursor }: WatchMemory): Instant => plus(cursor, -OVERLAP)

export interface Taken {
  readonly memory: WatchMemory
  /** The requests whose subscriptions have to look. */
  readonly news: ReadonlySet<RequestId>
}

/** Takes a page in. A page taken twice is news once. @param now by our clock. */
export function take(memory: WatchMemory, page: readonly Change[], now: Instant): Taken {
  const seen = new Map(memory.seen)
  const news = new Set<RequestId>()
  for (const change of page) {
    const known = seen.get(change.id)
    if (!known || !isSame(known, change)) {
      news.add(change.id)
      seen.set(change.id, { status: change.status, updatedAt: change.updatedAt, seenAt: now, done: isFine(change.updatedAt) })
    } else if (!known.done && Math.abs(between(known.seenAt, now)) >= ONCE_MORE_AFTER) {
      news.add(change.id)
      seen.set(change.id, { ...known, done: true })
    }
  }
  const cursor = page.reduce((latest, { updatedAt }) => (isBefore(latest, updatedAt) ? updatedAt : latest), memory.cursor)
  return { memory: { cursor, seen: within(seen, plus(cursor, -OVERLAP)) }, news }
}

const isSame = (known: SeenChange, change: Change): boolean =>
  known.status === change.status && known.updatedAt.getTime() === change.updatedAt.getTime()

/** Told more finely than to the second: no second change hides behind it. */
const isFine = (at: Instant): boolean => at.getTime() % 1000 !== 0

const within = (seen: ReadonlyMap<RequestId, SeenChange>, from: Instant): ReadonlyMap<RequestId, SeenChange> =>
  new Map([...seen].filter(([, { updatedAt }]) => !isBefore(updatedAt, from)))

/** Where the next page begins; `undefined` when as many requests as a page holds have one and the same time. */
export function nextPageFrom(from: Instant, page: readonly Change[]): Instant | undefined {
  const last = page.at(-1)?.updatedAt
  return last && isBefore(from, last) ? last : undefined
}
