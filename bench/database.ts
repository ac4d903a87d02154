/** A database of its own for a benchmark: embedded PostgreSQL as installations have it, durable, gone afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, migrate, openDatabase, startEmbedded } from '../src/database/index.ts'
import { silentLog } from '../src/kit/log.ts'

export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridge-bench-'))
  chmodSync(dataDir, 0o711) // when root runs it, the server runs as somebody else
  const server = await startEmbedded({ dataDir, log: silentLog })
  try {
    return await withOpen(server.url, work)
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function withOpen<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({ url, log: silentLog })
  try {
    await migrate(database.db, silentLog)
    return await work(database)
  } finally {
    await database.close()
  }
}
