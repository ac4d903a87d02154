/** A notice is kept for a tenant that was just read, to prove who sent it; tenants are never deleted. To look each up again took a tenth of keeping a notice. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notices drop constraint notices_tenant_id_fkey`.execute(db)
  await sql`alter table operations drop constraint operations_tenant_id_fkey`.execute(db)
}
