/** Credentials as stored: the open part as JSON, the secret sealed for its tenant, kind and slot. */
import { type Selectable, sql } from 'kysely'
import { PREPARED_MARK } from '../../database/pool.ts'
import type { Keyring } from '../../database/secrets.ts'
import type { CredentialRow } from '../../database/tables/tenants.ts'
import type { Db, Tx } from '../../database/types.ts'
import { hasCode } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { type Credential, type CredentialFacts, type CredentialKind, credentialFacts, type Slot } from '../model/credential.ts'
import { readStored } from './stored.ts'

/** A row without its secret opened. */
export interface SealedCredential {
  readonly slot: Slot
  readonly facts: CredentialFacts
  readonly sealed: string
  readonly expiresAt: Instant | undefined
  readonly updatedAt: Instant
  /** The other side refused it at its last check; known where it was asked for. */
  readonly isRefused?: boolean
}

export async function listCredentials(db: Db, tenantId: TenantId, kind?: CredentialKind): Promise<readonly SealedCredential[]> {
  const all = db.selectFrom('credentials').selectAll().where('tenant_id', '=', tenantId).orderBy('kind').orderBy('slot')
  return (await (kind === undefined ? all : all.where('kind', '=', kind)).execute()).map(toSealed)
}

/** What it takes to call the outside systems in a tenant's name. */
export interface Access {
  /** Of its own; otherwise the installation's counts. */
  readonly connectApiUrl: string | undefined
  readonly credentials: readonly SealedCredential[]
}

/** Of several tenants by one query. A tenant that is not there is not in the answer. */
export async function accessOfTenants(db: Db, tenantIds: readonly TenantId[]): Promise<ReadonlyMap<TenantId, Access>> {
  const rows = await db
    .selectFrom('tenants')
    .leftJoin('credentials', 'credentials.tenant_id', 'tenants.id')
    .leftJoin('credential_checks as seen', (join) =>
      join
        .onRef('seen.tenant_id', '=', 'credentials.tenant_id')
        .onRef('seen.kind', '=', 'credentials.kind')
        .onRef('seen.slot', '=', 'credentials.slot'),
    )
    .select([
      'tenants.id',
      'connect_api_url',
      'credentials.slot',
      'public_part',
      'secret',
      'expires_at',
      'credentials.updated_at',
      'result',
    ])
    .where('tenants.id', 'in', tenantIds)
    .orderBy('credentials.kind')
    .orderBy('credentials.slot')
    .execute()
  const found = new Map<TenantId, Access>()
  for (const { id, connect_api_url, slot, secret, updated_at, result, ...more } of rows) {
    const before = found.get(tenantId.parse(id))?.credentials ?? []
    const one =
      slot !== null && secret !== null && updated_at !== null
        ? [{ ...toSealed({ slot, secret, updated_at, ...more }), isRefused: result === 'refused' }]
        : []
    found.set(tenantId.parse(id), { connectApiUrl: connect_api_url ?? undefined, credentials: [...before, ...one] })
  }
  return found
}

/** Of several tenants by one query. A tenant that is not there is not in the answer; one without credentials of the kind is. */
export async function credentialsOfTenants(
  db: Db,
  tenantIds: readonly TenantId[],
  kind: CredentialKind,
): Promise<ReadonlyMap<TenantId, readonly SealedCredential[]>> {
  const rows = await db
    .selectFrom('tenants')
    .leftJoin('credentials', (join) => join.onRef('credentials.tenant_id', '=', 'tenants.id').on('credentials.kind', '=', kind))
    .modifyFront(sql.raw(PREPARED_MARK)) // before each notice
    .select(['tenants.id', 'slot', 'public_part', 'secret', 'expires_at', 'credentials.updated_at'])
    .where('tenants.id', '=', sql<string>`any(${tenantIds}::text[])`)
    .orderBy('slot')
    .execute()
  const found = new Map<TenantId, SealedCredential[]>()
  for (const { id, slot, secret, updated_at, ...more } of rows) {
    const credentials = found.get(tenantId.parse(id)) ?? []
    if (slot !== null && secret !== null && updated_at !== null) credentials.push(toSealed({ slot, secret, updated_at, ...more }))
    found.set(tenantId.parse(id), credentials)
  }
  return found
}

const toSealed = (row: Omit<Selectable<CredentialRow>, 'tenant_id' | 'kind'>): SealedCredential => ({
  slot: row.slot,
  facts: readStored(credentialFacts, row.public_part, 'credentials.public_part'),
  sealed: row.secret,
  expiresAt: row.expires_at === null ? undefined : instant(row.expires_at),
  updatedAt: instant(row.updated_at),
})

/** @throws AppError ERR_SECRET_UNREADABLE */
export const openSecret = (keyring: Keyring, tenantId: TenantId, { facts, slot, sealed }: SealedCredential): string =>
  keyring.open(sealed, placeOf(tenantId, facts.kind, slot))

/** The secret, or `undefined` when no key at hand opens it: entering it again is then the cure. */
export function openSecretIfReadable(keyring: Keyring, tenantId: TenantId, credential: SealedCredential): string | undefined {
  try {
    return openSecret(keyring, tenantId, credential)
  } catch (error) {
    if (hasCode(error, 'ERR_SECRET_UNREADABLE')) return undefined
    throw error
  }
}

export async function saveCredential(tx: Tx, keyring: Keyring, tenantId: TenantId, credential: Credential, now: Instant): Promise<void> {
  const { slot, facts, secret, expiresAt } = credential
  const values = {
    public_part: JSON.stringify(facts),
    secret: keyring.seal(secret, placeOf(tenantId, facts.kind, slot)),
    expires_at: expiresAt === undefined ? null : new Date(expiresAt.getTime()),
    updated_at: new Date(now.getTime()),
  }
  await tx
    .insertInto('credentials')
    .values({ tenant_id: tenantId, kind: facts.kind, slot, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'kind', 'slot']).doUpdateSet(values))
    .execute()
  await forgetCheck(tx, tenantId, facts.kind, slot)
}

/** What was seen with the one before says nothing about this one. */
async function forgetCheck(tx: Tx, tenantId: TenantId, kind: CredentialKind, slot: Slot): Promise<void> {
  await tx.deleteFrom('credential_checks').where('tenant_id', '=', tenantId).where('kind', '=', kind).where('slot', '=', slot).execute()
}

export async function removeCredential(tx: Tx, tenantId: TenantId, kind: CredentialKind, slot: Slot): Promise<void> {
  await tx.deleteFrom('credentials').where('tenant_id', '=', tenantId).where('kind', '=', kind).where('slot', '=', slot).execute()
}

const placeOf = (tenantId: TenantId, kind: CredentialKind, slot: Slot) => ({ tenantId, column: `credentials.${kind}.${slot}` })
