/** Fields of an offer a person has seen in Partner Center as they shall be. */
import { type Kysely, sql } from 'kysely'

/** `value_mark`: of the value that was seen; another value has to be seen again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table offer_ticks (
      tenant_id text not null,
      offer_id text not null,
      field text not null,
      value_mark text not null,
      ticked_at timestamptz not null,
      ticked_by text not null,
      primary key (tenant_id, offer_id, field),
      foreign key (tenant_id, offer_id) references offers (tenant_id, id)
    )`.execute(db)
}
