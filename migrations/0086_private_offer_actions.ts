/** What was asked of Partner Center for private offers: kept before it is sent, followed to its end, remembered with who did it. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table private_offer_actions (
      tenant_id text not null references tenants (id),
      id uuid not null default gen_random_uuid(),
      kind text not null check (kind in ('create', 'publish', 'withdraw')),
      name text not null,
      private_offer_id text,
      with_terms boolean not null default false,
      asked_by text not null,
      note text,
      asked_at timestamptz not null,
      job_id text,
      outcome text check (outcome in ('done', 'failed', 'unclear')),
      said jsonb not null default '[]',
      ended_at timestamptz,
      primary key (tenant_id, id),
      check ((outcome is null) = (ended_at is null))
    )`.execute(db)
  await sql`create unique index private_offer_actions_one_open on private_offer_actions (tenant_id, name) where outcome is null`.execute(db)
}
