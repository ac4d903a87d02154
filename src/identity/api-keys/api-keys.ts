/** API keys of tenants: made, listed, revoked, and recognized. */
import type { Selectable } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { ApiKeyRow } from '../../database/tables/api-keys.ts'
import { AppError } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import { between, type Instant, isAtOrAfter, type Milliseconds, minutes } from '../../kit/time.ts'
import { isScope, makeKey, readKey, type Scope, sameHash } from './key.ts'

export interface ApiKey {
  readonly tenantId: TenantId
  /** The part of the key that is no secret. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Instant
  readonly createdBy: string
  readonly expiresAt: Instant | undefined
  /** To a minute. */
  readonly lastUsedAt: Instant | undefined
  readonly revoked: { readonly at: Instant; readonly by: string } | undefined
}

export interface WantedKey {
  readonly tenantId: TenantId
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt?: Instant | undefined
  /** Who makes it. */
  readonly by: string
}

/** @returns the key with its text, which cannot be had again. */
export async function createApiKey(db: Db, wanted: WantedKey, now: Instant): Promise<{ readonly key: ApiKey; readonly text: string }> {
  const { id, text, secretHash } = makeKey()
  const row = await db
    .insertInto('api_keys')
    .values({
      tenant_id: wanted.tenantId,
      id,
      name: wanted.name,
      secret_hash: secretHash,
      scopes: [...new Set(wanted.scopes)],
      created_at: dateOf(now),
      created_by: wanted.by,
      expires_at: wanted.expiresAt ? dateOf(wanted.expiresAt) : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { key: toKey(row), text }
}

/** Newest first. */
export async function listApiKeys(db: Db, tenant: TenantId): Promise<readonly ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toKey)
}

/** At once, in every process. Repeating it changes nothing. @throws AppError `ERR_API_KEY_NOT_FOUND` */
export async function revokeApiKey(db: Db, id: string, by: string, now: Instant): Promise<ApiKey> {
  await db
    .updateTable('api_keys')
    .set({ revoked_at: dateOf(now), revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('ERR_API_KEY_NOT_FOUND')
  return toKey(row)
}

/** Whose key this is; `undefined` for one that is unknown, wrong, expired or revoked, or whose tenant is archived: nobody learns which. */
export async function recognizeApiKey(db: Db, text: string, now: Instant): Promise<ApiKey | undefined> {
  const presented = readKey(text)
  if (!presented) return undefined
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('tenants', 'tenants.id', 'api_keys.tenant_id')
    .selectAll('api_keys')
    .where('api_keys.id', '=', presented.id)
    .where('tenants.status', '=', 'active')
    .executeTakeFirst()
  if (!row || !sameHash(row.secret_hash, presented.secretHash)) return undefined
  const key = toKey(row)
  if (key.revoked || (key.expiresAt && isAtOrAfter(now, key.expiresAt))) return undefined
  await rememberUse(db, key, now)
  return key
}

/** Not each call is worth a write. */
const WRITTEN_EVERY: Milliseconds = minutes(1)

async function rememberUse(db: Db, { tenantId: tenant, id, lastUsedAt }: ApiKey, now: Instant): Promise<void> {
  if (lastUsedAt && Math.abs(between(lastUsedAt, now)) < WRITTEN_EVERY) return
  await db
    .updateTable('api_keys')
    .set({ last_used_at: dateOf(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute()
}

const toKey = (row: Selectable<ApiKeyRow>): ApiKey => ({
  tenantId: tenantId.parse(row.tenant_id),
  id: row.id,
  name: row.name,
  scopes: row.scopes.filter(isScope),
  createdAt: row.created_at,
  createdBy: row.created_by,
  expiresAt: row.expires_at ?? undefined,
  lastUsedAt: row.last_used_at ?? undefined,
  revoked: row.revoked_at === null || row.revoked_by === null ? undefined : { at: row.revoked_at, by: row.revoked_by },
})

const dateOf = (at: Instant): Date => new Date(at.getTime())
