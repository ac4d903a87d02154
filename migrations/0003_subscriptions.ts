/** Subscriptions with what was observed, tried and decided; their timeline; their attention items. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table subscriptions (
      tenant_id text not null references tenants (id),
      id uuid not null,
      product_id text,
      offer_id text not null,
      plan_id text not null,
      quantity integer check (quantity >= 0),
      environment text not null check (environment in ('production', 'test')),
      status text not null check (status in ('NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'Unknown')),
      microsoft jsonb not null,
      microsoft_observed_at timestamptz not null,
      connect jsonb not null,
      connect_observed_at timestamptz,
      target_baseline text,
      order_sealed text,
      confirmed_at timestamptz,
      confirmed_by_tenant uuid,
      confirmed_by_object uuid,
      attempts jsonb not null,
      next jsonb,
      first_seen_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, product_id) references products (tenant_id, id),
      check ((confirmed_at is null) = (order_sealed is null) and (confirmed_at is null) = (confirmed_by_object is null))
    )`.execute(db)
  await sql`create index subscriptions_by_status on subscriptions (tenant_id, status, first_seen_at)`.execute(db)
  await sql`
    create table timeline (
      tenant_id text not null,
      subscription_id uuid not null,
      seq bigint generated always as identity,
      at timestamptz not null,
      actor text not null check (actor in ('buyer', 'operator', 'bridge', 'microsoft', 'vendor')),
      event text not null,
      facts jsonb not null,
      primary key (tenant_id, subscription_id, seq),
      foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id)
    )`.execute(db)
  await sql`
    create table attention (
      tenant_id text not null,
      subscription_id uuid not null,
      seq bigint generated always as identity,
      code text not null,
      facts jsonb not null,
      since timestamptz not null,
      resolved_at timestamptz,
      primary key (tenant_id, subscription_id, seq),
      foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id)
    )`.execute(db)
  // Never two for the same cause.
  await sql`
    create unique index attention_one_open_per_cause on attention (tenant_id, subscription_id, code) where resolved_at is null
  `.execute(db)
}
