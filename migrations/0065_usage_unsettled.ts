/** What Microsoft has not accepted yet is found by its hour without reading what is settled, however much that is. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index usage_slots_unsettled on usage_slots (tenant_id, hour) where state in ('open', 'sealed', 'sent', 'refused')`.execute(
    db,
  )
}
