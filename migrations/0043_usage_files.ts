/** Usage files of Connect: what became of each, and of each of its records, from the first look to the close. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_files (
      tenant_id text not null references tenants (id),
      id text not null,
      product_id text not null,
      name text not null,
      external_id text,
      schema text not null,
      environment text not null,
      currency text,
      period_from text,
      period_to text,
      submitted_at timestamptz,
      state text not null check (state in ('found', 'read', 'accepting', 'rejecting', 'taking', 'billing', 'closed', 'rejected', 'gone')),
      accepted_by text check (accepted_by in ('bridge', 'connect')),
      decision text check (decision in ('accept', 'acceptPartly', 'reject')),
      note text,
      records bigint not null default 0,
      bad bigint not null default 0,
      reasons jsonb not null default '[]',
      read_by text check (read_by in ('pages', 'spreadsheet')),
      intent text,
      intent_at timestamptz,
      tries integer not null default 0,
      trouble text,
      found_at timestamptz not null,
      judged_at timestamptz,
      decided_at timestamptz,
      taken_at timestamptz,
      closed_at timestamptz,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      check (state not in ('accepting', 'rejecting', 'rejected') or decision is not null),
      check (state not in ('taking', 'billing') or accepted_by is not null)
    )`.execute(db)
  await sql`create index usage_files_open on usage_files (tenant_id, id) where state not in ('closed', 'rejected', 'gone')`.execute(db)
  await sql`
    create table usage_file_records (
      tenant_id text not null,
      file_id text not null,
      record_id text not null,
      status text not null,
      asset_id text,
      asset_external_uid text,
      asset_external_id text,
      item_id text,
      item_mpn text,
      decimals smallint,
      usage text,
      amount text,
      tier integer,
      starts_at timestamptz,
      ends_at timestamptz,
      own_key text,
      state text not null check (state in ('read', 'good', 'bad', 'own', 'otherTier', 'held', 'taken', 'toClose', 'closed', 'done')),
      reasons text[] not null default '{}',
      subscription_id uuid,
      dimension text,
      quantity numeric(30, 8),
      consumed_from timestamptz,
      consumed_at timestamptz,
      whole_month boolean,
      note text,
      billing_id text,
      tries integer not null default 0,
      not_before timestamptz,
      trouble text,
      closed_at timestamptz,
      primary key (tenant_id, file_id, record_id),
      foreign key (tenant_id, file_id) references usage_files (tenant_id, id),
      check ((state = 'closed') = (closed_at is not null)),
      check (state not in ('bad', 'held') or cardinality(reasons) > 0),
      check (state <> 'good' or (subscription_id is not null and quantity is not null and consumed_at is not null))
    )`.execute(db)
  // What is not finished of a file, whatever it grew to.
  await sql`create index usage_file_records_open on usage_file_records (tenant_id, file_id, state, record_id) where state not in ('closed', 'done')`.execute(
    db,
  )
  await sql`alter table attention_items drop constraint attention_items_subject_kind_check`.execute(db)
  await sql`
    alter table attention_items add constraint attention_items_subject_kind_check
    check (subject_kind in ('subscription', 'product', 'offer', 'asset', 'tenant', 'usageFile'))`.execute(db)
}
