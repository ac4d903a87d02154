/** What buyers and operators ask for at Microsoft, and what became of it. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table management_actions (
      tenant_id text not null,
      id uuid not null,
      subscription_id uuid not null,
      seq bigint generated always as identity,
      kind text not null check (kind in ('changePlan', 'changeSeats', 'cancel')),
      to_plan text,
      to_seats integer check (to_seats >= 1),
      from_plan text not null,
      from_seats integer,
      asked_by text not null check (asked_by in ('buyer', 'operator')),
      asked_by_tenant uuid,
      asked_by_object uuid,
      asked_at timestamptz not null,
      calls integer not null default 0,
      called_at timestamptz,
      call_outcome text check (call_outcome in ('intended', 'accepted', 'unknown', 'locked', 'notTaken', 'refused', 'forbidden')),
      operation_id uuid,
      words jsonb not null default '[]',
      ended_at timestamptz,
      ended_as text check (ended_as in ('done', 'failed', 'refused', 'unclear')),
      reason text,
      primary key (tenant_id, id),
      foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id),
      check ((kind = 'changePlan') = (to_plan is not null) and (kind = 'changeSeats') = (to_seats is not null)),
      check ((asked_by = 'buyer') = (asked_by_tenant is not null) and (asked_by_tenant is null) = (asked_by_object is null)),
      check ((calls = 0) = (called_at is null) and (called_at is null) = (call_outcome is null)),
      check ((ended_at is null) = (ended_as is null))
    )`.execute(db)
  await sql`create index management_actions_of_subscription on management_actions (tenant_id, subscription_id, seq)`.execute(db)
  // Two tabs and two colleagues make one.
  await sql`
    create unique index management_actions_one_open on management_actions (tenant_id, subscription_id) where ended_at is null
  `.execute(db)
}
