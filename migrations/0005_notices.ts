/** Every call of Microsoft to a webhook, the operations they are about and how they were answered, and the first token each tenant was sent. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createNotices(db)
  await createOperations(db)
  await sql`
    create table webhook_tokens (
      tenant_id text primary key references tenants (id),
      first_accepted_at timestamptz not null,
      shape jsonb not null
    )`.execute(db)
}

async function createNotices(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notices (
      tenant_id text not null references tenants (id),
      id uuid not null,
      seq bigint generated always as identity,
      product_id text not null,
      subscription_id uuid,
      operation_id uuid,
      action text,
      reading jsonb,
      unreadable_because text,
      happened_at timestamptz not null,
      received_at timestamptz not null,
      headers jsonb not null,
      body text not null,
      body_bytes bigint not null,
      body_truncated boolean not null,
      claims jsonb not null,
      delivery_key text not null,
      repeat_of uuid,
      answered_status smallint,
      answered_ms integer,
      operation jsonb,
      outcome text,
      explained_at timestamptz,
      primary key (tenant_id, id),
      check ((reading is null) = (unreadable_because is not null)),
      check ((reading is null) = (subscription_id is null)),
      check (explained_at is null or outcome is not null)
    )`.execute(db)
  await sql`create index notices_newest on notices (tenant_id, seq)`.execute(db)
  await sql`create index notices_of_subscription on notices (tenant_id, subscription_id, seq) where subscription_id is not null`.execute(db)
  await sql`create index notices_of_operation on notices (tenant_id, operation_id, seq) where operation_id is not null`.execute(db)
  await sql`create index notices_of_delivery on notices (tenant_id, delivery_key, seq)`.execute(db)
  // Few at any time: what the subscriptions wait for.
  await sql`create index notices_open on notices (tenant_id, subscription_id)
    where explained_at is null and subscription_id is not null`.execute(db)
}

async function createOperations(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table operations (
      tenant_id text not null references tenants (id),
      id uuid not null,
      subscription_id uuid not null,
      product_id text not null,
      action text not null,
      source text not null,
      told jsonb not null,
      first_told_at timestamptz not null,
      last_told_at timestamptz not null,
      decision text check (decision in ('accept', 'refuse', 'observe')),
      because text,
      reasons jsonb,
      answer text check (answer in ('Success', 'Failure')),
      answer_outcome text check (answer_outcome in ('intended', 'taken', 'notTaken', 'unknown')),
      answered_at timestamptz,
      microsoft_status text,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      check ((decision is null) = (because is null)),
      check ((answer is null) = (answer_outcome is null))
    )`.execute(db)
  await sql`create index operations_of_subscription on operations (tenant_id, subscription_id, last_told_at)`.execute(db)
}
