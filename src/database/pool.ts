/** The pool as Kysely sees it: a connection that cannot be had is one known error, and a connection that woke work says so once it is given back. */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { AppError } from '../kit/errors/index.ts'
import { COPY_MARK, type CopyRows, runCopy } from './copy.ts'

/** Begins each statement that makes work due: how a wake is told from any other statement, here and in `pg_stat_statements`. */
export const WAKE_MARK = '/* work.wake */'

/** @param woken called after the commit of a transaction, or of a single statement, that woke something. */
export const watchedPool = (pool: pg.Pool, woken: () => void): PostgresPool => ({
  connect: async () => watchedClient(await connect(pool), woken),
  end: () => pool.end(),
})

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw new AppError('ERR_DB_UNAVAILABLE', { cause })
  }
}

function watchedClient(client: pg.PoolClient, woken: () => void): PostgresPoolClient {
  let woke = false
  const query = (statement: string | pg.QueryConfig, parameters?: unknown[]) => {
    if (typeof statement === 'string' && statement.startsWith(COPY_MARK)) return runCopy(client, statement, parameters?.[0] as CopyRows)
    woke ||= typeof statement === 'string' && statement.startsWith(WAKE_MARK)
    return client.query(statement, parameters)
  }
  return {
    query: query as unknown as PostgresPoolClient['query'], // one function for both of its forms, as pg itself has it
    release() {
      client.release()
      if (woke) woken()
      woke = false
    },
  }
}
