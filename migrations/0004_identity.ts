/** Buyers' sign-in: attempts on their way, sessions, and which subscriptions a session arrived at with a fresh token. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_in_attempts (
      tenant_id text not null references tenants (id),
      state_hash text not null,
      browser_hash text not null,
      sealed text not null,
      expires_at timestamptz not null,
      primary key (tenant_id, state_hash)
    )`.execute(db)
  await sql`create index sign_in_attempts_expired on sign_in_attempts (expires_at)`.execute(db)
  await sql`
    create table buyer_sessions (
      tenant_id text not null references tenants (id),
      id_hash text not null,
      entra_tenant_id text not null,
      object_id text not null,
      profile text not null,
      created_at timestamptz not null,
      last_used_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (tenant_id, id_hash)
    )`.execute(db)
  await sql`create index buyer_sessions_expired on buyer_sessions (expires_at)`.execute(db)
  await sql`
    create table buyer_session_holds (
      tenant_id text not null,
      id_hash text not null,
      subscription_id text not null,
      held_at timestamptz not null,
      primary key (tenant_id, id_hash, subscription_id),
      foreign key (tenant_id, id_hash) references buyer_sessions (tenant_id, id_hash) on delete cascade
    )`.execute(db)
}
