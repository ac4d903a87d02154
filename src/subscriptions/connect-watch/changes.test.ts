/** Whatever changes while it is read, whatever fails and whoever's clock is wrong: nobody is missed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConnectRequest, Page } from '../../connect/index.ts'
import { connectRequest } from '../../connect/model/request.ts'
import { productId, type RequestId } from '../../kit/ids.ts'
import { type Instant, type Milliseconds, minutes, plus, seconds, standingClock } from '../../kit/time.ts'
import { beginning, OVERLAP, readFrom, take, type WatchMemory } from '../rules/connect-watch/cursor.ts'
import { changedSince, type Requests } from './changes.ts'

const PRODUCT = productId.parse('PRD-1')
const PAGE = 3

interface Row {
  readonly id: string
  readonly createdAt: number
  updatedAt: number
  version: number
}

type Happening =
  | { readonly what: 'changes'; readonly row: number }
  /** Stored with a time that is already past when it can first be read. */
  | { readonly what: 'shows late'; readonly row: number; readonly by: Milliseconds }
  | { readonly what: 'many at once'; readonly count: number }
  | { readonly what: 'a page fails' }
  | { readonly what: 'time passes'; readonly by: Milliseconds }
  | { readonly what: 'it is read' }

/** Connect's requests, to the second; `between` happens before each page. Its clock is off ours by `skew`. */
function fakeConnect(clock: { now(): Instant }, skew: Milliseconds, beforePage: () => void) {
  const rows: Row[] = []
  const now = (): number => Math.floor((clock.now().getTime() + skew) / 1000) * 1000
  const since = (from: Instant) => rows.filter((row) => row.updatedAt >= from.getTime())
  const requests: Requests = {
    async changed({ updatedSince }, limit): Promise<Page<ConnectRequest>> {
      beforePage()
      const found = since(updatedSince).sort((a, b) => a.updatedAt - b.updatedAt || a.createdAt - b.createdAt)
      return { items: found.slice(0, limit).map(wire), total: found.length }
    },
    async *walk({ updatedSince = clock.now() }) {
      for (let offset = 0; ; offset += PAGE) {
        beforePage()
        const found = since(updatedSince).sort((a, b) => a.createdAt - b.createdAt)
        yield* found.slice(offset, offset + PAGE).map(wire)
        if (offset + PAGE >= found.length) return
      }
    },
  }
  return { rows, now, requests }
}

const text = (at: number): string => new Date(at).toISOString()
const wire = ({ id, createdAt, updatedAt }: Row): ConnectRequest =>
  connectRequest.parse({
    ...{ id, type: 'purchase', status: 'pending', created: text(createdAt), updated: text(updatedAt) },
    asset: { id: `AS-${id}`, status: 'processing', external_uid: id, product: { id: PRODUCT }, items: [] },
  })

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.nat(9).map((row): Happening => ({ what: 'changes', row })) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('shows late'), row: fc.nat(9), by: fc.nat(OVERLAP - seconds(2)) } as const),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map((count): Happening => ({ what: 'many at once', count })) },
  { weight: 1, arbitrary: fc.constant<Happening>({ what: 'a page fails' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0, 300, seconds(1), seconds(7), minutes(5)).map((by): Happening => ({ what: 'time passes', by })),
  },
  { weight: 4, arbitrary: fc.constant<Happening>({ what: 'it is read' }) },
)

/** Runs a history; happenings between two readings may fall between the pages of the first. */
async function run(history: readonly Happening[], skew: Milliseconds, amidst: readonly Happening[]) {
  const clock = standingClock('2026-03-02T09:00:00Z')
  const pending = [...amidst]
  let failing = 0
  /** What each row was when its subscription was woken last. */
  const woken = new Map<string, number>()
  const { rows, now, requests } = fakeConnect(clock, skew, () => {
    const next = pending.shift()
    if (next && next.what !== 'it is read') happen(next)
    if (failing > 0) {
      failing--
      throw new Error('Connect does not answer')
    }
  })
  let memory: WatchMemory = beginning(undefined)
  let shown: readonly RequestId[] = []

  function touch(index: number, at: number): void {
    const row = rows[index]
    if (!row) rows.push({ id: `PR-${rows.length}`, createdAt: at, updatedAt: at, version: 1 })
    else Object.assign(row, { updatedAt: Math.max(row.updatedAt, at), version: row.version + 1 })
  }
  function happen(one: Happening): void {
    if (one.what === 'changes') touch(one.row, now())
    if (one.what === 'shows late') touch(rows.length, now() - one.by)
    if (one.what === 'many at once') for (let n = 0; n < one.count; n++) touch(n, now())
    if (one.what === 'a page fails') failing = 1
    if (one.what === 'time passes') clock.moveBy(one.by)
  }
  async function read(): Promise<void> {
    try {
      for await (const page of changedSince(requests, [PRODUCT], readFrom(memory), undefined, PAGE)) {
        const taken = take(memory, page, clock.now())
        shown = [...taken.news]
        for (const id of taken.news) woken.set(id, rows.find((row) => row.id === id)?.version ?? 0)
        memory = taken.memory
      }
    } catch {
      // read next time
    }
  }
  for (const one of history) one.what === 'it is read' ? await read() : happen(one)
  pending.length = 0
  failing = 0
  await read()
  clock.moveBy(seconds(3))
  await read()
  await read()
  return { rows, woken, quiet: shown }
}

const histories = fc.array(happening, { maxLength: 40 })
const skews = fc.constantFrom(0, minutes(-7), minutes(7), seconds(1), 400)

test('a request that changes is news after its last change, whatever moves between pages, fails or differs in time', async () => {
  await fc.assert(
    fc.asyncProperty(histories, skews, fc.array(happening, { maxLength: 12 }), async (history, skew, amidst) => {
      const { rows, woken } = await run(history, skew, amidst)
      for (const row of rows) expect([row.id, woken.get(row.id)]).toEqual([row.id, row.version])
    }),
    { numRuns: 400 },
  )
})

test('what has not changed wakes nobody again', async () => {
  await fc.assert(
    fc.asyncProperty(histories, skews, async (history, skew) => {
      expect((await run(history, skew, [])).quiet).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('a page taken twice is news once', () => {
  const now = plus(new Date(0), seconds(1))
  fc.assert(
    fc.property(fc.array(fc.record({ id: fc.constantFrom('PR-1', 'PR-2', 'PR-3'), at: fc.nat(9) }), { maxLength: 3 }), (rows) => {
      const page = rows.map(({ id, at }) => wire({ id, createdAt: 0, updatedAt: at * 1000, version: 1 }))
      const changes = page.map(({ id, statusRaw, updated }) => ({ id, status: statusRaw, updatedAt: updated }))
      const distinct = changes.filter(({ id }, index) => changes.findIndex((one) => one.id === id) === index)
      const first = take(beginning(undefined), distinct, now)
      expect([...take(first.memory, distinct, now).news]).toEqual([])
    }),
  )
})
