/**
 * Which tenants call Microsoft as which app. Microsoft accepts an app (tenant id and client id) in the technical configuration of one publisher
 * account only, and shows all of its subscriptions to it: two tenants with one app would each take the other's for theirs.
 */
import type { Db } from '../../database/types.ts'
import type { EntraClientId, EntraTenantId, TenantId } from '../../kit/ids.ts'
import { tenantId } from '../../kit/ids.ts'
import { credentialFacts } from '../model/credential.ts'
import { readStored } from './stored.ts'

export interface MarketplaceApp {
  readonly tenantId: EntraTenantId
  readonly clientId: EntraClientId
}

export interface AppOwner {
  readonly owner: TenantId
  readonly app: MarketplaceApp
}

/** Every app that is stored, archived tenants' too: their subscriptions go on. */
export async function appOwners(db: Db): Promise<readonly AppOwner[]> {
  const rows = await db.selectFrom('credentials').select(['tenant_id', 'public_part']).where('kind', '=', 'microsoft').execute()
  return rows.flatMap(({ tenant_id, public_part }) => {
    const facts = readStored(credentialFacts, public_part, 'credentials.public_part')
    return facts.kind === 'microsoft' ? [{ owner: tenantId.parse(tenant_id), app: facts }] : []
  })
}

/** Ids are compared as Microsoft does, whatever their case. */
export const sameApp = (a: MarketplaceApp, b: MarketplaceApp): boolean =>
  a.tenantId.toLowerCase() === b.tenantId.toLowerCase() && a.clientId.toLowerCase() === b.clientId.toLowerCase()

/** Why another tenant may not have it. */
export const appIsTaken = (owner: TenantId): string =>
  `this app is that of the tenant ${owner}: Microsoft lets one app (tenant id and client id) act for one publisher account only, so each publisher needs an app of its own`
