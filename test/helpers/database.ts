/** A fresh, migrated PostgreSQL database for a test file: cloned from a template in a few hundredths of a second, dropped afterwards. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Database, migrate, openDatabase } from '../../src/database/index.ts'
import { silentLog } from '../../src/kit/log.ts'
import { testServerUrl } from './test-server.ts'

export interface TestDatabase extends Database {
  /** Closes the pool and drops the database. */
  drop(): Promise<void>
}

/** Call at the top of a test file, or in a `describe`: `const { db } = await testDatabase()`. Dropped by itself when the file is done. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  afterAll(() => database.drop())
  return database
}

/** Like `testDatabase`, for use inside a test or a `beforeEach`: the caller drops it. `migrated: false` gives an empty one. */
export async function createTestDatabase({ migrated = true }: { readonly migrated?: boolean } = {}): Promise<TestDatabase> {
  const server = await serverUrl()
  const name = `test_${inject('testRun')}_${randomBytes(4).toString('hex')}`
  await onServer(server, async (client) => {
    const template = migrated ? await ensureTemplate(client, server) : 'template0'
    await client.query(`create database ${name} template ${template}`)
  })
  const database = openDatabase({ url: urlOf(server, name), log: silentLog })
  return { ...database, drop: () => drop(database, server, name) }
}

async function drop(database: Database, server: string, name: string): Promise<void> {
  await database.close()
  await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`))
}

const serverUrl = async (): Promise<string> => inject('testDatabaseUrl') ?? (await testServerUrl(inject('testServerFolder')))

/** One template a run, made under a lock, since test files run side by side. */
async function ensureTemplate(client: pg.Client, server: string): Promise<string> {
  const name = `template_${inject('testRun')}`
  await client.query('select pg_advisory_lock(hashtext($1))', [name])
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name])
  if (rowCount === 0) await makeTemplate(client, server, name)
  await client.query('select pg_advisory_unlock(hashtext($1))', [name])
  return name
}

async function makeTemplate(client: pg.Client, server: string, name: string): Promise<void> {
  await client.query(`drop database if exists ${name} with (force)`)
  await client.query(`create database ${name} template template0`)
  const database = openDatabase({ url: urlOf(server, name), log: silentLog })
  try {
    await migrate(database.db, silentLog)
  } finally {
    await database.close()
  }
  await client.query(`alter database ${name} with is_template true`)
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
