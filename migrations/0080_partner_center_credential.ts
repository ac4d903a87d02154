/** A fourth kind of credential: the app that publishes offers in Partner Center. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table credentials drop constraint credentials_kind_check`.execute(db)
  await sql`
    alter table credentials add constraint credentials_kind_check
    check (kind in ('connect', 'microsoft', 'signIn', 'partnerCenter'))`.execute(db)
}
