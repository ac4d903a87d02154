/** A listing request waits for its offers: told when one of them has come further, or is held up. */
import type { Tx } from '../../database/index.ts'
import { wakeAll } from '../../database/work/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { LISTING_WORK } from './work-kinds.ts'

export async function wakeRequestsOf(tx: Tx, { tenantId, offerId }: { tenantId: TenantId; offerId: OfferId }, now: Instant): Promise<void> {
  const open = await tx
    .selectFrom('listing_requests as request')
    .innerJoin('offers as offer', (join) =>
      join.onRef('offer.tenant_id', '=', 'request.tenant_id').onRef('offer.product_id', '=', 'request.product_id'),
    )
    .select('request.id')
    .where('request.tenant_id', '=', tenantId)
    .where('offer.id', '=', offerId)
    .where('request.state', 'not in', ['completed', 'canceled', 'gone'])
    .execute()
  await wakeAll(
    tx,
    open.map(({ id }) => ({ tenantId, kind: LISTING_WORK, key: id })),
    now,
  )
}
