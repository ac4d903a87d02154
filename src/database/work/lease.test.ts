import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { eventually } from '../../../test/helpers/eventually.ts'
import { settled, sub, type Then, workBench } from '../../../test/helpers/work.ts'
import { seconds } from '../../kit/time.ts'
import { inTransaction } from '../transaction.ts'
import { type Lease, listWork, storeHeld, wake, whileHeld } from './index.ts'

const { db, clock, seen, noting, worker } = workBench(await testDatabase())
const lost = expect.objectContaining({ code: 'ERR_LEASE_LOST' })

/** As if the holder had been away for longer than its lease and the longest call. */
const letLeaseEnd = () =>
  sql`update work set lease_until = lease_until - interval '1 hour', takeover_at = takeover_at - interval '1 hour'`.execute(db)

const notes = async () =>
  (await db.selectFrom('work_kind').select('kind').where('kind', 'like', 'note %').execute()).map(({ kind }) => kind.slice(5))

/** Something that is stored and seen, and who is woken by it. */
const noteAbout = (key: string) => ({
  changes: sql`noted as (insert into work_kind (kind, priority) select ${`note ${key}`}, 50 where ${whileHeld})`,
  wakes: { objects: [sub(key)], dueAt: clock.now() },
})

/** Looks once, with a lease the test plays with; a second look settles it. */
async function underLease(play: (lease: Lease) => Promise<void>): Promise<void> {
  let failure: unknown
  const first: Then = async (_key, lease) => {
    if (seen.length === 1) await play(lease).catch((error: unknown) => (failure = error))
    return settled
  }
  await wake(db, sub('a'), clock.now())
  await worker(noting(first)).runDue()
  if (failure) throw failure
}

describe('a lease', () => {
  test('held lets the holder write', async () => {
    await underLease(async (lease) => {
      await expect(inTransaction(db, (tx) => lease.assertHeld(tx))).resolves.toBeUndefined()
    })
  })

  test('that has ended is taken over, and then the first holder can neither write nor call, and is told to stop', async () => {
    await underLease(async (lease) => {
      await letLeaseEnd()
      expect(await worker(noting()).runDue()).toBe(1)
      await expect(inTransaction(db, (tx) => lease.assertHeld(tx))).rejects.toEqual(lost)
      await expect(lease.assertTimeFor(seconds(1))).rejects.toEqual(lost)
      expect(lease.signal.aborted).toBe(true)
    })
    expect(seen).toEqual(['a', 'a'])
  })

  test('is checked, and what was seen stored and woken with it, by one statement', async () => {
    await underLease(async (lease) => {
      expect(await storeHeld(db, lease.assertHeld, noteAbout('b'))).toBe(true)
      expect(await storeHeld(db, lease.assertHeld, { ...noteAbout('c'), onlyIf: sql`false` })).toBe(false)
    })
    expect(seen).toEqual(['a', 'b'])
    expect(await notes()).toEqual(['b'])
  })

  test('that was taken over stores nothing by that statement and wakes nobody, and the look is told to stop', async () => {
    await underLease(async (lease) => {
      await letLeaseEnd()
      await worker(noting()).runDue()
      await expect(storeHeld(db, lease.assertHeld, noteAbout('b'))).rejects.toEqual(lost)
      expect(lease.signal.aborted).toBe(true)
    })
    expect(seen).toEqual(['a', 'a'])
    expect(await notes()).toEqual([])
  })

  test('that has ended is not taken over before the longest call could have ended', async () => {
    await underLease(async () => {
      await sql`update work set lease_until = statement_timestamp() - interval '1 s', takeover_at = statement_timestamp() + interval '19 s'`.execute(
        db,
      )
      expect(await worker(noting()).runDue()).toBe(0)
    })
  })

  test('is not taken over while the holder writes: whoever asks meanwhile gets nothing, and does not wait', async () => {
    await underLease(async (lease) => {
      await inTransaction(db, async (tx) => {
        await lease.assertHeld(tx)
        await letLeaseEnd()
        expect(await worker(noting()).runDue()).toBe(0)
      })
      expect(await worker(noting()).runDue()).toBe(1)
    })
  })

  test('under which is written does not hold up a wake', async () => {
    await underLease(async (lease) => {
      await inTransaction(db, async (tx) => {
        await lease.assertHeld(tx)
        await wake(db, sub('a'), clock.now())
      })
    })
    expect(seen).toEqual(['a', 'a'])
  })

  test('is made to last longer than the call about to be made', async () => {
    await underLease(async (lease) => {
      await lease.assertTimeFor(seconds(20))
      const { rows } = await sql<{ left: number; spare: number }>`select
        extract(epoch from lease_until - clock_timestamp())::float8 as left, extract(epoch from takeover_at - lease_until)::float8 as spare from work`.execute(
        db,
      )
      expect(rows[0]?.left).toBeGreaterThan(20)
      expect(rows[0]?.spare).toBe(20)
    })
  })

  test('is not made for a call longer than the longest of its kind: a mistake of the caller', async () => {
    await underLease(async (lease) => {
      await expect(lease.assertTimeFor(seconds(21))).rejects.toThrow(RangeError)
      await expect(lease.assertTimeFor(Number.NaN)).rejects.toThrow(RangeError)
    })
  })

  test('is renewed while the look works', async () => {
    const until = async () => (await listWork(db))[0]?.leasedUntil?.getTime() ?? 0
    let renewed = false
    const look: Then = async () => {
      const first = await until()
      await eventually(until).toBeGreaterThan(first)
      renewed = true
      return settled
    }
    await wake(db, sub('a'), clock.now())
    await worker(noting(look), { leaseLength: 300 }).runDue()
    expect(renewed).toBe(true)
  })

  test('found lost at a renewal aborts the look', async () => {
    let reason: unknown
    const look: Then = async (_key, { signal }) => {
      if (seen.length > 1) return settled
      await sql`update work set lease_token = lease_token + 1000000`.execute(db)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      reason = signal.reason
      return settled
    }
    await wake(db, sub('a'), clock.now())
    await worker(noting(look), { leaseLength: 300 }).runDue()
    expect(reason).toEqual(lost)
  })

  test('kept by a dead process is taken back by any worker, and says so', async () => {
    await underLease(async () => {
      await letLeaseEnd()
      await worker([]).runDue()
      expect(await listWork(db)).toMatchObject([
        { dueAt: clock.now(), attempts: 1, lastError: { code: 'ERR_LEASE_LOST' }, leasedUntil: undefined },
      ])
    })
  })
})
