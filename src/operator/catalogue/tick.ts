/** What somebody saw in Partner Center, field by field, where the bridge may not look itself. */
import { addHistory, type PublicationKey, type Ticks, tickFields, type WantedDeps } from '../../catalogue/index.ts'
import { inTransaction } from '../../database/index.ts'
import type { Clock } from '../../kit/time.ts'
import { nameOf, type Operator } from '../operator.ts'

/** @returns keys that name nothing of the checklist; nothing is changed then. @throws as `offerChecklist` */
export async function tickChecklist(
  { clock, ...deps }: WantedDeps & { readonly clock: Clock },
  key: PublicationKey,
  { tick, untick }: Pick<Ticks, 'tick' | 'untick'>,
  operator: Operator,
): Promise<readonly string[]> {
  const [by, now] = [nameOf(operator), clock.now()]
  return inTransaction(deps.db, async (tx) => {
    const unknown = await tickFields({ ...deps, db: tx }, key, { tick, untick, by }, now)
    if (unknown.length > 0) return unknown
    const ticked = tick.length === 0 ? [] : [{ what: 'ticked' as const, fields: [...tick] }]
    const unticked = untick.length === 0 ? [] : [{ what: 'unticked' as const, fields: [...untick] }]
    await addHistory(tx, key, { by, at: now }, ...ticked, ...unticked)
    return []
  })
}
