/** How far Connect's requests have been read, for each tenant; and a quick way to those who wait for a vendor. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table connect_watch (
      tenant_id text primary key references tenants (id),
      cursor timestamptz,
      seen jsonb not null,
      polled_at timestamptz,
      changed_at timestamptz,
      poked_at timestamptz
    )`.execute(db)
  await sql`
    create index subscriptions_waiting_for_vendor on subscriptions (tenant_id) where next ->> 'waitsFor' = 'vendor'
  `.execute(db)
}
