/** Each use of the switch that stops sending usage: who, when, and the note; what is stopped now begins the list. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_stop_acts (
      tenant_id text not null references tenants (id),
      seq bigint generated always as identity,
      product_id text not null,
      act text not null check (act in ('stopped', 'resumed')),
      at timestamptz not null,
      by text not null,
      note text,
      primary key (tenant_id, seq)
    )`.execute(db)
  await sql`
    insert into usage_stop_acts (tenant_id, product_id, act, at, by, note)
    select tenant_id, product_id, 'stopped', since, by, note from usage_stops order by since`.execute(db)
}
