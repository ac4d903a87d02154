import { type Kysely, sql } from 'kysely'

/** The work list: one row per object that may need a look, and the kinds with their priority. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence work_lease_token`.execute(db)
  await sql`create table work_kind (
    kind text primary key,
    priority smallint not null
  )`.execute(db)
  await createWork(db)
  await createIndexes(db)
}

const createWork = (db: Kysely<unknown>) =>
  // Rows are changed twice per look and live briefly: room for new versions in the page, and vacuum that does not wait for 20 %.
  sql`create table work (
    tenant_id text not null,
    kind text not null,
    key text not null,
    priority smallint not null,
    due_at timestamptz,
    lease_token bigint,
    lease_until timestamptz,
    takeover_at timestamptz,
    attempts integer not null default 0,
    last_error_code text,
    last_error text,
    failed_at timestamptz,
    primary key (tenant_id, kind, key),
    constraint work_due_or_leased check (due_at is not null or lease_token is not null),
    constraint work_lease_whole check (num_nulls(lease_token, lease_until, takeover_at) in (0, 3))
  ) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 500
  )`.execute(db)

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  // In the order of claiming: priority, then tenants in turn, then oldest due.
  // Entries of claimed rows are passed over once they are marked dead, which a shared entry of equal keys is only when all its rows are: not shared.
  await sql`create index work_free on work (priority, tenant_id, due_at, kind)
    with (deduplicate_items = off) where lease_token is null`.execute(db)
  // What is due at all, and when the next is.
  await sql`create index work_due on work (due_at) with (deduplicate_items = off) where lease_token is null`.execute(db)
  await sql`create index work_takeover on work (takeover_at) where lease_token is not null`.execute(db)
}
