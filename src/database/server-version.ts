import { sql } from 'kysely'
import type { Db } from './types.ts'

/** Such as `16.4`: the server's own word. */
export async function serverVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  return rows[0]?.version ?? 'unknown'
}
