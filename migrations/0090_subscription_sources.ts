/** The private offers a subscription's plan comes from, as Microsoft told them last. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table subscription_sources (
      tenant_id text not null,
      subscription_id uuid not null,
      plan_id text not null,
      private_offers jsonb not null,
      seen_at timestamptz not null,
      primary key (tenant_id, subscription_id),
      foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id) on delete cascade
    )`.execute(db)
  await sql`create index subscription_sources_private_offers on subscription_sources using gin (private_offers jsonb_path_ops)`.execute(db)
}
