import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { eventually } from '../../../test/helpers/eventually.ts'
import { larkspur, settled, sub, untilAborted, workBench } from '../../../test/helpers/work.ts'
import { crashAt } from '../../kit/crash-point.ts'
import { AppError } from '../../kit/errors/index.ts'
import { silentLog } from '../../kit/log.ts'
import { minutes, plus, seconds, wallClock } from '../../kit/time.ts'
import { openDatabase } from '../open.ts'
import { defineInstallationLook, listFailing, listWork, type WorkObject, wake } from './index.ts'

const database = await testDatabase()
const { db, clock, seen, noting, worker } = workBench(database)

const kindAndKey = ({ kind, key }: WorkObject) => ({ kind, key })

describe('a look that throws', () => {
  test('is tried again after 1, 2, 4, 8 seconds, says why meanwhile, and is forgotten once it went well', async () => {
    const { runDue } = worker(
      noting(async () => {
        if (seen.length < 5) throw new AppError('ERR_MS_UNAVAILABLE')
        return settled
      }),
    )
    await wake(db, sub('a'), clock.now())
    for (const [failed, pause] of [1, 2, 4, 8].entries()) {
      expect(await runDue()).toBe(1)
      expect(await listWork(db, { failed: true })).toMatchObject([
        { attempts: failed + 1, dueAt: plus(clock.now(), seconds(pause)), lastError: { code: 'ERR_MS_UNAVAILABLE', at: clock.now() } },
      ])
      clock.moveBy(seconds(pause))
    }
    expect(await runDue()).toBe(1)
    expect(await listWork(db)).toEqual([])
  })

  test('is known to fail since its first failure, until it went well', async () => {
    let isDown = true
    const { runDue } = worker(
      noting(async () => {
        if (isDown) throw new AppError('ERR_MS_UNAVAILABLE')
        return { lookAgainAt: plus(clock.now(), minutes(5)) }
      }),
    )
    const began = clock.now()
    await wake(db, sub('a'), began)
    for (let round = 0; round < 3; round++) {
      await runDue()
      clock.moveBy(minutes(5))
    }
    expect(await listFailing(db, larkspur, plus(began, -1))).toEqual([])
    expect(await listFailing(db, larkspur, began)).toEqual([{ ...kindAndKey(sub('a')), code: 'ERR_MS_UNAVAILABLE', since: began }])
    isDown = false
    await wake(db, sub('a'), clock.now())
    await runDue()
    expect(await listFailing(db, larkspur, clock.now())).toEqual([])
  })

  test('does not hold up the others', async () => {
    const { runDue } = worker(
      noting(async (key) => {
        if (key === 'bad') throw new TypeError('a bug')
        return settled
      }),
    )
    for (const key of ['a', 'bad', 'z']) await wake(db, sub(key), clock.now())
    expect(await runDue()).toBe(3)
    expect(await listWork(db)).toMatchObject([{ key: 'bad', lastError: { code: 'ERR_INTERNAL', message: 'TypeError' } }])
  })

  test("does not write an unexpected error's words down, for they may hold somebody's data", async () => {
    const { runDue } = worker(noting(() => Promise.reject(new Error('jane@customer.example is unknown'))))
    await wake(db, sub('a'), clock.now())
    await runDue()
    expect(JSON.stringify(await listWork(db))).not.toMatch(/jane/)
  })

  test('is looked at at once when it is woken', async () => {
    const { runDue } = worker(noting(() => Promise.reject(new AppError('ERR_MS_UNAVAILABLE'))))
    await wake(db, sub('a'), clock.now())
    await runDue()
    await wake(db, sub('a'), clock.now())
    expect(await runDue()).toBe(1)
    expect(await listWork(db)).toMatchObject([{ attempts: 2 }])
  })

  test('at a crash point leaves the object to be looked at again', async () => {
    const { runDue } = worker(noting(), { crashPoint: crashAt('work.looked') })
    await wake(db, sub('a'), clock.now())
    expect(await runDue()).toBe(1)
    clock.moveBy(minutes(1))
    expect(await runDue()).toBe(1)
    expect(seen).toEqual(['a', 'a'])
  })
})

describe('an object', () => {
  test('of the whole installation needs no tenant', async () => {
    const keys: string[] = []
    const look = defineInstallationLook({
      kind: 'prune',
      priority: 50,
      longestCall: 0,
      async look({ key }) {
        keys.push(key)
        return { lookAgainAt: plus(clock.now(), minutes(1)) }
      },
    })
    await wake(db, { kind: 'prune', key: 'sessions' }, clock.now())
    expect(await worker(look).runDue()).toBe(1)
    expect(keys).toEqual(['sessions'])
    expect(await listWork(db)).toMatchObject([{ tenantId: undefined, dueAt: plus(clock.now(), minutes(1)) }])
  })

  test('of a kind this process does not know is left to others', async () => {
    await wake(db, { tenantId: larkspur, kind: 'unheard-of', key: 'x' }, clock.now())
    expect(await worker(noting()).runDue()).toBe(0)
    expect(await listWork(db)).toMatchObject([{ kind: 'unheard-of', attempts: 0 }])
  })
})

describe('a worker', () => {
  const never = minutes(10)

  test('looks at once at what this process has woken, without a poll', async () => {
    worker(noting(), { onlyWhenAsked: false, pollEvery: never })
    await wake(db, sub('a'), clock.now())
    await eventually(() => seen).toEqual(['a'])
  })

  test('looks at once at what another process has woken, without a poll', async () => {
    worker(noting(), { onlyWhenAsked: false, pollEvery: never })
    const other = openDatabase({ url: database.url, log: silentLog })
    await eventually(() => listeners()).toBe(1)
    await wake(other.db, sub('a'), clock.now())
    await eventually(() => seen).toEqual(['a'])
    await other.close()
  })

  test('looks when it is due, without a poll', async () => {
    worker(noting(), { onlyWhenAsked: false, pollEvery: never, clock: wallClock })
    await wake(db, sub('a'), plus(wallClock.now(), 150))
    await eventually(() => seen).toEqual(['a'])
  })

  test('finds at its poll what nobody told it of', async () => {
    worker(noting(), { onlyWhenAsked: false, pollEvery: 50 })
    await eventually(() => listeners()).toBe(1)
    await database.pool.query(
      `insert into work (tenant_id, kind, key, priority, due_at) values ('larkspur', 'subscription', 'a', 50, '2000-01-01')`,
    )
    await eventually(() => seen).toEqual(['a'])
  })

  test('that stops lets a look end within the grace', async () => {
    let release = () => {}
    const { stop } = worker(
      noting(() => new Promise((resolve) => (release = () => resolve(settled)))),
      { onlyWhenAsked: false },
    )
    await wake(db, sub('a'), clock.now())
    await eventually(() => seen).toEqual(['a'])
    const stopping = stop(seconds(30))
    release()
    await stopping
    expect(await listWork(db)).toEqual([])
  })

  test('that stops aborts a look after the grace, and leaves it due for others without calling it a failure', async () => {
    const { stop } = worker(noting(untilAborted), { onlyWhenAsked: false })
    await wake(db, sub('a'), clock.now())
    await eventually(() => seen).toEqual(['a'])
    await stop(0)
    expect(await listWork(db)).toMatchObject([{ key: 'a', dueAt: clock.now(), leasedUntil: undefined, attempts: 0, lastError: undefined }])
  })

  test('that has stopped claims nothing more', async () => {
    const { runDue, stop } = worker(noting())
    await stop()
    await wake(db, sub('a'), clock.now())
    expect(await runDue()).toBe(0)
  })

  test('with two looks of one kind is a mistake of the caller', () => {
    expect(() => worker([noting(), noting()])).toThrow(RangeError)
  })

  const listeners = async (): Promise<number> => {
    const { rows } = await database.pool.query(`select 1 from pg_stat_activity where datname = current_database() and query like 'listen%'`)
    return rows.length
  }
})
