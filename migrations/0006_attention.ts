/** Attention items of any subject, with what operators did about them and the history of each. They were of subscriptions only. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createItems(db)
  await createHistory(db)
  await sql`
    insert into attention_items (tenant_id, subject_kind, subject_id, code, facts, cause, state, since, state_since, resolution, ended_at)
    select tenant_id, 'subscription', subscription_id::text, code, facts, '[]',
      case when resolved_at is null then 'open' else 'resolved' end, since, coalesce(resolved_at, since),
      case when resolved_at is null then null else 'gone' end, resolved_at
    from attention order by seq`.execute(db)
  await sql`drop table attention`.execute(db)
}

async function createItems(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attention_items (
      tenant_id text not null references tenants (id),
      id uuid not null default gen_random_uuid(),
      seq bigint generated always as identity,
      subject_kind text not null check (subject_kind in ('subscription', 'product', 'offer', 'asset', 'tenant')),
      subject_id text not null,
      code text not null,
      facts jsonb not null,
      cause text not null,
      state text not null check (state in ('open', 'acknowledged', 'snoozed', 'resolved')),
      since timestamptz not null,
      state_since timestamptz not null,
      state_by text,
      note text,
      snoozed_until timestamptz,
      resolution text,
      ended_at timestamptz,
      primary key (tenant_id, id),
      check (state <> 'snoozed' or snoozed_until is not null),
      check (state not in ('acknowledged', 'snoozed') or state_by is not null),
      check ((state = 'resolved') = (resolution is not null)),
      check (ended_at is null or state = 'resolved')
    )`.execute(db)
  // Never two for the same cause; and what a look reads.
  await sql`
    create unique index attention_one_per_cause on attention_items (tenant_id, subject_kind, subject_id, code) where ended_at is null
  `.execute(db)
  // Few at any time: what operators look at.
  await sql`create index attention_unresolved on attention_items (tenant_id, seq) where state <> 'resolved'`.execute(db)
  await sql`create index attention_of_subject on attention_items (tenant_id, subject_kind, subject_id, seq)`.execute(db)
}

async function createHistory(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attention_history (
      tenant_id text not null,
      item_id uuid not null,
      seq bigint generated always as identity,
      at timestamptz not null,
      event text not null,
      by text,
      note text,
      facts jsonb not null,
      primary key (tenant_id, item_id, seq),
      foreign key (tenant_id, item_id) references attention_items (tenant_id, id)
    )`.execute(db)
}
