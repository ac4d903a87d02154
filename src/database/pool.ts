/** The pool as Kysely sees it: a connection that cannot be had is one known error, and a connection that woke work says so once it is given back. */
import { hash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { AppError } from '../kit/errors/index.ts'
import { COPY_MARK, type CopyRows, runCopy } from './copy.ts'

/** Begins each statement that makes work due: how a wake is told from any other statement, here and in `pg_stat_statements`. */
export const WAKE_MARK = '/* work.wake */'

/**
 * Near the beginning of a statement that is run often and always in the same words, whatever its values: each connection has it parsed and planned
 * once. Half of what the largest of them cost was that. Not where the right plan depends on how much is in a table now.
 */
export const PREPARED_MARK = '/* prepared */'

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
    if (typeof statement === 'string' && isPrepared(statement))
      return client.query({ name: nameOf(statement), text: statement, values: parameters ?? [] })
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

const isPrepared = (statement: string): boolean => statement.slice(0, WAKE_MARK.length + PREPARED_MARK.length + 1).includes(PREPARED_MARK)

const names = new Map<string, string>()

/** The same for the same words; others have another, or the server would refuse it. */
function nameOf(statement: string): string {
  const name = names.get(statement) ?? hash('sha256', statement).slice(0, 32)
  names.set(statement, name)
  return name
}
