/** What an operator declares of a publisher's account at Microsoft, where no API tells. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table declarations (
      tenant_id text not null references tenants (id),
      code text not null,
      declared_at timestamptz not null,
      declared_by text not null,
      note text,
      primary key (tenant_id, code)
    )`.execute(db)
}
