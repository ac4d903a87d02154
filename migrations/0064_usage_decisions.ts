/** Who decided about usage and what they noted with it: of hours, of single records (let go, dropped, added by hand), of usage files. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table usage_slots add column decided_note text`.execute(db)
  await sql`
    alter table usage_records add column decided_at timestamptz, add column decided_by text, add column decided_note text,
      add check ((decided_at is null) = (decided_by is null)), add check (decided_note is null or decided_by is not null)`.execute(db)
  await sql`create index usage_records_decided on usage_records (tenant_id, subscription_id, decided_at) where decided_at is not null`.execute(
    db,
  )
  await sql`create index usage_slots_decided on usage_slots (tenant_id, subscription_id, decided_at) where decided_at is not null`.execute(
    db,
  )
  await sql`
    create table usage_file_acts (
      tenant_id text not null,
      file_id text not null,
      id bigint generated always as identity,
      at timestamptz not null,
      act text not null check (act in ('judgedAgain', 'closedUnbilled')),
      records bigint not null check (records > 0),
      by text not null,
      note text,
      primary key (tenant_id, file_id, id),
      foreign key (tenant_id, file_id) references usage_files (tenant_id, id)
    )`.execute(db)
}
