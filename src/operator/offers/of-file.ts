/** How far the offers of a set-up file shall get. */
import { addHistory, ensureWanted, type Goal, type HistorySubject, readPublication } from '../../catalogue/index.ts'
import type { Db, Tx } from '../../database/index.ts'
import { type OfferId, offerId, productId, type TenantId } from '../../kit/ids.ts'
import type { Clock } from '../../kit/time.ts'
import type { Change, SetupFile } from '../../tenants/index.ts'
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

/** What a file changed of products and offers, in their history. */
export async function recordFile(tx: Tx, changes: readonly Change[], { by, clock }: { readonly by: Operator; readonly clock: Clock }) {
  const parts = new Map<string, { readonly subject: HistorySubject; readonly parts: string[] }>()
  for (const change of changes) {
    const subject = subjectOf(change)
    if (!subject) continue
    const key = JSON.stringify(subject)
    const known = parts.get(key) ?? { subject, parts: [] }
    parts.set(key, known)
    known.parts.push(`${change.what} ${change.id} (${change.action})`)
  }
  const signed = { by: nameOf(by), at: clock.now() }
  for (const { subject, parts: changed } of parts.values()) await addHistory(tx, subject, signed, { what: 'changedByFile', parts: changed })
}

/** A plan's history is its offer's. */
function subjectOf({ tenantId, what, id }: Change): HistorySubject | undefined {
  if (what === 'tenant' || what === 'credential') return undefined
  return what === 'product' ? { tenantId, productId: productId.parse(id) } : { tenantId, offerId: offerId.parse(id.split(' / ')[0]) }
}
