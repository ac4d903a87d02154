/** Brings the database to this build's version. */
import { type Migration, Migrator, sql } from 'kysely'
import { migrations } from '../../migrations/index.ts'
import { AppError } from '../kit/errors/index.ts'
import type { Log } from '../kit/log.ts'
import type { Db } from './types.ts'

export interface NamedMigration {
  readonly name: string
  readonly migration: Migration
}

/**
 * Runs what is missing, in one transaction under a lock, so that any number of processes may start at once.
 * @param known for tests; this build's own when left out.
 * @returns the names of the migrations this call has run.
 * @throws AppError `ERR_DB_NEWER` when a newer build was here; `ERR_DB_MIGRATION` (nothing changed) with the cause; `ERR_DB_UNAVAILABLE`.
 */
export async function migrate(db: Db, log: Log, known: readonly NamedMigration[] = migrations): Promise<readonly string[]> {
  await refuseNewer(db, known)
  const provider = { getMigrations: async () => Object.fromEntries(known.map(({ name, migration }) => [name, migration])) }
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest()
  if (error !== undefined) {
    await refuseNewer(db, known) // another process may have upgraded between the first look and the lock
    const failed = results.find((result) => result.status === 'Error')?.migrationName
    throw new AppError('ERR_DB_MIGRATION', { cause: error, facts: { migration: failed } })
  }
  const done = results.map((result) => result.migrationName)
  if (done.length > 0) log.info({ migrations: done }, 'database brought up to date')
  return done
}

/** Names of the migrations of this build that the database has not seen. */
export async function pendingMigrations(db: Db, known: readonly NamedMigration[] = migrations): Promise<readonly string[]> {
  const run = new Set(await migrationsRun(db))
  return known.map(({ name }) => name).filter((name) => !run.has(name))
}

async function refuseNewer(db: Db, known: readonly NamedMigration[]): Promise<void> {
  const names = new Set(known.map(({ name }) => name))
  const unknown = (await migrationsRun(db)).filter((name) => !names.has(name))
  if (unknown.length > 0) throw new AppError('ERR_DB_NEWER', { facts: { unknown } })
}

async function migrationsRun(db: Db): Promise<readonly string[]> {
  const there = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!there.rows[0]?.there) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}
