/** How Connect is heard and read, for people. */
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { loadWatch } from './store.ts'
import { listWebhooks, type StoredWebhook } from './webhook-store.ts'

export interface ConnectHealth {
  /** To the minute. */
  readonly lastReadAt: Instant | undefined
  readonly lastChangeAt: Instant | undefined
  readonly lastHeardAt: Instant | undefined
  readonly webhooks: readonly StoredWebhook[]
}

export async function connectHealth(db: Db, tenantId: TenantId): Promise<ConnectHealth> {
  const { polledAt, changedAt, pokedAt } = await loadWatch(db, tenantId)
  return { lastReadAt: polledAt, lastChangeAt: changedAt, lastHeardAt: pokedAt, webhooks: await listWebhooks(db, tenantId) }
}
