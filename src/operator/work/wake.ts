/** Having something of a tenant's looked at now. */
import { wake } from '../../database/work/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { CONNECT_WATCH_WORK, DISCOVERY_WORK, SUBSCRIPTION_WORK } from '../../subscriptions/index.ts'
import type { OperatorDeps } from '../deps.ts'
import { theSubscription } from '../subscriptions/find.ts'

/** What may be woken in a tenant's name: one of its subscriptions, or its reading of either side. */
export const wakeableKinds = [SUBSCRIPTION_WORK, DISCOVERY_WORK, CONNECT_WATCH_WORK] as const

export interface Woken {
  readonly kind: string
  readonly key: string
}

/** @param key of a subscription its id; of the others it is the tenant, whatever is given */
export async function wakeOf(
  { db, clock }: Pick<OperatorDeps, 'db' | 'clock'>,
  tenantId: TenantId,
  kind: (typeof wakeableKinds)[number],
  key: string | undefined,
): Promise<Woken> {
  const object = { kind, key: kind === SUBSCRIPTION_WORK ? await subscriptionKey(db, key, tenantId) : tenantId }
  await wake(db, { tenantId, ...object }, clock.now())
  return object
}

async function subscriptionKey(db: OperatorDeps['db'], key: string | undefined, tenantId: TenantId): Promise<string> {
  if (key === undefined) throw new AppError('ERR_BAD_INPUT', { message: 'Which subscription? Its id is the key.' })
  return (await theSubscription(db, key, tenantId)).subscriptionId
}
