/**
 * Keeping notices: each delivery is a row, and what it wakes is woken with it. Those that come at the same time are kept by one statement,
 * since a commit, and each way to the database and back, costs more than a row.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { wakeAllWith } from '../../database/work/index.ts'
import type { Instant } from '../../kit/time.ts'
import { type Delivery, entryOf } from './row.ts'
import { storableJson } from './storable.ts'
import { wokenBy } from './work.ts'

export interface Arrival {
  readonly delivery: Delivery
  readonly now: Instant
}

/**
 * All of them, or none.
 * @param arrivals in the order of their receipt. The wakes are counted from `now`: a body may take its time after the receipt.
 * @returns the notices' ids. @throws when they could not be stored: the senders must not hear a 200 then.
 */
export async function addNotices(db: Db, arrivals: readonly Arrival[]): Promise<readonly string[]> {
  const entries = arrivals.map(({ delivery }) => entryOf(delivery))
  await wakeAllWith(db, keeping(entries), arrivals.flatMap(wokenByArrival))
  return entries.map(({ id }) => id)
}

const wokenByArrival = ({ delivery: { tenantId, reading }, now }: Arrival) =>
  reading.readable ? wokenBy(tenantId, reading.notice, now) : []

/**
 * - `told`: the deliveries, in the order `n` of their receipt.
 * - `kept`: their rows. A repeat names the first delivery of the same notice, be it stored already or among these, and is closed at once.
 * - `shape`: the first token shape a tenant was sent stays; it tells which of the two formats its app gets.
 * - `noted`: on the timeline, once for each notice, where the subscription is known.
 * - `asked`: operations that want an answer. Told again, the ten seconds begin anew, for Microsoft has not heard our 200 yet.
 *
 * Rows that others may want too are taken in one order (tenant, key), after those of the work list: whoever writes both does it so.
 */
const keeping = (entries: readonly ReturnType<typeof entryOf>[]): RawBuilder<unknown> => sql`
  with told as materialized (
    select * from rows from (json_to_recordset(${storableJson(entries)}::json) as (
      tenant_id text, id uuid, product_id text, received_at timestamptz, headers jsonb, body text, body_bytes bigint, body_truncated boolean,
      claims jsonb, delivery_key text, token_shape jsonb, unreadable_because text, subscription_id uuid, operation_id uuid, action text,
      reading jsonb, happened_at timestamptz, wants_answer boolean, source text, event jsonb
    )) with ordinality as told (
      tenant_id, id, product_id, received_at, headers, body, body_bytes, body_truncated,
      claims, delivery_key, token_shape, unreadable_because, subscription_id, operation_id, action,
      reading, happened_at, wants_answer, source, event, n
    )
  ), linked as materialized (
    select told.*, coalesce(
      (select id from notices where tenant_id = told.tenant_id and delivery_key = told.delivery_key order by seq limit 1),
      nullif(first_value(id) over (partition by tenant_id, delivery_key order by n), id)
    ) as repeat_of
    from told
  ), kept as (
    insert into notices (tenant_id, id, product_id, subscription_id, operation_id, action, reading, unreadable_because, happened_at,
      received_at, headers, body, body_bytes, body_truncated, claims, delivery_key, repeat_of, outcome, explained_at)
    select tenant_id, id, product_id, subscription_id, operation_id, action, reading, unreadable_because, happened_at,
      received_at, headers, body, body_bytes, body_truncated, claims, delivery_key, repeat_of,
      case when repeat_of is not null then 'repeated' end, case when repeat_of is not null then received_at end
    from linked order by n
  ), shape as (
    insert into webhook_tokens (tenant_id, first_accepted_at, shape)
    select distinct on (tenant_id) tenant_id, received_at, token_shape from told order by tenant_id, n
    on conflict (tenant_id) do nothing
  ), noted as (
    insert into timeline (tenant_id, subscription_id, at, actor, event, facts)
    select tenant_id, subscription_id, received_at, event->>'actor', event->>'event', event->'facts'
    from linked join subscriptions using (tenant_id) where subscriptions.id = subscription_id and repeat_of is null order by n
  ), asked as (
    insert into operations as known (tenant_id, id, subscription_id, product_id, action, source, told, first_told_at, last_told_at, updated_at)
    select distinct on (tenant_id, operation_id) tenant_id, operation_id, subscription_id, product_id, action, source, reading,
      received_at, max(received_at) over (partition by tenant_id, operation_id), received_at
    from told where wants_answer order by tenant_id, operation_id, n
    on conflict (tenant_id, id) do update set last_told_at = greatest(known.last_told_at, excluded.last_told_at)
  )`
