/** What a subscription was when: its status, plan and billing term over time. Usage is judged by the phase it was consumed in. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table subscription_phases (
      tenant_id text not null references tenants (id),
      subscription_id uuid not null,
      seq integer not null check (seq > 0),
      from_at timestamptz not null,
      status text not null check (status in ('Subscribed', 'Suspended', 'Unsubscribed')),
      offer_id text not null,
      plan_id text not null,
      term_start timestamptz not null,
      term_unit text,
      observed_at timestamptz not null,
      primary key (tenant_id, subscription_id, seq)
    )`.execute(db)
}
