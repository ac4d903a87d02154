/** A subscription entered another phase: hours that waited for more records may have to be sealed now, and what waited to be sent may go. */
import { defineLook, type Look, priorities, wake } from '../database/work/index.ts'
import { productId, subscriptionId, type TenantId } from '../kit/ids.ts'
import { hours, instant } from '../kit/time.ts'
import { PHASE_WORK, readPhases } from '../subscriptions/index.ts'
import type { UsageDeps } from './deps.ts'
import { inLedger } from './ledger/lock.ts'
import { slotKeyOf } from './ledger/plan-changes.ts'
import { policiesOf } from './policies.ts'
import { sealAt } from './rules/seal-at.ts'
import { SEAL_WORK, SEND_WORK } from './work-kinds.ts'

export const phaseLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: PHASE_WORK,
    priority: priorities.routine,
    longestCall: 0, // changes nothing outside
    async look({ tenantId, key }, lease) {
      await retimeOpenHours(deps, tenantId, key, (tx) => lease.assertHeld(tx))
      return {}
    },
  })

async function retimeOpenHours({ db, clock }: UsageDeps, tenantId: TenantId, key: string, guard: Parameters<typeof inLedger<void>>[2]) {
  const policyOf = await policiesOf(db, tenantId)
  const subscription = subscriptionId.parse(key)
  await inLedger(db, tenantId, async (tx) => {
    await guard(tx)
    const phases = (await readPhases(tx, tenantId, [subscription])).get(subscription) ?? []
    const open = await tx
      .selectFrom('usage_slots')
      .select(['subscription_id', 'dimension', 'hour', 'product_id', 'last_record_at'])
      .where('tenant_id', '=', tenantId)
      .where('subscription_id', '=', subscription)
      .where('state', '=', 'open')
      .execute()
    for (const row of open) {
      const { dimension, hour } = slotKeyOf(row)
      const grace = hours(policyOf(productId.parse(row.product_id)).graceHours)
      const at = sealAt({ hour, lastRecordAt: instant(row.last_record_at) }, phases, grace)
      await tx
        .updateTable('usage_slots')
        .set({ seal_at: new Date(at.getTime()) })
        .where('tenant_id', '=', tenantId)
        .where('subscription_id', '=', subscription)
        .where('dimension', '=', dimension)
        .where('hour', '=', row.hour)
        .execute()
    }
    if (open.length > 0) await wake(tx, { tenantId, kind: SEAL_WORK, key: tenantId }, clock.now())
    await wake(tx, { tenantId, kind: SEND_WORK, key: tenantId }, clock.now())
  })
}
