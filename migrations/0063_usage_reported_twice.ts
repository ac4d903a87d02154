/** Usage that another file has reported before is looked up by what it says. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index usage_records_of_files_by_content on usage_records (tenant_id, content_hash) where source = 'connect'`.execute(db)
}
