/** Publishers, their credentials, products, offers and the plan map. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tenants (
      id text primary key check (id ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
      name text not null,
      status text not null check (status in ('active', 'archived')),
      connect_api_url text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  await sql`
    create table credentials (
      tenant_id text not null references tenants (id),
      kind text not null check (kind in ('connect', 'microsoft', 'signIn')),
      slot text not null check (slot in ('primary', 'secondary')),
      public_part jsonb not null,
      secret text not null,
      expires_at timestamptz,
      updated_at timestamptz not null,
      primary key (tenant_id, kind, slot)
    )`.execute(db)
  await sql`
    create table products (
      tenant_id text not null references tenants (id),
      id text not null,
      name text not null,
      status text not null check (status in ('active', 'archived')),
      marketplace_id text not null,
      connections jsonb not null,
      tier1 jsonb not null,
      policies jsonb not null,
      pages jsonb not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (tenant_id, id)
    )`.execute(db)
  await sql`
    create table offers (
      tenant_id text not null,
      id text not null,
      product_id text not null,
      name text,
      status text not null check (status in ('active', 'archived')),
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, product_id) references products (tenant_id, id)
    )`.execute(db)
  await sql`create index offers_of_product on offers (tenant_id, product_id)`.execute(db)
  await sql`
    create table plan_map (
      tenant_id text not null,
      offer_id text not null,
      plan_id text not null,
      name text,
      items jsonb not null check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) > 0),
      status text not null check (status in ('active', 'archived')),
      updated_at timestamptz not null,
      primary key (tenant_id, offer_id, plan_id),
      foreign key (tenant_id, offer_id) references offers (tenant_id, id)
    )`.execute(db)
}
