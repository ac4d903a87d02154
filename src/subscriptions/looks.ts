/** What the work list calls when a subscription, the discovery of a tenant, or its watch on Connect is due. */

import type { Db } from '../database/index.ts'
import { defineLook, type Lease, type Look, priorities, type WorkObject, wakeAll } from '../database/work/index.ts'
import { subscriptionId, type TenantId, tenantId } from '../kit/ids.ts'
import { type Instant, type Milliseconds, minutes, plus } from '../kit/time.ts'
import { listTenants } from '../tenants/index.ts'
import { LONGEST_STEP } from './act/act.ts'
import { type WatchDeps, watchConnect } from './connect-watch/watch.ts'
import { converge } from './converge.ts'
import type { ConvergeDeps } from './deps.ts'
import { discover } from './discovery.ts'
import { CONNECT_WATCH_WORK, DISCOVERY_WORK, SUBSCRIPTION_WORK } from './work-kinds.ts'

const DISCOVERY_EVERY: Milliseconds = minutes(5)

export const subscriptionLook = <Transaction>(deps: ConvergeDeps<Transaction>): Look<Transaction> =>
  defineLook({
    kind: SUBSCRIPTION_WORK,
    priority: priorities.person,
    longestCall: LONGEST_STEP,
    async look(object, lease) {
      const key = { tenantId: tenantId.parse(object.tenantId), subscriptionId: subscriptionId.parse(object.key) }
      const lookAgainAt = await converge(deps, key, holdingOf(lease))
      return lookAgainAt ? { lookAgainAt } : {}
    },
  })

export const discoveryLook = <Transaction>(deps: ConvergeDeps<Transaction>): Look<Transaction> =>
  defineLook({
    kind: DISCOVERY_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    async look(object, lease) {
      await discover(deps, tenantId.parse(object.tenantId), lease.signal)
      return { lookAgainAt: plus(deps.clock.now(), DISCOVERY_EVERY) }
    },
  })

/** Buyers watch a page while their vendor acts: as urgent as their subscription. */
export const connectWatchLook = (deps: WatchDeps): Look =>
  defineLook({
    kind: CONNECT_WATCH_WORK,
    priority: priorities.person,
    longestCall: 0, // changes nothing outside
    async look(object, lease) {
      return { lookAgainAt: await watchConnect(deps, tenantId.parse(object.tenantId), holdingOf(lease)) }
    },
  })

/** Every active tenant is discovered, and watched at Connect, from now on; safe to repeat. */
export async function wakeDiscovery(db: Db, now: Instant): Promise<void> {
  for (const tenant of await listTenants(db)) {
    if (tenant.status === 'active')
      await wakeAll(
        db,
        [DISCOVERY_WORK, CONNECT_WATCH_WORK].map((kind) => ofTenant(tenant.id, kind)),
        now,
      )
  }
}

const ofTenant = (id: TenantId, kind: string): WorkObject => ({ tenantId: id, kind, key: id })

const holdingOf = <Transaction>(lease: Lease<Transaction>) => ({
  signal: lease.signal,
  guard: (tx: Transaction) => lease.assertHeld(tx),
  assertTimeFor: (call: Milliseconds) => lease.assertTimeFor(call),
})
