/** Many slots in one statement. */
import { type RawBuilder, sql } from 'kysely'
import type { SlotKey } from './plan-changes.ts'

/** Rows of (subscription, dimension, hour). */
export const keysOf = (slots: readonly SlotKey[]): RawBuilder<unknown> => sql`unnest(
  ${slots.map((slot) => slot.subscriptionId)}::uuid[], ${slots.map((slot) => slot.dimension)}::text[],
  ${slots.map((slot) => slot.hour.toISOString())}::timestamptz[]
)`
