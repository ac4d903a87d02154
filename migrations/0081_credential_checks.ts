/** What the last check of each credential showed. Goes with the credential. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table credential_checks (
      tenant_id text not null,
      kind text not null,
      slot text not null,
      result text check (result in ('good', 'refused')),
      code text,
      reason text,
      notes jsonb not null default '[]',
      since timestamptz not null,
      last_good_at timestamptz,
      asked_at timestamptz not null,
      unanswered text,
      primary key (tenant_id, kind, slot),
      foreign key (tenant_id, kind, slot) references credentials (tenant_id, kind, slot) on delete cascade
    )`.execute(db)
}
