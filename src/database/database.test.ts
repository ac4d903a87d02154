import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/helpers/database.ts'
import { eventually } from '../../test/helpers/eventually.ts'
import { AppError } from '../kit/errors/index.ts'
import { silentLog } from '../kit/log.ts'
import { copyIn } from './copy.ts'
import { openDatabase } from './open.ts'
import { inTransaction } from './transaction.ts'

const { db, url } = await testDatabase()

describe('a connection', () => {
  test('keeps bigint and numeric exact, as text', async () => {
    const { rows } = await sql`select 9007199254740993::bigint as big, 0.10000000000000000001::numeric as exact`.execute(db)
    expect(rows[0]).toEqual({ big: '9007199254740993', exact: '0.10000000000000000001' })
  })

  test('reads timestamptz as an instant, and a day as text whatever the zone of the machine', async () => {
    const { rows } = await sql`select '2030-01-01T12:00:00+02'::timestamptz as at, '2030-01-01'::date as day`.execute(db)
    expect(rows[0]).toEqual({ at: new Date('2030-01-01T10:00:00Z'), day: '2030-01-01' })
  })

  test('works in UTC', async () => {
    const { rows } = await sql`select current_setting('timezone') as zone`.execute(db)
    expect(rows[0]).toEqual({ zone: 'UTC' })
  })

  test('that cannot be had is ERR_DB_UNAVAILABLE, which may pass', async () => {
    const nowhere = openDatabase({ url: 'postgresql://nobody@localhost/none?host=/tmp/there-is-no-such-folder', log: silentLog })
    const error = await sql`select 1`.execute(nowhere.db).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'ERR_DB_UNAVAILABLE', retryable: true })
    await nowhere.close()
  })

  test('lost in the middle of a transaction fails the transaction, not the process, and the next one gets another', async () => {
    const broken = inTransaction(db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(db)
      await eventually(async () => (await sql`select 1`.execute(tx).catch(() => 'failed')) === 'failed').toBe(true)
      throw new Error('as expected')
    })
    await expect(broken).rejects.toThrow()
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })

  test('can be closed twice', async () => {
    const second = openDatabase({ url, log: silentLog })
    await sql`select 1`.execute(second.db)
    await second.close()
    await expect(second.close()).resolves.toBeUndefined()
  })
})

describe('copyIn', () => {
  test('keeps every value as it was given, whatever is in it and whatever the row before had', async () => {
    const rows: (readonly [string, string | null])[] = [
      ['same', 'tab\tand\nline\r'],
      ['same', 'tab\tand\nline\r'],
      ['same', null],
      ['same', '\\N'],
      ['other', ''],
      ['same', null],
      ['back\\slash', 'C:\\new'],
    ]
    const at = new Date('2030-01-01T00:00:00Z').toISOString()
    await sql`insert into tenants (id, name, status, created_at, updated_at) values ('copied', 'Copied', 'active', now(), now())`.execute(
      db,
    )
    await inTransaction(db, (tx) =>
      copyIn(
        tx,
        'usage_stops',
        ['tenant_id', 'product_id', 'by', 'note', 'since'],
        rows.map(([by, note], index) => ['copied', `PRD-${index}`, by, note, at]),
      ),
    )
    const kept = await db.selectFrom('usage_stops').select(['by', 'note']).where('tenant_id', '=', 'copied').orderBy('product_id').execute()
    expect(kept.map(({ by, note }) => [by, note])).toEqual(rows)
  })
})

describe('inTransaction', () => {
  test('keeps all or nothing', async () => {
    await sql`create table kept (n int)`.execute(db)
    const failed = inTransaction(db, async (tx) => {
      await sql`insert into kept values (1)`.execute(tx)
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    expect((await sql`select * from kept`.execute(db)).rows).toEqual([])
  })

  test('joins the transaction it is given', async () => {
    await sql`create table joined (n int)`.execute(db)
    const outer = inTransaction(db, async (tx) => {
      await inTransaction(tx, (inner) => sql`insert into joined values (1)`.execute(inner))
      throw new Error('outer fails')
    })
    await expect(outer).rejects.toThrow('outer fails')
    expect((await sql`select * from joined`.execute(db)).rows).toEqual([])
  })
})
