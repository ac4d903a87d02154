/** One reconcile of a tenant: read Microsoft's list, read Connect's, compare both with our records, and tell. */

import { raiseAttention } from '../../attention/index.ts'
import { inTransaction } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'
import { listOffers, listProducts } from '../../tenants/index.ts'
import { confirmTenant } from '../brakes/operate.ts'
import { readBrakes } from '../brakes/postgres.ts'
import type { ListFault, ReconcileDeps, ReconcileRequest } from './deps.ts'
import { carrySince } from './findings.ts'
import { type Comparison, judgeAll } from './judge.ts'
import { emptyLists, type RunKey } from './lists.ts'
import { proposeMatches } from './proposals.ts'
import { readConnect } from './read-connect.ts'
import { readMicrosoft } from './read-microsoft.ts'
import { beginRun, endRun, lastRun, pruneRuns, type ReconcileRun, readRun } from './runs.ts'
import { createSetups } from './setups.ts'

/**
 * Flat in memory: the lists go through the database. A list that breaks off in the middle is judged as far as it was read; nothing is
 * reported as missing from it.
 * @throws AppError `ERR_PRODUCT_NOT_FOUND` for a product the tenant does not have.
 */
export async function reconcile(deps: ReconcileDeps, request: ReconcileRequest, signal: AbortSignal): Promise<ReconcileRun> {
  const { db, clock } = deps
  const scope = await scopeOf(deps, request)
  const begunAt = clock.now()
  const run = await beginRun(db, request, begunAt)
  const faults = [...(await readMicrosoft(deps, run, signal)), ...(await readConnect(deps, run, scope.products, signal))]
  const { confirmedAt, pausedSince } = await readBrakes(db, request.tenantId)
  const comparison: Comparison = {
    ...{ run, begunAt, signal },
    dryRun: request.dryRun,
    setupOf: createSetups(deps, request.tenantId),
    microsoftWasRead: !faults.some(({ side }) => side === 'microsoft'),
    connectWasRead: (productId) =>
      scope.products.some(({ id }) => id === productId) && !faults.some((fault) => fault.productId === productId),
    isInScope: scope.includes,
    brakes: { confirmed: confirmedAt !== undefined, paused: pausedSince !== undefined },
  }
  const judged = await judgeAll(deps, comparison)
  await proposeMatches(deps, comparison)
  const before = await lastRun(db, request.tenantId, { before: run, productId: request.productId })
  if (before) await carrySince(db, run, before.runId)
  await emptyLists(db, run)
  await endRun(db, run, { ...judged, faults }, clock.now())
  await pruneRuns(db, run, clock.now())
  if (confirmedAt === undefined && isWhole(request, faults)) await whenFirst(deps, run, request, judged.preexisting, clock.now())
  const ended = await readRun(db, run)
  if (!ended) throw new TypeError('the run was stored a moment ago')
  return ended
}

async function scopeOf({ db }: ReconcileDeps, { tenantId, productId }: ReconcileRequest) {
  const all = await listProducts(db, tenantId)
  if (productId === undefined) return { products: all, includes: () => true }
  const products = all.filter(({ id }) => id === productId)
  if (products.length === 0) throw new AppError('ERR_PRODUCT_NOT_FOUND', { facts: { tenantId, productId } })
  const offers = new Set((await listOffers(db, tenantId)).filter((offer) => offer.productId === productId).map(({ id }) => id))
  const includes: Comparison['isInScope'] = (of) => of.productId === productId || (of.offerId !== undefined && offers.has(of.offerId))
  return { products, includes }
}

const isWhole = ({ productId }: ReconcileRequest, faults: readonly ListFault[]): boolean => productId === undefined && faults.length === 0

/** A publisher that sold nothing before has nothing to confirm; otherwise somebody is asked to see the report. */
async function whenFirst(
  { db }: ReconcileDeps,
  { tenantId }: RunKey,
  { dryRun }: ReconcileRequest,
  preexisting: number,
  now: Instant,
): Promise<void> {
  if (dryRun) return
  if (preexisting === 0) {
    await confirmTenant(db, tenantId, 'nothing to confirm', now)
    return
  }
  const note = { code: 'FIRST_RECONCILE_UNCONFIRMED', facts: { subscriptions: preexisting } } as const
  await inTransaction(db, (tx) => raiseAttention(tx, tenantId, { kind: 'tenant', id: tenantId }, note, now))
}
