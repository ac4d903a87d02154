/** What the work list calls each night, at the tenant's own minute. */
import type { Db, Tx } from '../../database/index.ts'
import { defineLook, type Look, priorities, wake } from '../../database/work/index.ts'
import { tenantId } from '../../kit/ids.ts'
import { earliest, hours, type Instant, plus } from '../../kit/time.ts'
import { listTenants } from '../../tenants/index.ts'
import { nextNight } from '../rules/reconcile/schedule.ts'
import { RECONCILE_WORK } from '../work-kinds.ts'
import type { ReconcileDeps } from './deps.ts'
import { reconcile } from './run.ts'
import { hasCompleteRun } from './runs.ts'

export const reconcileLook = (deps: ReconcileDeps): Look<Tx> =>
  defineLook({
    kind: RECONCILE_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    async look(object, lease) {
      const tenant = tenantId.parse(object.tenantId)
      const { faults } = await reconcile(deps, { tenantId: tenant, by: 'nightly', dryRun: false }, lease.signal)
      const now = deps.clock.now()
      const night = nextNight(tenant, now)
      return { lookAgainAt: faults.length === 0 ? night : earliest(night, plus(now, hours(1))) }
    },
  })

/** Every active tenant is reconciled each night from now on, and at once when it never was. Safe to repeat. */
export async function wakeReconcile(db: Db, now: Instant): Promise<void> {
  for (const { id, status } of await listTenants(db)) {
    if (status !== 'active') continue
    const dueAt = (await hasCompleteRun(db, id)) ? nextNight(id, now) : now
    await wake(db, { tenantId: id, kind: RECONCILE_WORK, key: id }, dueAt)
  }
}
