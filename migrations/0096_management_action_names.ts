/** Who asked for a change at Microsoft, by name, of those an operator asked for. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table management_actions add column asked_by_name text`.execute(db)
}
