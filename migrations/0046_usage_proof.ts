/** What proves usage: the results of hours for whoever is told outside, and the daily comparison with Microsoft's own sums. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_events_out (
      tenant_id text not null references tenants (id),
      id bigint generated always as identity,
      at timestamptz not null,
      event text not null,
      subscription_id uuid not null,
      dimension text not null,
      hour timestamptz not null,
      facts jsonb not null,
      primary key (tenant_id, id)
    )`.execute(db)
  await sql`create index usage_events_out_by_age on usage_events_out (tenant_id, at)`.execute(db)
  await sql`
    create table usage_read_back (
      tenant_id text not null references tenants (id),
      day date not null,
      subscription_id uuid not null,
      dimension text not null,
      ours numeric(38, 8) not null,
      submitted numeric(38, 8),
      processed numeric(38, 8),
      standing text not null check (standing in ('agrees', 'processing', 'missing', 'more', 'less', 'rejected', 'mismatch')),
      words text[] not null,
      compared_at timestamptz not null,
      primary key (tenant_id, day, subscription_id, dimension)
    )`.execute(db)
}
