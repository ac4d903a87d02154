import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { juniper, settled, sub, workBench } from '../../../test/helpers/work.ts'
import { days, minutes, plus, seconds } from '../../kit/time.ts'
import { inTransaction } from '../transaction.ts'
import { listWork, priorities, pullForward, wake, wakeAll } from './index.ts'

const { db, clock, seen, noting, worker } = workBench(await testDatabase())

test('a wake gives the object one look, and then it is settled', async () => {
  const { runDue } = worker(noting())
  await wake(db, sub('a'), clock.now())
  expect(await runDue()).toBe(1)
  expect(await runDue()).toBe(0)
  expect(await listWork(db)).toEqual([])
})

test('a wake is not due before its time', async () => {
  const { runDue } = worker(noting())
  await wake(db, sub('a'), plus(clock.now(), 300))
  expect(await runDue()).toBe(0)
  clock.moveBy(300)
  expect(await runDue()).toBe(1)
})

test('wakes join: one row, at the earliest time, with the greatest urgency, in whatever order they come', async () => {
  const wakes = fc.array(fc.record({ after: fc.nat({ max: 9 }), priority: fc.constantFrom(...Object.values(priorities)) }), {
    minLength: 1,
    maxLength: 5,
  })
  const run = fc.asyncProperty(wakes, fc.uuid(), async (all, key) => {
    for (const { after, priority } of all) await wake(db, { ...sub(key), priority }, plus(clock.now(), seconds(after)))
    expect(await listWork(db, { key })).toMatchObject([
      {
        dueAt: plus(clock.now(), seconds(Math.min(...all.map((one) => one.after)))),
        priority: Math.min(...all.map((one) => one.priority)),
      },
    ])
  })
  await fc.assert(run, { numRuns: 30 })
})

test('a wake that is rolled back never was', async () => {
  const undone = inTransaction(db, async (tx) => {
    await wake(tx, sub('a'), clock.now())
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  expect(await listWork(db)).toEqual([])
})

test('a wake during the look is kept: the object gets another look', async () => {
  const { runDue } = worker(
    noting(async () => {
      if (seen.length === 1) await wake(db, sub('a'), clock.now())
      return settled
    }),
  )
  await wake(db, sub('a'), clock.now())
  expect(await runDue()).toBe(2)
  expect(await listWork(db)).toEqual([])
})

test('a wake during the look counts more than the later time the look asks for', async () => {
  const tomorrow = plus(clock.now(), days(1))
  const { runDue } = worker(
    noting(async () => {
      if (seen.length === 1) await wake(db, sub('a'), clock.now())
      return { lookAgainAt: tomorrow }
    }),
  )
  await wake(db, sub('a'), clock.now())
  expect(await runDue()).toBe(2)
  expect(await listWork(db)).toMatchObject([{ dueAt: tomorrow }])
})

test('a wake not committed yet keeps a worker from looking too early, even where an older wake is due', async () => {
  const { runDue } = worker(noting())
  await wake(db, sub('a'), clock.now())
  await inTransaction(db, async (tx) => {
    await wake(tx, sub('a'), plus(clock.now(), minutes(1)))
    expect(await runDue()).toBe(0)
  })
  expect(await runDue()).toBe(1)
})

test('many are woken by one statement, whatever repeats among them', async () => {
  await wakeAll(db, [sub('b'), sub('a'), sub('b'), sub('a', juniper)], clock.now())
  await wakeAll(db, [], clock.now())
  expect((await listWork(db)).map(({ tenantId, key }) => `${tenantId} ${key}`)).toEqual(['juniper a', 'larkspur a', 'larkspur b'])
})

test('a wake pulled forward is due now; what does not wait is not made to', async () => {
  const { runDue } = worker(noting())
  await wake(db, sub('a'), plus(clock.now(), 300))
  await pullForward(db, sub('a'), clock.now())
  await pullForward(db, sub('b'), clock.now())
  expect(await runDue()).toBe(1)
  expect(seen).toEqual(['a'])
})
