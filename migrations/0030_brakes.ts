/** The brakes of each tenant: whether its first reconcile is confirmed, whether its cancels are paused, and what they are counted from. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tenant_brakes (
      tenant_id text primary key references tenants (id),
      confirmed_at timestamptz,
      confirmed_by text,
      paused_since timestamptz,
      released_until timestamptz,
      check ((confirmed_at is null) = (confirmed_by is null))
    )`.execute(db)
  // One row a subscription that was cancelled or suspended: retries of it count once.
  await sql`
    create table ended_subscriptions (
      tenant_id text not null references tenants (id),
      subscription_id uuid not null,
      counted_at timestamptz not null,
      primary key (tenant_id, subscription_id)
    )`.execute(db)
  await sql`create index ended_subscriptions_lately on ended_subscriptions (tenant_id, counted_at)`.execute(db)
}
