/** The newest term of a subscription that began while the bridge watched, and the billing request it got in Connect. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscriptions add column renewal jsonb`.execute(db)
}
