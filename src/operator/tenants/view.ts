/** A tenant as operators read it: what it sells, how its credentials stand, how both sides reach us. No secret. */
import type { TenantId } from '../../kit/ids.ts'
import { connectHealth, webhookHealth } from '../../subscriptions/index.ts'
import { tenantOverview } from '../../tenants/index.ts'
import type { OperatorDeps } from '../deps.ts'

/** @param publicUrl our origin. @returns `undefined` when there is no such tenant */
export async function tenantRecord({ db, clock }: Pick<OperatorDeps, 'db' | 'clock'>, tenantId: TenantId, publicUrl: string) {
  const overview = await tenantOverview(db, tenantId, publicUrl, clock.now())
  return overview && { ...overview, webhook: await webhookHealth(db, tenantId), connect: await connectHealth(db, tenantId) }
}
export type TenantRecord = NonNullable<Awaited<ReturnType<typeof tenantRecord>>>
