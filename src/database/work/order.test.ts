import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { eventually } from '../../../test/helpers/eventually.ts'
import { juniper, larkspur, sub, untilAborted, workBench } from '../../../test/helpers/work.ts'
import { days, plus, seconds } from '../../kit/time.ts'
import { priorities, wake, wakeAll } from './index.ts'
import { roomFor } from './running.ts'

const { db, clock, seen, noting, worker } = workBench(await testDatabase())
const answer = { tenantId: larkspur, kind: 'operation', key: 'answer' }
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix} ${n}`)

test('the urgent come first, whether the kind or the wake says so', async () => {
  const operations = noting(undefined, { kind: 'operation', priority: priorities.answer })
  const { runDue } = worker([noting(), operations], { concurrency: 1 })
  await wake(db, sub('routine'), plus(clock.now(), -seconds(60)))
  await wake(db, { ...sub('person'), priority: priorities.person }, clock.now())
  await wake(db, answer, clock.now())
  await runDue()
  expect(seen).toEqual(['answer', 'person', 'routine'])
})

test("an urgency lasts for one look: the next time it is the kind's own", async () => {
  const { runDue } = worker(noting(async () => ({ lookAgainAt: plus(clock.now(), seconds(1)) })))
  await wake(db, { ...sub('a'), priority: priorities.person }, clock.now())
  await runDue()
  const rows = await db.selectFrom('work').select('priority').execute()
  expect(rows).toEqual([{ priority: priorities.routine }])
})

test('within a tenant the longest due come first', async () => {
  const { runDue } = worker(noting(), { concurrency: 1 })
  for (const [index, key] of ['third', 'second', 'first'].entries()) await wake(db, sub(key), plus(clock.now(), -seconds(index)))
  await runDue()
  expect(seen).toEqual(['first', 'second', 'third'])
})

test('ten thousand due objects of one tenant do not keep another waiting: both are in the first batch', async () => {
  await wakeAll(
    db,
    numbered('many', 10_000).map((key) => sub(key)),
    plus(clock.now(), -days(1)),
  )
  await wakeAll(
    db,
    numbered('few', 5).map((key) => sub(key, juniper)),
    clock.now(),
  )
  void worker(noting(untilAborted), { concurrency: 10 }).runDue()
  await eventually(() => seen.length).toBe(10)
  expect(seen).toEqual(expect.arrayContaining(numbered('few', 5)))
})

test('of more tenants than a batch has places, none is left out for long', async () => {
  const { runDue } = worker(noting(), { concurrency: 5 })
  for (let n = 0; n < 20; n++) {
    const tenant = `tenant-${String(n).padStart(2, '0')}` as typeof larkspur
    await wakeAll(
      db,
      numbered(tenant, 20).map((key) => sub(key, tenant)),
      clock.now(),
    )
  }
  await runDue()
  const firstTurns = [...new Map(seen.toReversed().map((key, back) => [key.slice(0, 9), seen.length - 1 - back])).values()]
  expect(firstTurns.length).toBe(20)
  expect(Math.max(...firstTurns)).toBeLessThan(300)
})

test('when every place is taken, some are left for answers to Microsoft, and only for them', () => {
  expect(roomFor(0, 20, 25)).toMatchObject({ limit: 20 })
  expect(roomFor(0, 40, 25)).toMatchObject({ limit: 25 })
  expect(roomFor(20, 20, 25)).toEqual({ limit: 20, upTo: priorities.answer })
  expect(roomFor(40, 20, 25)).toMatchObject({ limit: 0 })
})

test('an answer to Microsoft is given while slow looks take every place', async () => {
  const operations = noting(undefined, { kind: 'operation', priority: priorities.answer })
  const { nudge } = worker([noting(untilAborted), operations], { concurrency: 2, onlyWhenAsked: false, pollEvery: seconds(60) })
  await wakeAll(
    db,
    numbered('slow', 5).map((key) => sub(key)),
    clock.now(),
  )
  await eventually(() => seen.length).toBe(2)
  await wake(db, answer, clock.now())
  nudge()
  await eventually(() => seen).toContain('answer')
  expect(seen.length).toBe(3)
})
