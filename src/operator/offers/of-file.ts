/** How far the offers of a set-up file shall get. */
import { ensureWanted, type Goal, readPublication } from '../../catalogue/index.ts'
import type { Db } from '../../database/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import type { Clock } from '../../kit/time.ts'
import type { SetupFile } from '../../tenants/index.ts'
import { nameOf, type Operator } from '../operator.ts'

export interface WantedOfFile {
  readonly tenantId: TenantId
  readonly offerId: OfferId
  readonly target: Goal
  /** It was not wanted so far before, or its content has changed since somebody said yes to it. */
  readonly changed: boolean
}

/** Applied again without a change, nothing is asked for: an offer's target set otherwise meanwhile is set back. */
export async function publishWanted(
  db: Db,
  setup: SetupFile,
  { by, clock, dryRun }: { readonly by: Operator; readonly clock: Clock; readonly dryRun: boolean },
): Promise<readonly WantedOfFile[]> {
  const wanted: WantedOfFile[] = []
  for (const { id: tenantId, products } of setup.tenants)
    for (const { id: offerId, publish: target } of products.flatMap(({ offers }) => offers)) {
      if (target === undefined) continue
      const key = { tenantId, offerId }
      const changed = dryRun
        ? (await readPublication(db, key))?.target !== target
        : await ensureWanted(db, key, target, { name: nameOf(by), at: clock.now(), confirmsLive: target === 'live' })
      wanted.push({ ...key, target, changed })
    }
  return wanted
}
