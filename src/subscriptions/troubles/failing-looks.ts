/** What could not be looked at for an hour, told once for the whole publisher: one line for whatever it is, since the outside fails all at once. */
import { settleAttention } from '../../attention/index.ts'
import { inTransaction, type Tx } from '../../database/index.ts'
import { type FailingWork, type Lease, listFailing } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { hours, type Milliseconds, plus } from '../../kit/time.ts'
import { credentialRefusals, type TroubleDeps } from './refused-credential.ts'

/** Shorter outages are nobody's business: everything is tried again by itself. */
const TOLD_AFTER: Milliseconds = hours(1)

/** Raises the tenant's item, or ends it. A credential that is refused has an item of its own. */
export async function tellOfFailingLooks({ db, clock }: TroubleDeps, tenantId: TenantId, lease: Lease<Tx>): Promise<void> {
  const now = clock.now()
  const failing = (await listFailing(db, tenantId, plus(now, -TOLD_AFTER))).filter(({ code }) => !credentialRefusals.has(code))
  const wanted = failing[0] === undefined ? [] : [{ code: 'LOOKS_FAIL', facts: factsOf(failing[0], failing.length) } as const]
  const subject = { kind: 'tenant', id: tenantId } as const
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await settleAttention(tx, { tenantId, subject, among: ['LOOKS_FAIL'], wanted }, now)
  })
}

const factsOf = ({ kind, key, code, since }: FailingWork, count: number) => ({
  count,
  error: code,
  since: since.toISOString(),
  kind,
  key,
})
