/** An offer may be wanted out of the store: its sale ended, subscriptions going on. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table offer_publications drop constraint offer_publications_target_check`.execute(db)
  await sql`
    alter table offer_publications add constraint offer_publications_target_check
    check (target in ('draft', 'preview', 'live', 'ended'))`.execute(db)
}
