/**
 * Usage: what was reported (records), what Microsoft is told of each hour (slots), and what has been consumed and sealed in each term (meters).
 * Quantities are exact decimals with eight places. The moves a slot may make are rows of a table, and every other move is refused.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createRecords(db)
  await createSlots(db)
  await createSlotMoves(db)
  await createMeters(db)
  await createPlanTerms(db)
  await sql`
    create table usage_stops (
      tenant_id text not null references tenants (id),
      product_id text not null,
      since timestamptz not null,
      by text not null,
      note text,
      primary key (tenant_id, product_id)
    )`.execute(db)
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_records (
      tenant_id text not null references tenants (id),
      source text not null check (source in ('connect', 'api', 'manual', 'rest')),
      key text not null,
      id bigint generated always as identity,
      content_hash bytea not null,
      product_id text not null,
      subscription_id uuid not null,
      plan_id text,
      dimension text,
      quantity numeric(30, 8) not null check (quantity >= 0),
      consumed_from timestamptz not null,
      consumed_at timestamptz not null,
      term_start timestamptz,
      received_at timestamptz not null,
      state text not null check (state in ('placed', 'held', 'rejected', 'covered')),
      because text,
      slot_hour timestamptz,
      hold_until timestamptz,
      file_id text,
      closed_at timestamptz,
      primary key (tenant_id, source, key),
      check (consumed_from <= consumed_at),
      check ((state = 'placed') = (slot_hour is not null)),
      check (state <> 'placed' or (dimension is not null and plan_id is not null and term_start is not null)),
      check ((state = 'held') = (hold_until is not null)),
      check (state not in ('held', 'rejected') or because is not null)
    )`.execute(db)
  await sql`create index usage_records_of_slot on usage_records (tenant_id, subscription_id, dimension, slot_hour) where state = 'placed'`.execute(
    db,
  )
  await sql`create index usage_records_of_file on usage_records (tenant_id, file_id) where file_id is not null`.execute(db)
  await sql`create index usage_records_held on usage_records (tenant_id, hold_until) where state = 'held'`.execute(db)
}

async function createSlots(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_slots (
      tenant_id text not null references tenants (id),
      subscription_id uuid not null,
      dimension text not null,
      hour timestamptz not null check (hour = date_trunc('hour', hour, 'UTC')),
      product_id text not null,
      offer_id text not null,
      plan_id text not null,
      state text not null default 'open',
      because text,
      records bigint not null default 0,
      reported numeric(30, 8) not null default 0 check (reported >= 0),
      last_record_at timestamptz not null,
      seal_at timestamptz not null,
      quantity numeric(30, 8) check (quantity >= 0),
      carried numeric(30, 8) check (carried >= 0),
      sealed_at timestamptz,
      not_before timestamptz,
      sends integer not null default 0,
      sent_at timestamptz,
      usage_event_id uuid,
      accepted_quantity numeric(30, 8),
      accepted_at timestamptz,
      microsoft jsonb,
      decided_at timestamptz,
      decided_by text,
      updated_at timestamptz not null,
      primary key (tenant_id, subscription_id, dimension, hour),
      check ((state = 'open') = (quantity is null)),
      check ((state = 'open') = (sealed_at is null)),
      check (state <> 'nothingDue' or quantity = 0),
      check (state in ('open', 'nothingDue') or quantity > 0),
      check (state not in ('sent', 'accepted', 'differs', 'refused') or sends > 0),
      check (state <> 'accepted' or accepted_quantity = quantity),
      check (state <> 'differs' or accepted_quantity <> quantity),
      check ((state in ('billedLater', 'writtenOff')) <= (decided_by is not null))
    )`.execute(db)
  // Few at any time, whatever the ledger grows to: what is to be sealed, sent, or decided.
  await sql`create index usage_slots_to_seal on usage_slots (tenant_id, seal_at) where state = 'open'`.execute(db)
  await sql`create index usage_slots_to_send on usage_slots (tenant_id, hour) where state in ('sealed', 'sent')`.execute(db)
  await sql`create index usage_slots_to_decide on usage_slots (tenant_id, hour) where state in ('differs', 'refused', 'expired')`.execute(
    db,
  )
  await sql`create index usage_slots_of_hour on usage_slots (tenant_id, hour)`.execute(db)
}

const MOVES: readonly (readonly [string, string])[] = [
  ['open', 'sealed'],
  ['open', 'nothingDue'],
  ['sealed', 'sent'],
  ['sealed', 'expired'],
  ['sent', 'accepted'],
  ['sent', 'differs'],
  ['sent', 'refused'],
  ['sent', 'expired'],
  ['sent', 'sealed'],
  ['differs', 'billedLater'],
  ['differs', 'writtenOff'],
  ['refused', 'sealed'],
  ['refused', 'billedLater'],
  ['refused', 'writtenOff'],
  ['refused', 'expired'],
  ['expired', 'billedLater'],
  ['expired', 'writtenOff'],
]

async function createSlotMoves(db: Kysely<unknown>): Promise<void> {
  await sql`create table usage_slot_moves (from_state text not null, to_state text not null, primary key (from_state, to_state))`.execute(
    db,
  )
  for (const [from, to] of MOVES) await sql`insert into usage_slot_moves values (${from}, ${to})`.execute(db)
  await sql`
    create function usage_slot_may_move() returns trigger language plpgsql as $$
    begin
      if old.state <> new.state and not exists (select from usage_slot_moves where from_state = old.state and to_state = new.state) then
        raise exception 'a usage slot cannot go from % to %', old.state, new.state using errcode = 'check_violation';
      end if;
      if old.quantity is not null and new.quantity is distinct from old.quantity then
        raise exception 'the sealed quantity of a usage slot never changes' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger usage_slot_moves before update on usage_slots for each row
    when (old.state is distinct from new.state or old.quantity is distinct from new.quantity) execute function usage_slot_may_move()`.execute(
    db,
  )
}

async function createMeters(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_meters (
      tenant_id text not null references tenants (id),
      subscription_id uuid not null,
      dimension text not null,
      plan_id text not null,
      kind text not null check (kind in ('term', 'rest')),
      term_start timestamptz not null,
      included numeric(30, 8),
      consumed numeric(38, 8) not null default 0 check (consumed >= 0),
      sealed numeric(38, 8) not null default 0 check (sealed >= 0 and sealed <= consumed),
      updated_at timestamptz not null,
      primary key (tenant_id, subscription_id, dimension, plan_id, kind, term_start)
    )`.execute(db)
  await sql`
    create table usage_slot_shares (
      tenant_id text not null,
      subscription_id uuid not null,
      dimension text not null,
      hour timestamptz not null,
      plan_id text not null,
      kind text not null,
      term_start timestamptz not null,
      consumed numeric(30, 8) not null,
      sealed numeric(30, 8) not null,
      primary key (tenant_id, subscription_id, dimension, hour, plan_id, kind, term_start),
      foreign key (tenant_id, subscription_id, dimension, hour) references usage_slots,
      foreign key (tenant_id, subscription_id, dimension, plan_id, kind, term_start) references usage_meters
    )`.execute(db)
}

async function createPlanTerms(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_plan_terms (
      tenant_id text not null references tenants (id),
      offer_id text not null,
      plan_id text not null,
      term_unit text not null,
      dimension text not null,
      included numeric(30, 8),
      price numeric(30, 8),
      currency text,
      seen_at timestamptz not null,
      primary key (tenant_id, offer_id, plan_id, term_unit, dimension)
    )`.execute(db)
}
