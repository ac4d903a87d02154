/** What the work list calls when a subscription, or the discovery of a tenant, is due. */

import type { Db, Tx } from '../database/index.ts'
import { defineLook, type Lease, type Look, wake } from '../database/work/index.ts'
import { subscriptionId, tenantId } from '../kit/ids.ts'
import { type Instant, type Milliseconds, minutes, plus } from '../kit/time.ts'
import { listTenants } from '../tenants/index.ts'
import { converge, LONGEST_CALL } from './converge.ts'
import type { ConvergeDeps } from './deps.ts'
import { discover } from './discovery.ts'
import { SUBSCRIPTION_WORK } from './store/postgres.ts'

/** Lower is sooner: answers to Microsoft, people who wait, the rest. */
const PEOPLE_WAIT = 10
const BACKGROUND = 50

export const DISCOVERY_WORK = 'subscription.discovery'
const DISCOVERY_EVERY: Milliseconds = minutes(5)

export const subscriptionLook = (deps: ConvergeDeps<Tx>): Look =>
  defineLook({
    kind: SUBSCRIPTION_WORK,
    priority: PEOPLE_WAIT,
    longestCall: LONGEST_CALL,
    async look(object, lease) {
      const key = { tenantId: tenantId.parse(object.tenantId), subscriptionId: subscriptionId.parse(object.key) }
      const lookAgainAt = await converge(deps, key, holdingOf(lease))
      return lookAgainAt ? { lookAgainAt } : {}
    },
  })

export const discoveryLook = (deps: ConvergeDeps<Tx>): Look =>
  defineLook({
    kind: DISCOVERY_WORK,
    priority: BACKGROUND,
    longestCall: LONGEST_CALL,
    async look(object, lease) {
      await discover(deps, tenantId.parse(object.tenantId), lease.signal)
      return { lookAgainAt: plus(deps.clock.now(), DISCOVERY_EVERY) }
    },
  })

/** Every active tenant is discovered from now on; safe to repeat. */
export async function wakeDiscovery(db: Db, now: Instant): Promise<void> {
  for (const tenant of await listTenants(db)) {
    if (tenant.status === 'active') await wake(db, { tenantId: tenant.id, kind: DISCOVERY_WORK, key: tenant.id }, now)
  }
}

const holdingOf = (lease: Lease) => ({
  signal: lease.signal,
  guard: (tx: Tx) => lease.assertHeld(tx),
  assertTimeFor: (call: Milliseconds) => lease.assertTimeFor(call),
})
