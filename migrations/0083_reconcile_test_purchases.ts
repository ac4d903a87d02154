/** Which of the compared things are test purchases, so that a report says so. Runs before it said nothing. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reconcile_findings add column environment text check (environment in ('production', 'test'))`.execute(db)
}
