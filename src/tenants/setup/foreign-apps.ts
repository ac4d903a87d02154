/** One publisher's app in the hands of another, within a set-up or against what is stored. Pure. */
import type { TenantId } from '../../kit/ids.ts'
import { type AppOwner, appIsTaken, type MarketplaceApp, sameApp } from '../store/app-owners.ts'
import type { DesiredTenant } from './desired.ts'
import type { Path, SetupFault } from './faults.ts'

interface Claim extends AppOwner {
  readonly path: Path
}

/** @param stored every app that is stored now; those of tenants whose app the file speaks of are replaced by what it says */
export function foreignApps(desired: readonly DesiredTenant[], stored: readonly AppOwner[]): readonly SetupFault[] {
  const claims = desired.flatMap(claimOf)
  const kept = stored.filter(({ owner }) => !claims.some((claim) => claim.owner === owner))
  return claims.flatMap(({ owner, app, path }, index) => {
    const other = ownerBeside(owner, app, [...kept, ...claims.slice(0, index)])
    return other === undefined ? [] : [{ path, message: appIsTaken(other) }]
  })
}

export const ownerBeside = (owner: TenantId, app: MarketplaceApp, owners: readonly AppOwner[]): TenantId | undefined =>
  owners.find((other) => other.owner !== owner && sameApp(other.app, app))?.owner

const claimOf = ({ tenant, credentials }: DesiredTenant): readonly Claim[] => {
  const facts = credentials.map(({ value }) => value.facts).find(({ kind }) => kind === 'microsoft')
  return facts?.kind === 'microsoft'
    ? [{ owner: tenant.value.id, app: facts, path: [...tenant.path, 'credentials', 'microsoft', 'clientId'] }]
    : []
}
