/** What happened to a publisher's products and offers, and who did it. */
import { type Kysely, sql } from 'kysely'

/** `revision` goes up whenever an offer may have changed here, so that whoever follows it knows whether the standing was decided after that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table offer_publications add column revision integer not null default 0`.execute(db)
  await sql`
    create table catalogue_history (
      tenant_id text not null references tenants (id),
      id bigint generated always as identity,
      product_id text,
      offer_id text,
      at timestamptz not null,
      by text not null,
      event jsonb not null,
      note text,
      primary key (tenant_id, id),
      check (product_id is not null or offer_id is not null)
    )`.execute(db)
  await sql`create index catalogue_history_offer on catalogue_history (tenant_id, offer_id, id)`.execute(db)
  await sql`create index catalogue_history_product on catalogue_history (tenant_id, product_id, id)`.execute(db)
}
