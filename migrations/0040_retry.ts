/** An operator's wish to have what was tried tried again: honored by the next look, under the lease. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscriptions add column retry_asked_at timestamptz`.execute(db)
}
