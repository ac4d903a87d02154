import type { Db } from '../database/index.ts'
import type { Instant } from '../kit/time.ts'

/** Forgets sign-ins and sessions that are over, of every tenant. Runs with each new sign-in; cheap, for it walks an index. */
export async function pruneIdentity(db: Db, now: Instant): Promise<void> {
  const at = new Date(now.getTime())
  await db.deleteFrom('sign_in_attempts').where('expires_at', '<', at).execute()
  await db.deleteFrom('buyer_sessions').where('expires_at', '<', at).execute()
}
