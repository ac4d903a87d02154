/** A product as it was last taken over from Connect: what a new version is compared with. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table product_snapshots (
      tenant_id text not null,
      product_id text not null,
      facts jsonb not null,
      taken_at timestamptz not null,
      taken_by text not null,
      primary key (tenant_id, product_id),
      foreign key (tenant_id, product_id) references products (tenant_id, id)
    )`.execute(db)
}
