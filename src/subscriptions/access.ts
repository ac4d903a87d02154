/** Who may see a subscription. Identity is (directory, object id); an e-mail address proves nothing. */
import { PERSONAL_ACCOUNTS_TENANT } from './act/purchase-order.ts'
import type { SubscriptionRecord, Visitor } from './record.ts'

/**
 * People of the organisation that uses it or that bought it; in the directory all personal accounts share, only the very person.
 * Source: Partner Center docs, "Build the landing page": any user of the tenant may arrive.
 */
export function mayRead({ microsoft }: Pick<SubscriptionRecord, 'microsoft'>, visitor: Visitor): boolean {
  return [microsoft.beneficiary, microsoft.purchaser].some(
    (party) =>
      party.entraTenantId === visitor.entraTenantId &&
      (visitor.entraTenantId !== PERSONAL_ACCOUNTS_TENANT || party.objectId === visitor.objectId),
  )
}
