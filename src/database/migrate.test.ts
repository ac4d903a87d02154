import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/helpers/database.ts'
import { silentLog } from '../kit/log.ts'
import { migrate, type NamedMigration } from './migrate.ts'
import { openDatabase } from './open.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
})
afterEach(() => database.drop())

const creating = (name: string): NamedMigration => ({
  name,
  migration: { up: (db: Kysely<unknown>) => sql`create table ${sql.table(name)} (n int)`.execute(db).then(() => {}) },
})
const failing: NamedMigration = { name: '0003_fails', migration: { up: () => Promise.reject(new Error('out of luck')) } }
const [one, two] = [creating('0001_one'), creating('0002_two')]

async function tables(): Promise<readonly string[]> {
  const { rows } = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = 'public' and tablename like '0%' order by 1`.execute(database.db)
  return rows.map(({ name }) => name)
}

test('all that is missing is run, in order, and nothing the second time', async () => {
  expect(await migrate(database.db, silentLog, [one])).toEqual(['0001_one'])
  expect(await migrate(database.db, silentLog, [one, two])).toEqual(['0002_two'])
  expect(await migrate(database.db, silentLog, [one, two])).toEqual([])
  expect(await tables()).toEqual(['0001_one', '0002_two'])
})

test("the product's own migrations make an empty database ready", async () => {
  expect((await migrate(database.db, silentLog)).length).toBeGreaterThan(0)
})

test('four processes may start at once: each migration is run by one of them', async () => {
  const all = Array.from({ length: 4 }, () => openDatabase({ url: database.url, log: silentLog }))
  const run = await Promise.all(all.map(({ db }) => migrate(db, silentLog, [one, two])))
  expect(run.flat().toSorted()).toEqual(['0001_one', '0002_two'])
  await Promise.all(all.map(({ close }) => close()))
})

test('a database a newer build has used is refused, and left alone', async () => {
  await migrate(database.db, silentLog, [one, two])
  await expect(migrate(database.db, silentLog, [one])).rejects.toMatchObject({ code: 'ERR_DB_NEWER', facts: { unknown: ['0002_two'] } })
})

test('a migration that fails is told, with its name and cause, and changes nothing', async () => {
  const failed = migrate(database.db, silentLog, [one, two, failing])
  await expect(failed).rejects.toMatchObject({
    code: 'ERR_DB_MIGRATION',
    facts: { migration: '0003_fails' },
    cause: { message: 'out of luck' },
  })
  expect(await tables()).toEqual([])
})
