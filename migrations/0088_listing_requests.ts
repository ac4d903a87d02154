/** Connect's listing requests: what a vendor asks, what an operator said to it, what it waits for. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table listing_requests (
      tenant_id text not null references tenants (id),
      id text not null,
      product_id text not null,
      product_name text,
      type text not null,
      state text not null,
      product_version integer,
      vendor_note text,
      accepted_at timestamptz,
      accepted_by text,
      completed_at timestamptz,
      completed_by text,
      refused_at timestamptz,
      refused_by text,
      note text,
      findings jsonb,
      intent text check (intent in ('deploy', 'complete', 'cancel')),
      intent_at timestamptz,
      tries integer not null default 0,
      trouble text,
      found_at timestamptz not null,
      looked_at timestamptz,
      changed_at timestamptz not null,
      primary key (tenant_id, id),
      check ((accepted_at is null) = (accepted_by is null)),
      check ((completed_at is null) = (completed_by is null)),
      check ((refused_at is null) = (refused_by is null)),
      check ((intent is null) = (intent_at is null))
    )`.execute(db)
  await sql`create index listing_requests_open on listing_requests (tenant_id, id) where state not in ('completed', 'canceled', 'gone')`.execute(
    db,
  )
  await sql`alter table attention_items drop constraint attention_items_subject_kind_check`.execute(db)
  await sql`
    alter table attention_items add constraint attention_items_subject_kind_check
    check (subject_kind in ('subscription', 'product', 'offer', 'asset', 'tenant', 'usageFile', 'listingRequest'))`.execute(db)
}
