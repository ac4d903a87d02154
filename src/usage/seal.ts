/** Seals a tenant's hours when they are due, and reads at Microsoft what a plan includes before anything is billed on it. */
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../database/work/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import { type Milliseconds, minutes, plus } from '../kit/time.ts'
import type { UsageDeps } from './deps.ts'
import { fetchPlanTerms } from './ledger/plan-terms.ts'
import { nextSealAt, sealDue, type WantedTerms } from './ledger/seal.ts'
import { policiesOf } from './policies.ts'
import { SEAL_WORK } from './work-kinds.ts'

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
  for (;;) {
    const now = deps.clock.now()
    const { more, wanted } = await sealDue(deps.db, { tenantId, policyOf, now }, (tx) => lease.assertHeld(tx))
    deps.crashPoint('usage.sealed')
    if (wanted.length > 0 && !(await readAll(deps, tenantId, wanted, lease.signal))) return { lookAgainAt: plus(now, ASK_AGAIN) }
    if (!more && wanted.length === 0) return { lookAgainAt: await nextSealAt(deps.db, { tenantId }) }
  }
}

/** @returns whether all of them are known now */
async function readAll(deps: UsageDeps, tenantId: TenantId, wanted: readonly WantedTerms[], signal: AbortSignal): Promise<boolean> {
  const microsoft = await deps.microsoftFor(tenantId)
  let all = true
  for (const { subscriptionId, ...key } of wanted) {
    all = (await tolerantly(fetchPlanTerms(deps.db, microsoft, tenantId, subscriptionId, key, deps.clock.now(), signal))) && all
  }
  return all
}

const tolerantly = (reading: Promise<boolean>): Promise<boolean> =>
  reading.catch((error: unknown) => {
    if (error instanceof ApiError) return false
    throw error
  })
