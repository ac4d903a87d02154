/** Opened credentials of a tenant, for the clients that use them. What comes out is secret: never log, print or store it. */
import type { Keyring } from '../database/secrets.ts'
import type { Db } from '../database/types.ts'
import type { EntraClientId, TenantId } from '../kit/ids.ts'
import { type Instant, isBefore } from '../kit/time.ts'
import type { AppCredential, MicrosoftApp } from '../microsoft/index.ts'
import { credentialsOfTenants, listCredentials, openSecret, type SealedCredential } from './store/credentials.ts'

export interface CredentialDeps {
  readonly db: Db
  readonly keyring: Keyring
}

/** All that are live, the one to use first in front: newest first, refused and expired ones last, the primary slot before the secondary. */
export const inOrderOfUse = (credentials: readonly SealedCredential[], now: Instant): readonly SealedCredential[] =>
  [...credentials].sort(
    (a, b) =>
      Number(hasEnded(a, now)) - Number(hasEnded(b, now)) ||
      Number(a.isRefused ?? false) - Number(b.isRefused ?? false) ||
      b.updatedAt.getTime() - a.updatedAt.getTime() ||
      a.slot.localeCompare(b.slot),
  )

const hasEnded = ({ expiresAt }: SealedCredential, now: Instant): boolean => expiresAt !== undefined && !isBefore(now, expiresAt)

/** Connect's tokens as its `Authorization` header takes them; `undefined` when the tenant has none. */
export async function connectCredential(
  { db, keyring }: CredentialDeps,
  tenantId: TenantId,
  now: Instant,
): Promise<{ readonly apiKeys: readonly string[] } | undefined> {
  const found = inOrderOfUse(await listCredentials(db, tenantId, 'connect'), now)
  return found.length === 0 ? undefined : { apiKeys: found.map((credential) => openSecret(keyring, tenantId, credential)) }
}

/** The app that calls Microsoft's marketplace; `undefined` when the tenant has none. */
export async function microsoftCredential(
  { db, keyring }: CredentialDeps,
  tenantId: TenantId,
  now: Instant,
): Promise<MicrosoftApp | undefined> {
  return microsoftApp(inOrderOfUse(await listCredentials(db, tenantId, 'microsoft'), now), (credential) =>
    openSecret(keyring, tenantId, credential),
  )
}

/** Only who the apps are, for the proof of Microsoft's calls: no secret is opened. A tenant that is not there is not in the answer; one without an app is. */
export async function microsoftAppIds(
  db: Db,
  tenantIds: readonly TenantId[],
  now: Instant,
): Promise<ReadonlyMap<TenantId, Pick<MicrosoftApp, 'tenantId' | 'clientId'> | undefined>> {
  const found = await credentialsOfTenants(db, tenantIds, 'microsoft')
  return new Map([...found].map(([tenantId, credentials]) => [tenantId, appIdOf(inOrderOfUse(credentials, now)[0])]))
}

const appIdOf = (credential: SealedCredential | undefined) =>
  credential?.facts.kind === 'microsoft' ? { tenantId: credential.facts.tenantId, clientId: credential.facts.clientId } : undefined

/** @param credentials of kind `microsoft` or `partnerCenter`, in order of use */
export function microsoftApp(
  credentials: readonly SealedCredential[],
  open: (credential: SealedCredential) => string,
): MicrosoftApp | undefined {
  const facts = credentials[0]?.facts
  if (facts?.kind !== 'microsoft' && facts?.kind !== 'partnerCenter') return undefined
  return { tenantId: facts.tenantId, clientId: facts.clientId, credentials: credentials.map((one) => appCredential(one, open(one))) }
}

const appCredential = ({ facts }: SealedCredential, secret: string): AppCredential =>
  (facts.kind === 'microsoft' || facts.kind === 'partnerCenter') && facts.certificate
    ? { kind: 'certificate', certificate: facts.certificate.pem, privateKey: secret }
    : { kind: 'secret', secret }

/** The app buyers sign in with; `undefined` when the tenant has none. */
export async function signInCredential(
  { db, keyring }: CredentialDeps,
  tenantId: TenantId,
  now: Instant,
): Promise<{ readonly clientId: EntraClientId; readonly secrets: readonly string[] } | undefined> {
  const found = inOrderOfUse(await listCredentials(db, tenantId, 'signIn'), now)
  const facts = found[0]?.facts
  if (facts?.kind !== 'signIn') return undefined
  return { clientId: facts.clientId, secrets: found.map((credential) => openSecret(keyring, tenantId, credential)) }
}
