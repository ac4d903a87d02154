/** Runs of the reconcile with what they found; the two lists while a run compares them; assets an operator matched with a subscription. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscriptions add column linked_asset text, add column proposed_asset jsonb`.execute(db)
  // An asset belongs to one subscription.
  await sql`create unique index subscriptions_linked_asset on subscriptions (tenant_id, linked_asset) where linked_asset is not null`.execute(
    db,
  )
  await createRuns(db)
  await createLists(db)
  await createFindings(db)
}

const createRuns = (db: Kysely<unknown>) =>
  sql`
    create table reconcile_runs (
      tenant_id text not null references tenants (id),
      id uuid not null default gen_random_uuid(),
      seq bigint generated always as identity,
      started_at timestamptz not null,
      ended_at timestamptz,
      begun_by text not null,
      dry_run boolean not null,
      product_id text,
      faults jsonb not null default '[]',
      counts jsonb not null default '{}',
      preexisting integer not null default 0,
      primary key (tenant_id, id)
    )`.execute(db)

/** Emptied at the end of each run. */
async function createLists(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reconcile_listed (
      tenant_id text not null,
      run_id uuid not null,
      subscription_id uuid not null,
      listed jsonb not null,
      primary key (tenant_id, run_id, subscription_id),
      foreign key (tenant_id, run_id) references reconcile_runs (tenant_id, id) on delete cascade
    )`.execute(db)
  await sql`
    create table reconcile_assets (
      tenant_id text not null,
      run_id uuid not null,
      asset_id text not null,
      external_uid text not null,
      made_at timestamptz,
      asset jsonb not null,
      match_keys text[] not null,
      claimed boolean not null default false,
      primary key (tenant_id, run_id, asset_id),
      foreign key (tenant_id, run_id) references reconcile_runs (tenant_id, id) on delete cascade
    )`.execute(db)
  await sql`create index reconcile_assets_by_uid on reconcile_assets (tenant_id, run_id, external_uid)`.execute(db)
  // Which assets have anything in common with a subscription.
  await sql`create index reconcile_assets_by_key on reconcile_assets using gin (match_keys)`.execute(db)
}

async function createFindings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reconcile_findings (
      tenant_id text not null,
      run_id uuid not null,
      seq bigint generated always as identity,
      standing text not null,
      subscription_id uuid,
      asset_id text,
      product_id text,
      offer_id text,
      differences jsonb not null,
      forecast jsonb not null,
      proposal jsonb,
      since timestamptz not null,
      primary key (tenant_id, run_id, seq),
      foreign key (tenant_id, run_id) references reconcile_runs (tenant_id, id) on delete cascade,
      check (subscription_id is not null or asset_id is not null)
    )`.execute(db)
  // Every subscription, and every asset that belongs to none, appears once.
  await sql`create unique index reconcile_findings_subscription on reconcile_findings (tenant_id, run_id, subscription_id)
    where subscription_id is not null`.execute(db)
  await sql`create unique index reconcile_findings_asset on reconcile_findings (tenant_id, run_id, asset_id)
    where subscription_id is null`.execute(db)
}
