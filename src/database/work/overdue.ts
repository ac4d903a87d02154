/** What is due and nobody looks at. */
import type { Instant } from '../../kit/time.ts'
import type { Db } from '../types.ts'

export interface Overdue {
  readonly count: number
  /** When the longest waiting was due. */
  readonly since: Instant | undefined
}

/** What is being looked at does not count. */
export async function overdueWork(db: Db, now: Instant): Promise<Overdue> {
  const row = await db
    .selectFrom('work')
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min('due_at').as('since')])
    .where('due_at', '<=', new Date(now.getTime()))
    .where('lease_until', 'is', null)
    .executeTakeFirst()
  return { count: Number(row?.count ?? 0), since: row?.since ?? undefined }
}
