/**
 * One PostgreSQL for the whole run, in a temporary folder; or the server of TEST_DATABASE_URL (a superuser or CREATEDB role on 15 or newer).
 * It starts when the first test asks for a database (test/helpers/database.ts), so that a run without one waits for nothing.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  project.provide('testRun', `${process.pid}_${Date.now().toString(36)}`)
  return async () => {
    if (existsSync(join(folder, 'postgres'))) await (await startTestServer(folder)).stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
