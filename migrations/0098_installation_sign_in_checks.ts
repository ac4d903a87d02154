/** What the last check of the installation's sign-in app showed, for each tenant that uses it: its own operators are told. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table installation_sign_in_checks (
      tenant_id text primary key references tenants (id),
      client_id text not null,
      expires_at timestamptz,
      result text check (result in ('good', 'refused')),
      code text,
      reason text,
      notes jsonb not null default '[]',
      since timestamptz not null,
      last_good_at timestamptz,
      asked_at timestamptz not null,
      unanswered text
    )`.execute(db)
}
