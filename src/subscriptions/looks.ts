/** What the work list calls when a subscription, the discovery of a tenant, or its watch on Connect is due. */

import { sql } from 'kysely'
import type { Db, Tx } from '../database/index.ts'
import { defineLook, type Lease, type Look, priorities, wakeAll } from '../database/work/index.ts'
import { subscriptionId, tenantId } from '../kit/ids.ts'
import { type Instant, type Milliseconds, minutes, plus } from '../kit/time.ts'
import { listTenants } from '../tenants/index.ts'
import { LONGEST_STEP } from './act/act.ts'
import { LONGEST_REGISTRATION, type RegisterDeps, registerWebhooks } from './connect-watch/register.ts'
import { type WatchDeps, watchConnect } from './connect-watch/watch.ts'
import { converge } from './converge.ts'
import type { ConvergeDeps } from './deps.ts'
import { discover } from './discovery.ts'
import { tellOfFailingLooks } from './troubles/failing-looks.ts'
import { type TroubleDeps, tellingOfRefusal } from './troubles/refused-credential.ts'
import { CONNECT_WATCH_WORK, CONNECT_WEBHOOK_WORK, DISCOVERY_WORK, SUBSCRIPTION_WORK } from './work-kinds.ts'

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

/** Every tenant has one, every few minutes, whatever else fails: so it also tells of what does. */
export const discoveryLook = (deps: ConvergeDeps<Tx> & TroubleDeps): Look =>
  defineLook({
    kind: DISCOVERY_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    async look(object, lease) {
      const tenant = tenantId.parse(object.tenantId)
      await tellOfFailingLooks(deps, tenant, lease)
      await tellingOfRefusal(deps, tenant, 'microsoft', lease, () => discover(deps, tenant, lease.signal))
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
      const tenant = tenantId.parse(object.tenantId)
      const watch = () => watchConnect(deps, tenant, holdingOf(lease))
      return { lookAgainAt: await tellingOfRefusal(deps, tenant, 'connect', lease, watch) }
    },
  })

export const connectWebhookLook = (deps: RegisterDeps): Look =>
  defineLook({
    kind: CONNECT_WEBHOOK_WORK,
    priority: priorities.background,
    longestCall: LONGEST_REGISTRATION,
    async look(object, lease) {
      return { lookAgainAt: await registerWebhooks(deps, tenantId.parse(object.tenantId), holdingOf(lease)) }
    },
  })

/** Every active tenant's webhooks at Connect are seen to from now on; safe to repeat. */
export const wakeConnectWebhooks = (db: Db, now: Instant): Promise<void> => wakeTenants(db, [CONNECT_WEBHOOK_WORK], now)

/** Every active tenant is discovered, and watched at Connect, from now on; safe to repeat. */
export const wakeDiscovery = (db: Db, now: Instant): Promise<void> => wakeTenants(db, [DISCOVERY_WORK, CONNECT_WATCH_WORK], now)

async function wakeTenants(db: Db, kinds: readonly string[], now: Instant): Promise<void> {
  const active = (await listTenants(db)).filter(({ status }) => status === 'active')
  await wakeAll(
    db,
    active.flatMap(({ id }) => kinds.map((kind) => ({ tenantId: id, kind, key: id }))),
    now,
  )
}

/** The set-up was changed: what a person had to correct, or waits to be tried again, is looked at now. */
export async function wakeAfterSetup(db: Db, now: Instant): Promise<void> {
  await wakeDiscovery(db, now)
  await wakeConnectWebhooks(db, now)
  const stuck = await db
    .selectFrom('subscriptions')
    .select(['tenant_id', 'id'])
    .where(sql<boolean>`next ->> 'kind' = 'attention' or next ->> 'waitsFor' = 'retry'`)
    .execute()
  await wakeAll(
    db,
    stuck.map(({ tenant_id, id }) => ({ tenantId: tenantId.parse(tenant_id), kind: SUBSCRIPTION_WORK, key: id })),
    now,
  )
}

const holdingOf = <Transaction>(lease: Lease<Transaction>) => ({
  signal: lease.signal,
  guard: lease.assertHeld,
  assertTimeFor: (call: Milliseconds) => lease.assertTimeFor(call),
})
