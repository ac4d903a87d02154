/** Keys of the REST API: of a tenant, shown once, stored as a hash. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_keys (
      tenant_id text not null references tenants (id),
      id text not null,
      name text not null,
      secret_hash text not null,
      scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'operate', 'usage']),
      created_at timestamptz not null,
      created_by text not null,
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz,
      revoked_by text,
      primary key (tenant_id, id),
      check ((revoked_at is null) = (revoked_by is null))
    )`.execute(db)
  // A key is found before its tenant is known.
  await sql`create unique index api_keys_by_id on api_keys (id)`.execute(db)
}
