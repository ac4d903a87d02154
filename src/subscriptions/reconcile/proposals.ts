/** For subscriptions without an asset: which asset may be theirs. Proposed to an operator, never taken. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { wakeAll } from '../../database/work/index.ts'
import { subscriptionId } from '../../kit/ids.ts'
import { sameItems, wantedItems } from '../rules/items.ts'
import { type Candidate, propose } from '../rules/reconcile/match.ts'
import type { SubscriptionSetup } from '../setup.ts'
import { SUBSCRIPTION_WORK } from '../work-kinds.ts'
import type { ReconcileDeps } from './deps.ts'
import { type Finding, keepProposal, readFindings } from './findings.ts'
import type { Comparison } from './judge.ts'
import { candidatesFor, type ListedRow, listedOf, type RunKey, type StoredAsset } from './lists.ts'
import { evidenceIn, keysOfSubscription } from './match-keys.ts'

/** More assets of one customer than anybody looks through. */
const MOST_CANDIDATES = 50

export async function proposeMatches({ db }: ReconcileDeps, comparison: Comparison): Promise<void> {
  const { run } = comparison
  for await (const finding of readFindings(db, run, ['onlyAtMicrosoft'])) {
    comparison.signal.throwIfAborted()
    const proposal = propose(await candidatesOf(db, comparison, finding))
    if (!proposal) continue
    await keepProposal(db, run, finding, proposal)
  }
  if (!comparison.dryRun) await tellSubscriptions(db, comparison)
}

async function candidatesOf(db: Db, { run, setupOf }: Comparison, finding: Finding): Promise<readonly Candidate[]> {
  const id = subscriptionId.parse(finding.subscriptionId)
  const listed = (await listedOf(db, run, [id])).get(id)
  const setup = listed && (await setupOf(listed.snapshot.offerId))
  if (!setup || setup === 'outOfReach') return []
  const keys = keysOfSubscription(id, listed.snapshot, run.runId)
  const assets = await candidatesFor(db, run, setup.productId, keys, MOST_CANDIDATES)
  return assets
    .filter(({ status, environment }) => status !== 'terminated' && environment === listed.environment)
    .map((asset) => ({ assetId: asset.id, evidence: evidenceIn(keys, asset.matchKeys), itemsFit: itemsFit(listed, asset, setup) }))
}

function itemsFit({ snapshot }: ListedRow, asset: StoredAsset, setup: SubscriptionSetup): boolean {
  const plan = setup.plans.get(snapshot.planId)
  return plan !== undefined && sameItems(wantedItems(plan, snapshot.quantity), asset.items, setup.mappedItems)
}

/** The proposal stands with the subscription, so that its attention item names it; an older one goes. What has another one now is looked at. */
async function tellSubscriptions(db: Db, { run, begunAt }: Comparison): Promise<void> {
  const { tenantId } = run
  const { rows } = await sql<{ id: string }>`
    update subscriptions set proposed_asset = found.proposal
    from (${foundIn(run)}) found
    where subscriptions.tenant_id = ${tenantId} and subscriptions.id = found.subscription_id
      and subscriptions.proposed_asset is distinct from found.proposal
    returning subscriptions.id`.execute(db)
  await wakeAll(
    db,
    rows.map(({ id }) => ({ tenantId, kind: SUBSCRIPTION_WORK, key: id })),
    begunAt,
  )
}

const foundIn = ({ tenantId, runId }: RunKey) =>
  sql`select subscription_id, proposal from reconcile_findings
    where tenant_id = ${tenantId} and run_id = ${runId} and subscription_id is not null and standing = 'onlyAtMicrosoft'`
