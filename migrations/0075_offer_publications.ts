/** How far each offer is wanted at Microsoft, what was asked of Partner Center for it, and how it stands. */
import { type Kysely, sql } from 'kysely'

/**
 * `request`: the last one, stored before it is sent. `standing`: what the last look showed, for people. `offer_writings`: what was last sent
 * of each resource, so that edits of colleagues can be told from our own; no secret is in it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table offer_publications (
      tenant_id text not null,
      offer_id text not null,
      target text not null check (target in ('draft', 'preview', 'live')),
      wanted_by text not null,
      wanted_at timestamptz not null,
      confirmed_content text,
      confirmed_by text,
      confirmed_at timestamptz,
      accepted_edits text,
      product_guid text,
      request jsonb,
      preview jsonb,
      live jsonb,
      lead_mark text,
      locked_since timestamptz,
      standing jsonb,
      primary key (tenant_id, offer_id),
      foreign key (tenant_id, offer_id) references offers (tenant_id, id),
      check ((confirmed_content is null) = (confirmed_at is null) and (confirmed_at is null) = (confirmed_by is null))
    )`.execute(db)
  await sql`
    create table offer_writings (
      tenant_id text not null,
      offer_id text not null,
      type text not null,
      key text not null,
      body jsonb not null,
      sent_at timestamptz not null,
      primary key (tenant_id, offer_id, type, key),
      foreign key (tenant_id, offer_id) references offer_publications (tenant_id, offer_id)
    )`.execute(db)
}
