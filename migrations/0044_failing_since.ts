/** Since when an object on the work list could not be looked at: what fails for long is told to people. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table work add column failing_since timestamptz`.execute(db)
  await sql`create index work_failing on work (tenant_id, failing_since) where failing_since is not null`.execute(db)
}
