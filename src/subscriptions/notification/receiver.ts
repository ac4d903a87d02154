/** Whose notice it is: the tenant in the address, and the app its technical configuration names. */
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { together } from '../../kit/together.ts'
import { microsoftAppIds } from '../../tenants/index.ts'
import type { Receiver } from './route.ts'

interface Question {
  readonly tenantId: TenantId
  readonly now: Instant
}

/** Read after each call's arrival, so that a change counts at once in every process; by one query for all that wait. */
export function createReceivers(db: Db): (tenantId: TenantId, now: Instant) => Promise<Receiver> {
  const find = together({ run: (questions: readonly Question[]) => findReceivers(db, questions), most: 100, atOnce: 1 })
  return (tenantId, now) => find({ tenantId, now })
}

async function findReceivers(db: Db, questions: readonly Question[]): Promise<readonly Receiver[]> {
  const now = questions.at(-1)?.now
  if (!now) return []
  const apps = await microsoftAppIds(db, [...new Set(questions.map(({ tenantId }) => tenantId))], now)
  return questions.map(({ tenantId }) => {
    const app = apps.get(tenantId)
    if (app) return { app }
    return apps.has(tenantId) ? 'noCredential' : 'noTenant'
  })
}
