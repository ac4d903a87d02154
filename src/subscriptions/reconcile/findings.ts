/** What a run found, kept and read back. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../database/index.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { STANDINGS, type Standing } from '../rules/reconcile/classify.ts'
import { type Difference, FIELDS } from '../rules/reconcile/differences.ts'
import type { Forecast } from '../rules/reconcile/forecast.ts'
import type { Proposal } from '../rules/reconcile/match.ts'
import { proposal } from '../store/rows.ts'
import type { RunKey } from './lists.ts'

const differences = z.array(
  z.object({
    field: z.enum(FIELDS),
    microsoft: z.string().optional(),
    connect: z.string().optional(),
    bridge: z.string().optional(),
  }),
)
const forecast: z.ZodType<Forecast> = z.discriminatedUnion('will', [
  z.object({ will: z.literal('nothing') }),
  z.object({ will: z.literal('look') }),
  z.object({
    will: z.literal('step'),
    step: z.enum(['purchase', 'change', 'suspend', 'resume', 'cancel', 'revoke', 'activate', 'cancelAtMicrosoft']),
  }),
  z.object({ will: z.literal('wait'), for: z.string() }),
  z.object({ will: z.literal('ask'), code: z.string() }),
])

export interface NewFinding {
  readonly standing: Standing
  readonly subscriptionId: string | undefined
  readonly assetId: string | undefined
  readonly productId: string | undefined
  readonly offerId: string | undefined
  /** Microsoft's word of the purchase, or else that of the asset's connection. */
  readonly environment: 'production' | 'test' | undefined
  readonly differences: readonly Difference[]
  readonly forecast: Forecast
}

export interface Finding extends NewFinding {
  readonly seq: string
  readonly proposal: Proposal | undefined
  /** The start of the first run in a row that found the same. */
  readonly since: Instant
}

export async function keepFindings(db: Db, { tenantId, runId }: RunKey, findings: readonly NewFinding[], at: Instant): Promise<void> {
  if (findings.length === 0) return
  await db
    .insertInto('reconcile_findings')
    .values(
      findings.map((one) => ({
        tenant_id: tenantId,
        run_id: runId,
        standing: one.standing,
        subscription_id: one.subscriptionId ?? null,
        asset_id: one.assetId ?? null,
        product_id: one.productId ?? null,
        offer_id: one.offerId ?? null,
        environment: one.environment ?? null,
        differences: JSON.stringify(one.differences),
        forecast: JSON.stringify(one.forecast),
        proposal: null,
        since: new Date(at.getTime()),
      })),
    )
    .execute()
}

/** What an earlier run found just so is as old as it was there. */
export const carrySince = async (db: Db, { tenantId, runId }: RunKey, earlierRun: string): Promise<void> => {
  await sql`
    update reconcile_findings now set since = before.since
    from reconcile_findings before
    where now.tenant_id = ${tenantId} and now.run_id = ${runId} and before.tenant_id = ${tenantId} and before.run_id = ${earlierRun}
      and now.standing = before.standing and now.differences = before.differences
      and now.subscription_id is not distinct from before.subscription_id
      and (now.subscription_id is not null or now.asset_id = before.asset_id)`.execute(db)
}

export async function keepProposal(db: Db, { tenantId, runId }: RunKey, { seq }: Finding, found: Proposal): Promise<void> {
  await db
    .updateTable('reconcile_findings')
    .set({ proposal: JSON.stringify(found) })
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .where('seq', '=', seq)
    .execute()
}

/** So many at a time. */
const CHUNK = 500

/** In the order of `STANDINGS`, then as they were found. Only these standings, when some are named. */
export async function* readFindings(
  db: Db,
  { tenantId, runId }: RunKey,
  standings: readonly Standing[] = STANDINGS,
): AsyncGenerator<Finding, void, undefined> {
  for (const standing of standings) {
    let after = '0'
    for (;;) {
      const rows = await db
        .selectFrom('reconcile_findings')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('run_id', '=', runId)
        .where('standing', '=', standing)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(CHUNK)
        .execute()
      for (const row of rows) {
        yield {
          seq: row.seq,
          standing,
          subscriptionId: row.subscription_id ?? undefined,
          assetId: row.asset_id ?? undefined,
          productId: row.product_id ?? undefined,
          offerId: row.offer_id ?? undefined,
          environment: row.environment ?? undefined,
          differences: differences.parse(row.differences),
          forecast: forecast.parse(row.forecast),
          proposal: row.proposal === null ? undefined : proposal.parse(row.proposal),
          since: instant(row.since),
        }
      }
      const last = rows.at(-1)
      if (!last || rows.length < CHUNK) break
      after = last.seq
    }
  }
}
