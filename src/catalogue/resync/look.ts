/** A product is looked at a few times a day, not all at once: what its vendor has changed in Connect, and what Microsoft shows that nobody mapped. */
import { createHash } from 'node:crypto'
import { settleAttention } from '../../attention/index.ts'
import { inTransaction } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import { offerId, productId } from '../../kit/ids.ts'
import { hours, type Instant, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { askForSources, type RecognizeDeps } from '../../subscriptions/index.ts'
import { getProduct } from '../../tenants/index.ts'
import type { Difference } from '../rules/difference.ts'
import { isOpen } from '../rules/resync-report.ts'
import { observeProduct, type ResyncKey, type ResyncObserveDeps, type ResyncSeen } from './observe.ts'
import { saveSnapshot } from './snapshot.ts'
import { RESYNC_WORK } from './wake.ts'

export type ResyncDeps = ResyncObserveDeps & RecognizeDeps

const EVERY: Milliseconds = hours(4)
/** Some subscriptions are left to be asked about. */
const WHEN_MORE: Milliseconds = minutes(1)
/** So much of a pause may be added. */
const SPREAD = 0.25
/** Subscriptions asked about in one look: one call each. */
const ASKED_AT_ONCE = 25
/** So many are told with the item; all of them by `bridge offer resync`. */
const MOST = 10

export const resyncLook = (deps: ResyncDeps): Look =>
  defineLook({
    kind: RESYNC_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    look: ({ tenantId, key }, lease) => lookAtProduct(deps, { tenantId, productId: productId.parse(key) }, lease),
  })

async function lookAtProduct(deps: ResyncDeps, key: ResyncKey, lease: Lease): Promise<LookResult> {
  const product = await getProduct(deps.db, key.tenantId, key.productId)
  if (product?.status !== 'active') return settle(deps, key, [], lease)
  const more = await askAboutSubscriptions(deps, key, lease.signal)
  const seen = await observeProduct(deps, key, lease.signal)
  if (seen.stored.length === 0) return settle(deps, key, [], lease)
  await settle(deps, key, seen.differences, lease, seen)
  const now = deps.clock.now()
  return { lookAgainAt: plus(now, more ? WHEN_MORE : spread(EVERY, key, now)) }
}

/** @returns whether some are left */
async function askAboutSubscriptions(
  deps: ResyncDeps,
  { tenantId, productId: product }: ResyncKey,
  signal?: AbortSignal,
): Promise<boolean> {
  const rows = await deps.db.selectFrom('offers').select('id').where('tenant_id', '=', tenantId).where('product_id', '=', product).execute()
  try {
    return await askForSources(
      deps,
      tenantId,
      rows.map(({ id }) => offerId.parse(id)),
      ASKED_AT_ONCE,
      signal,
    )
  } catch (error) {
    if (!hasCode(error, 'ERR_CREDENTIAL_MISSING')) throw error
    return false
  }
}

/** One item for a product, which goes by itself when nothing is left to do. A product nobody took over yet, with nothing to do, is taken as it is. */
async function settle(
  { db, clock }: ResyncDeps,
  { tenantId, productId: product }: ResyncKey,
  differences: readonly Difference[],
  lease: Lease,
  seen?: ResyncSeen,
): Promise<LookResult> {
  const now = clock.now()
  const open = differences.filter(({ deed }) => deed !== 'know')
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    if (seen?.facts && !seen.snapshot && !isOpen(differences)) await saveSnapshot(tx, tenantId, seen.facts, 'the first look', now)
    await settleAttention(
      tx,
      {
        tenantId,
        subject: { kind: 'product', id: product },
        among: ['PRODUCT_DIFFERS'],
        wanted: open.length === 0 ? [] : [{ code: 'PRODUCT_DIFFERS', facts: factsOf(open, seen) }],
      },
      now,
    )
  })
  return {}
}

const factsOf = (open: readonly Difference[], seen: ResyncSeen | undefined) => ({
  differences: open.slice(0, MOST).map(({ sentence }) => sentence),
  ...(open.length > MOST ? { more: open.length - MOST } : {}),
  ...(seen?.facts?.version === undefined ? {} : { version: seen.facts.version }),
})

/** Longer by up to a quarter: another for each product and time, and the same for the same. */
function spread(pause: Milliseconds, { tenantId, productId: product }: ResyncKey, now: Instant): Milliseconds {
  const share = createHash('sha256').update(`${tenantId} ${product} ${now.getTime()}`).digest().readUInt16BE() / 0xffff
  return Math.round(pause * (1 + SPREAD * share))
}
