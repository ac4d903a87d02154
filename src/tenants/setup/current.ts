/** Loads what is stored of a tenant, secrets opened, to compare it with a set-up. */
import type { Keyring } from '../../database/secrets.ts'
import type { Db } from '../../database/types.ts'
import type { TenantId } from '../../kit/ids.ts'
import { getTenant, listOffers, listPlanMappings, listProducts } from '../read.ts'
import { listOfferContents, listPlanContents, openLeadSecretIfReadable } from '../store/contents.ts'
import { listCredentials, openSecretIfReadable } from '../store/credentials.ts'
import type { CurrentTenant } from './plan.ts'

export async function loadTenant(db: Db, keyring: Keyring, tenantId: TenantId): Promise<CurrentTenant | undefined> {
  const tenant = await getTenant(db, tenantId)
  if (!tenant) return undefined
  const credentials = (await listCredentials(db, tenantId)).map((stored) => ({
    slot: stored.slot,
    facts: stored.facts,
    secret: openSecretIfReadable(keyring, tenantId, stored),
    expiresAt: stored.expiresAt,
    stale: keyring.isStale(stored.sealed),
  }))
  const products = await listProducts(db, tenantId)
  const offers = await listOffers(db, tenantId)
  const plans = await listPlanMappings(db, tenantId)
  const offerContents = (await listOfferContents(db, tenantId)).map((stored) => ({
    ...stored,
    leadSecret: openLeadSecretIfReadable(keyring, tenantId, stored),
    stale: stored.sealedLeadSecret !== undefined && keyring.isStale(stored.sealedLeadSecret),
  }))
  return { tenant, credentials, products, offers, plans, offerContents, planContents: await listPlanContents(db, tenantId) }
}
