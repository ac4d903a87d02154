/** Plans Microsoft shows that nobody mapped; those customized in a private offer are sold as the plan they were made from. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table found_plans (
      tenant_id text not null,
      offer_id text not null,
      plan_id text not null,
      name text,
      private_offers jsonb not null,
      base_plan_id text check (base_plan_id <> plan_id),
      like_plan_id text,
      reasons jsonb not null,
      found_at timestamptz not null,
      seen_at timestamptz not null,
      primary key (tenant_id, offer_id, plan_id),
      foreign key (tenant_id, offer_id) references offers (tenant_id, id)
    )`.execute(db)
  await sql`
    create view sold_plans as
    select tenant_id, offer_id, plan_id, name, items, status, null::text as base_plan_id from plan_map
    union all
    select found.tenant_id, found.offer_id, found.plan_id, coalesce(found.name, base.name), base.items, base.status, base.plan_id
    from found_plans as found
    join plan_map as base on base.tenant_id = found.tenant_id and base.offer_id = found.offer_id and base.plan_id = found.base_plan_id
    where not exists (
      select from plan_map as own
      where own.tenant_id = found.tenant_id and own.offer_id = found.offer_id and own.plan_id = found.plan_id
    )`.execute(db)
}
