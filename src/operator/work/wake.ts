/** Having something of a tenant's looked at now. */
import { inTransaction } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { CONNECT_WATCH_WORK, DISCOVERY_WORK, SUBSCRIPTION_WORK, tellWoken } from '../../subscriptions/index.ts'
import type { OperatorDeps } from '../deps.ts'
import { type Operator, signedBy } from '../operator.ts'
import { theSubscription } from '../subscriptions/find.ts'

/** What may be woken in a tenant's name: one of its subscriptions, or its reading of either side. */
export const wakeableKinds = [SUBSCRIPTION_WORK, DISCOVERY_WORK, CONNECT_WATCH_WORK] as const

export interface Woken {
  readonly kind: string
  readonly key: string
}

/** @param key of a subscription its id; of the others it is the tenant, whatever is given */
export async function wakeOf(
  deps: Pick<OperatorDeps, 'db' | 'clock'>,
  tenantId: TenantId,
  {
    kind,
    key,
    note,
  }: { readonly kind: (typeof wakeableKinds)[number]; readonly key?: string | undefined; readonly note?: string | undefined },
  operator: Operator,
): Promise<Woken> {
  const object = { kind, key: kind === SUBSCRIPTION_WORK ? await subscriptionKey(deps.db, key, tenantId) : tenantId }
  await wakeAny(deps, { tenantId, ...object, note }, operator)
  return object
}

/** Any object of the work list, for who runs the installation; in the timeline of its subscription, where it belongs to one. */
export const wakeAny = (
  { db, clock }: Pick<OperatorDeps, 'db' | 'clock'>,
  { tenantId, kind, key, note }: Woken & { readonly tenantId: TenantId | undefined; readonly note?: string | undefined },
  operator: Operator,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const now = clock.now()
    const { by, note: kept } = signedBy(operator, note)
    await wake(tx, { tenantId, kind, key }, now)
    if (tenantId !== undefined) await tellWoken(tx, { tenantId, kind, key }, { by, ...(kept === undefined ? {} : { note: kept }) }, now)
  })

async function subscriptionKey(db: OperatorDeps['db'], key: string | undefined, tenantId: TenantId): Promise<string> {
  if (key === undefined) throw new AppError('ERR_BAD_INPUT', { message: 'Which subscription? Its id is the key.' })
  return (await theSubscription(db, key, tenantId)).subscriptionId
}
