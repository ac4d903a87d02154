/**
 * Who still uses the embedded server. Each process holds a shared lock on the server for as long as it does; the last one out ends the server.
 * The lock lives in the connection, so a killed process leaves nothing behind.
 */
import type pg from 'pg'
import { applicationName } from '../connection.ts'

/** Numbers of our own among PostgreSQL's advisory locks. */
const PRESENT = 7_120_001
const LEAVING = 7_120_002

export async function enter(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [PRESENT])
}

/** True when nobody else is there any more. Two that leave at once are asked one after the other, so that one of them is the last. */
export async function leave(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_lock($1)', [LEAVING])
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [PRESENT])
  const last = rows[0]?.alone === true && !(await hasGuests(client))
  if (!last) {
    await client.query('select pg_advisory_unlock_shared($1)', [PRESENT])
    await client.query('select pg_advisory_unlock_all()')
  }
  return last
}

/** Somebody connected by URL: another process of the bridge, or a person with psql. */
async function hasGuests(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> $1 limit 1`,
    [applicationName()],
  )
  return rows.length > 0
}
