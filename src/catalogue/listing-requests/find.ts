/** Finds what vendors ask: one question for a tenant; each request then looks for itself. */
import type { ListingRequest } from '../../connect/index.ts'
import { type Db, inTransaction } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities, wakeAll } from '../../database/work/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { hours, type Instant, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { listTenants } from '../../tenants/index.ts'
import { wakeResyncOf } from '../resync/wake.ts'
import type { ListingDeps } from './deps.ts'
import { isOver, keepSeen, listListingRequests, loadListingRequest } from './stored.ts'
import { LISTING_WORK, LISTINGS_WORK } from './work-kinds.ts'

const EVERY: Milliseconds = minutes(5)
/** A token that may not read them is asked about again. */
const WHEN_FORBIDDEN: Milliseconds = hours(1)

export const listingRequestsLook = (deps: ListingDeps): Look =>
  defineLook({
    kind: LISTINGS_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    look: ({ tenantId }, lease) => findRequests(deps, tenantId, lease),
  })

/** Every active tenant's requests are looked for from now on; safe to repeat. */
export async function wakeListingRequests(db: Db, now: Instant): Promise<void> {
  const active = (await listTenants(db)).filter(({ status }) => status === 'active')
  await wakeAll(
    db,
    active.map(({ id }) => ({ tenantId: id, kind: LISTINGS_WORK, key: id })),
    now,
  )
}

async function findRequests(deps: ListingDeps, tenantId: TenantId, lease: Lease): Promise<LookResult> {
  const connect = await deps.connectFor(tenantId)
  const seen: ListingRequest[] = []
  try {
    for await (const one of connect.listingRequests.walk({ states: ['reviewing', 'deploying'] }, lease.signal)) seen.push(one)
  } catch (error) {
    if (!hasCode(error, 'ERR_CONNECT_FORBIDDEN')) throw error
    return { lookAgainAt: plus(deps.clock.now(), WHEN_FORBIDDEN) }
  }
  await keep(deps, tenantId, seen, lease)
  return { lookAgainAt: plus(deps.clock.now(), EVERY) }
}

/** Wakes what is new or was moved, and what was open and is not told any more. */
async function keep({ db, clock }: ListingDeps, tenantId: TenantId, seen: readonly ListingRequest[], lease: Lease): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    const now = clock.now()
    const told = new Set(seen.map(({ id }) => String(id)))
    const woken = (await listListingRequests(tx, tenantId, { isOpen: true })).filter(({ id }) => !told.has(id)).map(({ id }) => id)
    for (const one of seen) {
      if (one.productId === undefined) continue // nothing that could be sold
      const before = await loadListingRequest(tx, { tenantId, id: one.id })
      const isBack = before !== undefined && isOver(before.state)
      if ((await keepSeen(tx, tenantId, one, one.productId, now)) || isBack) woken.push(one.id)
    }
    await wakeAll(
      tx,
      woken.map((id) => ({ tenantId, kind: LISTING_WORK, key: id })),
      now,
    )
    const asked = new Set(seen.flatMap(({ id, productId }) => (productId !== undefined && woken.includes(id) ? [String(productId)] : [])))
    if (asked.size > 0) await wakeResyncOf(tx, tenantId, now, asked) // a vendor asks with a new version
  })
}
