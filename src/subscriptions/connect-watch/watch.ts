/**
 * The watch on Connect: reads what has changed since it last looked and wakes the subscriptions it is about. It decides nothing; a
 * subscription that is woken looks for itself.
 */
import type { Db, Tx } from '../../database/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import { between, type Instant, minutes, plus } from '../../kit/time.ts'
import { listProducts } from '../../tenants/index.ts'
import type { Clients, ConvergeDeps, Holding } from '../deps.ts'
import { beginning, readFrom, type Taken, take, type WatchMemory } from '../rules/connect-watch/cursor.ts'
import { watchPause } from '../rules/connect-watch/pace.ts'
import { changedSince } from './changes.ts'
import { loadWatch, moodOf, recordTaken, type StoredWatch } from './store.ts'

export interface WatchDeps extends ConvergeDeps<Tx> {
  readonly db: Db
}

/** A reading that brought nothing is noted this often, for operators. */
const NOTE_EVERY = minutes(1)

/** @returns when to look again. @throws ApiError of the `ERR_CONNECT_` family: what was read so far is kept. */
export async function watchConnect(deps: WatchDeps, tenantId: TenantId, holding: Holding<Tx>): Promise<Instant> {
  const productIds = (await listProducts(deps.db, tenantId)).map(({ id }) => id)
  if (productIds.length > 0) await readNews(deps, tenantId, productIds, holding)
  const now = deps.clock.now()
  return plus(now, watchPause(await moodOf(deps.db, tenantId), now))
}

async function readNews(deps: WatchDeps, tenantId: TenantId, productIds: readonly ProductId[], holding: Holding<Tx>): Promise<void> {
  const { connect } = await deps.clientsFor(tenantId)
  const stored = await loadWatch(deps.db, tenantId)
  let memory = stored.memory ?? (await begin(connect, productIds, holding.signal))
  for await (const page of changedSince(connect.requests, productIds, readFrom(memory), holding.signal)) {
    const now = deps.clock.now()
    const taken = take(memory, page, now)
    const changed = page.filter(({ id }) => taken.news.has(id))
    if (isWorthStoring(stored, taken, now)) await recordTaken(deps.db, tenantId, taken, changed, now, holding.guard)
    deps.crashPoint('connectWatch.stored')
    memory = taken.memory
  }
}

/** The newest change there is now. Without any the watch begins with the first there will be. */
async function begin({ requests }: Clients['connect'], productIds: readonly ProductId[], signal: AbortSignal): Promise<WatchMemory> {
  const { items } = await requests.list({ productIds }, { ordering: ['-updated'], limit: 1 }, signal)
  return beginning(items[0]?.updated)
}

const isWorthStoring = ({ memory, polledAt }: StoredWatch, { news }: Taken, now: Instant): boolean =>
  memory === undefined || news.size > 0 || polledAt === undefined || Math.abs(between(polledAt, now)) >= NOTE_EVERY
