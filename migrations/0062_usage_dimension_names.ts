/** What Microsoft calls a dimension and what it counts in: for people, the buyer among them. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table usage_plan_terms add column name text, add column unit text`.execute(db)
}
