/** What publishers want their offers and plans to be at Microsoft, and the pictures and documents that go with them. */
import { type Kysely, sql } from 'kysely'

/**
 * Beside `offers` and `plan_map`, not in them: those are read with every look at a subscription, and texts of thousands of characters are
 * not. `made_at`: it exists at Microsoft, its id is fixed. `published_at`: it was live, what Microsoft never lets change is fixed too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table offer_contents (
      tenant_id text not null,
      offer_id text not null,
      content jsonb not null,
      lead_secret text,
      made_at timestamptz,
      published_at timestamptz,
      updated_at timestamptz not null,
      primary key (tenant_id, offer_id),
      foreign key (tenant_id, offer_id) references offers (tenant_id, id),
      check (published_at is null or made_at is not null)
    )`.execute(db)
  await sql`
    create table plan_contents (
      tenant_id text not null,
      offer_id text not null,
      plan_id text not null,
      content jsonb not null,
      made_at timestamptz,
      published_at timestamptz,
      updated_at timestamptz not null,
      primary key (tenant_id, offer_id, plan_id),
      foreign key (tenant_id, offer_id, plan_id) references plan_map (tenant_id, offer_id, plan_id),
      check (published_at is null or made_at is not null)
    )`.execute(db)
  // A file is named by its content: the same picture of two offers is kept once, and an address of it never changes its meaning.
  await sql`
    create table media_files (
      tenant_id text not null references tenants (id),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      content_type text not null,
      content bytea not null,
      created_at timestamptz not null,
      primary key (tenant_id, sha256)
    )`.execute(db)
}
