import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from '../kit/log.ts'
import { connectionConfig } from './connection.ts'
import { watchedPool } from './pool.ts'
import type { Tables } from './tables/index.ts'
import type { Db } from './types.ts'
import { createWakes, WAKE_CHANNEL, type Wakes } from './wakes.ts'

export interface DatabaseOptions {
  readonly url: string
  /** Connections of this process at most. Default 10. */
  readonly maxConnections?: number
  readonly log: Log
}

export interface Database {
  readonly db: Db
  /** For what Kysely cannot do; everything else goes through `db`. */
  readonly pool: pg.Pool
  readonly url: string
  readonly wakes: Wakes
  /** Waits for running statements, then closes every connection. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens a pool; connects on first use.
 * Without a connection within 10 s a statement fails with `ERR_DB_UNAVAILABLE`; a statement ends after 60 s, a transaction left open after 30 s idle.
 */
export function openDatabase({ url, maxConnections = 10, log }: DatabaseOptions): Database {
  const pool = new pg.Pool({ ...connectionConfig(url), max: maxConnections })
  // A connection may be lost between two statements; without a listener on the pool and on each client that would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ reason: error.message }, 'a database connection was lost')))
  const wakes = createWakes((sender) => notify(pool, sender, log))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: watchedPool(pool, wakes.raise) }) })
  return { db, pool, url, wakes, close: () => close(pool, wakes) }
}

async function close(pool: pg.Pool, wakes: Wakes): Promise<void> {
  if (pool.ending) return
  await wakes.flush()
  await pool.end()
}

async function notify(pool: pg.Pool, sender: string, log: Log): Promise<void> {
  try {
    await pool.query('select pg_notify($1, $2)', [WAKE_CHANNEL, sender])
  } catch (error) {
    log.debug({ error }, 'no notification sent; the poll will find the work')
  }
}
