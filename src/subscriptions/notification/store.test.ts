/** What comes together is kept as if it had come one by one. */
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { listWork } from '../../database/work/index.ts'
import { operationId, subscriptionId, tenantId } from '../../kit/ids.ts'
import { plus, seconds, standingClock } from '../../kit/time.ts'
import { readNotice } from '../../microsoft/index.ts'
import { loadOperation } from '../operations/store.ts'
import { listNotices } from './read.ts'
import { repliesHaveLeft } from './reply.ts'
import type { Delivery } from './row.ts'
import { addNotices } from './store.ts'

const add = (...deliveries: readonly Delivery[]) =>
  addNotices(
    db,
    deliveries.map((delivery) => ({ delivery, now: clock.now() })),
  )

const { db } = await testDatabase()
const clock = standingClock('2030-01-01T00:00:00Z')
const tenants = ['acme', 'juniper'].map((id) => tenantId.parse(id))
const [acme = tenantId.parse(''), juniper = tenantId.parse('')] = tenants
await db
  .insertInto('tenants')
  .values(
    tenants.map((id) => ({
      id,
      name: id,
      status: 'active' as const,
      connect_api_url: null,
      created_at: new Date(0),
      updated_at: new Date(0),
    })),
  )
  .execute()

beforeEach(async () => {
  await db.deleteFrom('notices').execute()
  await db.deleteFrom('work').execute()
})

const change = (id: string, about: string) => JSON.stringify({ id, subscriptionId: about, action: 'ChangeQuantity', quantity: 7 })
const delivery = (text: string, more: Partial<Delivery> = {}): Delivery => ({
  tenantId: acme,
  productId: 'PRD-1',
  receivedAt: clock.now(),
  headers: {},
  body: { text, bytes: text.length, truncated: false },
  reading: readNotice(text),
  claims: { aud: 'app', iss: 'https://sts.windows.net/x/', tid: 'x', ver: '1.0', appid: 'y', exp: 1 },
  version: 'v1',
  ...more,
})

test('repeats that come together are linked to the first of them, which alone is waited for; another publisher’s are its own', async () => {
  const [operation, about] = [operationId.parse(randomUUID()), subscriptionId.parse(randomUUID())]
  const text = change(operation, about)
  const again = delivery(text, { receivedAt: plus(clock.now(), seconds(2)) })
  const [first, second, other, odd] = await add(delivery(text), again, delivery(text, { tenantId: juniper }), delivery('no JSON'))
  const [third] = await add(delivery(text))
  expect((await listNotices(db, { tenantId: acme })).toReversed()).toMatchObject([
    { id: first, repeatOf: undefined, outcome: undefined },
    { id: second, repeatOf: first, outcome: 'repeated' },
    { id: odd, repeatOf: undefined, unreadableBecause: 'notJson' },
    { id: third, repeatOf: first, outcome: 'repeated' },
  ])
  expect(await listNotices(db, { tenantId: juniper })).toMatchObject([{ id: other, repeatOf: undefined }])
  const key = { tenantId: acme, operationId: operation }
  expect(await loadOperation(db, key)).toMatchObject({ firstToldAt: clock.now(), lastToldAt: again.receivedAt })
  expect(await listWork(db, { tenantId: acme })).toMatchObject([
    { kind: 'subscription.operation', key: operation, dueAt: plus(clock.now(), 300) },
    { kind: 'subscription', key: about, dueAt: plus(clock.now(), 3_000) },
  ])
})

test('when one cannot be stored, none of those that came with it is, and nothing is woken', async () => {
  const nobody = tenantId.parse('nobody')
  const good = delivery(change(randomUUID(), randomUUID()))
  await expect(add(good, { ...good, tenantId: nobody })).rejects.toThrow()
  expect([await listNotices(db, { tenantId: acme }), await listWork(db)]).toEqual([[], []])
})

test('how it was answered is kept, and once, even while the notice is just being written', async () => {
  const [one = '', two = ''] = await add(delivery('1'), delivery('2'))
  const left = { held: undefined, leftAt: clock.now() }
  const replies = [one, two].map((id) => ({ tenantId: acme, id, status: 200, took: 4.6, ...left }))
  const { done } = await db.transaction().execute(async (tx) => {
    await tx.updateTable('notices').set({ product_id: 'PRD-2' }).where('id', '=', one).execute()
    const recording = repliesHaveLeft(db, replies)
    await expect.poll(async () => (await listNotices(db, { tenantId: acme }))[0]?.answered).toBeDefined()
    return { done: recording }
  })
  await done
  await repliesHaveLeft(db, [{ tenantId: acme, id: one, status: 500, took: 9, ...left }])
  const answered = { status: 200, milliseconds: 5 }
  expect(await listNotices(db, { tenantId: acme })).toMatchObject([{ answered }, { answered }])
})
