/** Whose notice it is: the tenant in the address, and the app its technical configuration names. */
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { getTenant, microsoftAppId } from '../../tenants/index.ts'
import type { Receiver } from './route.ts'

export async function findReceiver(db: Db, tenantId: TenantId, now: Instant): Promise<Receiver> {
  if (!(await getTenant(db, tenantId))) return 'noTenant'
  const app = await microsoftAppId(db, tenantId, now)
  return app ? { app } : 'noCredential'
}
