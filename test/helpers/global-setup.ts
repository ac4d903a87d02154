/**
 * One PostgreSQL for the whole run, in a temporary folder; or the server of TEST_DATABASE_URL (a superuser or CREATEDB role on 15 or newer).
 * It starts when the first test asks for a database (test/helpers/database.ts), so that a run without one waits for nothing.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startTestServer } from './test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's own server is started when first needed. */
    testServerFolder: string
    /** Instead of an own server. */
    testDatabaseUrl: string | undefined
    /** Marks this run's databases on a shared server. */
    testRun: string
  }
}

export function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-test-'))
  chmodSync(folder, 0o711) // when root runs the tests, the server runs as somebody else
  project.provide('testServerFolder', folder)
  project.provide('testDatabaseUrl', process.env['TEST_DATABASE_URL'])
  const run = `${process.pid}_${randomBytes(4).toString('hex')}`
  project.provide('testRun', run)
  return async () => {
    await dropTemplate(process.env['TEST_DATABASE_URL'], run)
    if (existsSync(join(folder, 'postgres'))) await (await startTestServer(folder)).stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Leaves a server that is not ours as it was. */
async function dropTemplate(url: string | undefined, run: string): Promise<void> {
  if (url === undefined) return
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [`template_${run}`])
  if (rowCount) {
    await client.query(`alter database template_${run} with is_template false`)
    await client.query(`drop database template_${run} with (force)`)
  }
  await client.end()
}
