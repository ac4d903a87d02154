/** Connect's webhooks as the bridge has registered them, one a product; the secret their calls are signed with, sealed. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table connect_webhooks (
      tenant_id text not null,
      product_id text not null,
      webhook_id text,
      secret text,
      state text not null check (state in ('registering', 'registered', 'notReachable', 'notAllowed', 'switchedOff', 'refused')),
      told text,
      checked_at timestamptz not null,
      primary key (tenant_id, product_id),
      foreign key (tenant_id, product_id) references products (tenant_id, id)
    )`.execute(db)
}
