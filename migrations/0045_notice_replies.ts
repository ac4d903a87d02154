/** What was answered to a notice in a narrow table of its own: written after the notice, it would write the whole of it anew, with every index. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // No reference to the notice: checking it would lock, and so write, the row this is to leave alone.
  await sql`
    create table notice_replies (
      tenant_id text not null,
      notice_id uuid not null,
      status smallint not null,
      took_ms integer not null,
      primary key (tenant_id, notice_id)
    )`.execute(db)
  await sql`
    insert into notice_replies (tenant_id, notice_id, status, took_ms)
    select tenant_id, id, answered_status, coalesce(answered_ms, 0) from notices where answered_status is not null`.execute(db)
  await sql`alter table notices drop column answered_status, drop column answered_ms`.execute(db)
}
