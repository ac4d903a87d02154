/** Seals a tenant's hours when they are due, and reads at Microsoft what a plan includes before anything is billed on it. */
import { clearAttention, raiseAttention } from '../attention/index.ts'
import { inTransaction } from '../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities, wake } from '../database/work/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import { earliest, type Instant, type Milliseconds, minutes, plus } from '../kit/time.ts'
import { dropOverdue } from './decide/held.ts'
import type { UsageDeps } from './deps.ts'
import { inLedger } from './ledger/lock.ts'
import { fetchPlanTerms } from './ledger/plan-terms.ts'
import { nextSealAt, postpone, sealDue } from './ledger/seal.ts'
import type { WantedTerms } from './ledger/seal-all.ts'
import { policiesOf } from './policies.ts'
import { nextRiskAt } from './risk/risk.ts'
import { RISK_WORK, SEAL_WORK } from './work-kinds.ts'

/** A plan Microsoft does not tell of now is asked for again. */
const ASK_AGAIN: Milliseconds = minutes(5)

export const sealLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: SEAL_WORK,
    priority: priorities.routine,
    longestCall: 0, // changes nothing outside
    look: ({ tenantId }, lease) => sealUsage(deps, tenantId, lease),
  })

export async function sealUsage(deps: UsageDeps, tenantId: TenantId, lease: Lease): Promise<LookResult> {
  const policyOf = await policiesOf(deps.db, tenantId)
  await watchRisk(deps, tenantId)
  for (;;) {
    const now = deps.clock.now()
    const { more, wanted } = await sealDue(deps.db, { tenantId, policyOf, now }, (tx) => lease.assertHeld(tx))
    deps.crashPoint('usage.sealed')
    for (const one of wanted) await readTerms(deps, tenantId, one, lease)
    if (!more && wanted.length === 0) return { lookAgainAt: await nextLook(deps, tenantId, lease) }
  }
}

/** What is sealed now is at risk later, when Microsoft has not accepted it by then. */
async function watchRisk({ db, clock }: UsageDeps, tenantId: TenantId): Promise<void> {
  const at = await nextRiskAt(db, tenantId, clock.now())
  if (at) await wake(db, { tenantId, kind: RISK_WORK, key: tenantId }, at)
}

/** The next hour to seal, or the next deadline of what is held. */
async function nextLook({ db, clock }: UsageDeps, tenantId: TenantId, lease: Lease): Promise<Instant | undefined> {
  const deadline = await inLedger(db, tenantId, async (tx) => {
    await lease.assertHeld(tx)
    return dropOverdue(tx, tenantId, clock.now())
  })
  const seal = await nextSealAt(db, { tenantId })
  return seal && deadline ? earliest(seal, deadline) : (seal ?? deadline)
}

/** Either they are known then, or the subscription's hours wait and somebody is told. */
async function readTerms(deps: UsageDeps, tenantId: TenantId, { subscriptionId, ...plan }: WantedTerms, lease: Lease): Promise<void> {
  const microsoft = await deps.microsoftFor(tenantId)
  const known = await tolerantly(fetchPlanTerms(deps.db, microsoft, tenantId, subscriptionId, plan, deps.clock.now(), lease.signal))
  const now = deps.clock.now()
  const subject = { kind: 'subscription', id: subscriptionId } as const
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    if (known) return clearAttention(tx, tenantId, subject, ['USAGE_INCLUDED_UNKNOWN'], now)
    await postpone(tx, { tenantId }, subscriptionId, plus(now, ASK_AGAIN))
    return raiseAttention(tx, tenantId, subject, { code: 'USAGE_INCLUDED_UNKNOWN', facts: { plan: plan.planId, offer: plan.offerId } }, now)
  })
}

const tolerantly = (reading: Promise<boolean>): Promise<boolean> =>
  reading.catch((error: unknown) => {
    if (error instanceof ApiError) return false
    throw error
  })
