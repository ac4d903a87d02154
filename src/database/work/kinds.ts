import { sql } from 'kysely'
import { inTransaction } from '../transaction.ts'
import type { Db } from '../types.ts'
import type { Look } from './look.ts'

/** Tells the table each kind's priority, so that wakes from anywhere get it; wakes that were there before it are moved up. */
export async function registerKinds(db: Db, looks: readonly Look[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const { kind, priority } of looks.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))) {
      const { rows } = await sql`insert into work_kind as known (kind, priority) values (${kind}, ${priority})
        on conflict (kind) do update set priority = excluded.priority where known.priority <> excluded.priority
        returning 1`.execute(tx)
      if (rows.length > 0) {
        await sql`update work set priority = ${priority} where kind = ${kind} and priority > ${priority}`.execute(tx)
      }
    }
  })
}
