import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as answers from '../../test/contract/connect/answers.ts'
import { type Received, type Reply, startLocalConnect } from '../../test/contract/connect/local-connect.ts'
import { readRql } from '../../test/contract/connect/rql-reader.ts'
import { productId } from '../kit/ids.ts'
import { totalOf } from './paging.ts'

const number = (request: Received, name: string, otherwise: number): number => {
  const pair = readRql(request.search).find((term) => term.kind === 'pair' && term.property === name)
  return pair?.kind === 'pair' ? Number(pair.value) : otherwise
}

/** Pages as Connect does: clips the limit silently, FIRST-LAST wrong at the edges. */
const paged =
  (rows: readonly unknown[], clip: number, withTotal = true) =>
  (request: Received): Reply => {
    const offset = number(request, 'offset', 0)
    const body = rows.slice(offset, offset + Math.min(clip, number(request, 'limit', 10)))
    return { body, headers: withTotal ? { 'content-range': `items ${offset}-${offset}/${rows.length}` } : {} }
  }

const requests = (count: number) => Array.from({ length: count }, (_, n) => ({ ...answers.request, id: `PR-${n}` }))
const collect = async <T>(rows: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}

test('walking gives every row once, in order, however small the pages Connect really gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(25), fc.integer({ min: 1, max: 12 }), async (count, clip) => {
      await using connect = await startLocalConnect(paged(requests(count), clip))
      const ids = (await collect(connect.client.requests.walk({}))).map((request) => request.id)
      expect(ids).toEqual(requests(count).map((request) => request.id))
    }),
    { numRuns: 20 },
  )
})

test('walking asks for a stable order and always for a limit', async () => {
  await using connect = await startLocalConnect(paged(requests(1), 100))
  await collect(connect.client.requests.walk({}))
  const terms = readRql(connect.received[0]?.search ?? '')
  expect(terms).toContainEqual({ kind: 'ordering', properties: ['created'] })
  expect(terms).toContainEqual({ kind: 'pair', property: 'limit', value: '100' })
})

test('a row that slips onto the next page is given once', async () => {
  const rows = [...requests(100), { ...answers.request, id: 'PR-99' }, { ...answers.request, id: 'PR-new' }]
  await using connect = await startLocalConnect(paged(rows, 100))
  expect(await collect(connect.client.requests.walk({}))).toHaveLength(101)
})

test('without a total a short page is the last', async () => {
  await using connect = await startLocalConnect(paged(requests(150), 1000, false))
  expect(await collect(connect.client.requests.walk({}))).toHaveLength(150)
  expect(connect.received).toHaveLength(2)
})

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ ...answers.item, id: `PRD-1-${n}` }))
const product = productId.parse('PRD-1')

test('a product’s items come whole even when Connect clips the page', async () => {
  await using connect = await startLocalConnect(paged(items(23), 10))
  expect(await connect.client.items.list(product)).toHaveLength(23)
})

test('a list that changes while it is read is an error that can be tried again, not a shorter list', async () => {
  await using connect = await startLocalConnect((request, nth) => paged(items(nth > 2 ? 22 : 23), 10)(request))
  await expect(connect.client.items.list(product)).rejects.toMatchObject({ code: 'ERR_CONNECT_LIST_CHANGED', retryable: true })
})

test.each([
  ['items 0-9/57', 57],
  ['items 0-0/0', 0],
  ['items */12', 12],
  ['items 0-9/*', undefined],
  ['', undefined],
  [undefined, undefined],
])('Content-Range %j says %j', (header, total) => {
  expect(totalOf(header)).toBe(total)
})
