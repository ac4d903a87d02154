/**
 * Finds usage files that are to be billed: those that wait for a yes or no, and those that Connect has accepted by itself. One question for a
 * tenant, of products with Pay-as-you-go items only; each file then looks for itself.
 */
import type { UsageFile } from '../../connect/index.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities, wakeAll } from '../../database/work/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import { type Instant, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { listOffers, listPlanMappings, listTenants } from '../../tenants/index.ts'
import type { UsageDeps } from '../deps.ts'
import { isOver } from '../rules/files/states.ts'
import { FILE_WORK, FILES_WORK } from '../work-kinds.ts'
import { keepFound, loadFile } from './file.ts'

const EVERY: Milliseconds = minutes(5)
const TOGETHER = 100

export const filesLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: FILES_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    async look({ tenantId }, lease) {
      return findFiles(deps, tenantId, lease)
    },
  })

/** Every active tenant's files are looked for from now on; safe to repeat. */
export async function wakeUsageFiles(db: Db, now: Instant): Promise<void> {
  const active = (await listTenants(db)).filter(({ status }) => status === 'active')
  await wakeAll(
    db,
    active.map(({ id }) => ({ tenantId: id, kind: FILES_WORK, key: id })),
    now,
  )
}

async function findFiles(deps: UsageDeps, tenantId: TenantId, lease: Lease): Promise<LookResult> {
  const products = await meteredProducts(deps.db, tenantId)
  if (products.length > 0) {
    const connect = await deps.connectFor(tenantId)
    let found: UsageFile[] = []
    for await (const file of connect.usageFiles.walk({ statuses: ['pending', 'accepted'], productIds: products }, lease.signal)) {
      found.push(file)
      if (found.length < TOGETHER) continue
      await keep(deps, tenantId, found, lease)
      found = []
    }
    await keep(deps, tenantId, found, lease)
  }
  return { lookAgainAt: plus(deps.clock.now(), EVERY) }
}

/** Products any plan of which has a Pay-as-you-go item. */
async function meteredProducts(db: Db, tenantId: TenantId): Promise<readonly ProductId[]> {
  const mappings = await listPlanMappings(db, tenantId)
  const metered = new Set(mappings.filter(({ items }) => items.some(({ kind }) => kind === 'payAsYouGo')).map(({ offerId }) => offerId))
  const offers = await listOffers(db, tenantId)
  return [...new Set(offers.filter(({ id }) => metered.has(id)).map((offer) => offer.productId))]
}

async function keep({ db, clock }: UsageDeps, tenantId: TenantId, files: readonly UsageFile[], lease: Lease): Promise<void> {
  if (files.length === 0) return
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    const now = clock.now()
    const woken: UsageFile[] = []
    for (const file of files) if (await isNews(tx, tenantId, file, now)) woken.push(file)
    await wakeAll(
      tx,
      woken.map(({ id }) => ({ tenantId, kind: FILE_WORK, key: id })),
      now,
    )
  })
}

/** New, come again, or accepted while we had not decided. What is on its way looks for itself. */
async function isNews(tx: Tx, tenantId: TenantId, file: UsageFile, now: Instant): Promise<boolean> {
  if (!file.productId) return false
  if (await keepFound(tx, tenantId, file, file.productId, now)) return true
  const known = await loadFile(tx, { tenantId, fileId: file.id })
  if (!known) return false
  return isOver(known.state) || (file.status === 'accepted' && known.acceptedBy === undefined)
}
