/** Checks of credentials, as stored. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { CredentialCheckRow } from '../../database/tables/tenants.ts'
import type { Db, Tx } from '../../database/types.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { CredentialKind, Slot } from '../model/credential.ts'
import { listCredentials } from '../store/credentials.ts'
import type { CheckedCredential, CredentialCheck } from './rules/state.ts'

export interface CheckedSlot extends CheckedCredential {
  readonly kind: CredentialKind
  readonly slot: Slot
  /** When the credential itself was stored. */
  readonly setAt: Instant
}

/** Each credential of a tenant with its last check. One that was stored since counts as not checked. */
export async function checkedCredentials(db: Db, tenantId: TenantId): Promise<readonly CheckedSlot[]> {
  const credentials = await listCredentials(db, tenantId)
  const rows = await db.selectFrom('credential_checks').selectAll().where('tenant_id', '=', tenantId).execute()
  return credentials.map(({ facts: { kind }, slot, expiresAt, updatedAt }) => {
    const row = rows.find((one) => one.kind === kind && one.slot === slot)
    return { kind, slot, expiresAt, setAt: updatedAt, check: row && toCheck(row) }
  })
}

const notes = z.array(z.string()).catch([])

export const toCheck = (row: Selectable<Omit<CredentialCheckRow, 'tenant_id' | 'kind' | 'slot'>>): CredentialCheck => ({
  result: row.result ?? undefined,
  code: row.code ?? undefined,
  reason: row.reason ?? undefined,
  notes: notes.parse(row.notes),
  since: instant(row.since),
  lastGoodAt: row.last_good_at === null ? undefined : instant(row.last_good_at),
  askedAt: instant(row.asked_at),
  unanswered: row.unanswered ?? undefined,
})

/** Kept only while the credential is the one that was tried: another stored meanwhile is not judged by it. */
export async function saveCheck(
  tx: Tx,
  tenantId: TenantId,
  { kind, slot, setAt }: Pick<CheckedSlot, 'kind' | 'slot' | 'setAt'>,
  check: CredentialCheck,
): Promise<void> {
  const there = await tx
    .selectFrom('credentials')
    .select('updated_at')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .where('slot', '=', slot)
    .forShare()
    .executeTakeFirst()
  if (there?.updated_at.getTime() !== setAt.getTime()) return
  const values = checkValues(check)
  await tx
    .insertInto('credential_checks')
    .values({ tenant_id: tenantId, kind, slot, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'kind', 'slot']).doUpdateSet(values))
    .execute()
}

export const checkValues = (check: CredentialCheck) => ({
  result: check.result ?? null,
  code: check.code ?? null,
  reason: check.reason ?? null,
  notes: JSON.stringify(check.notes),
  since: dateOf(check.since),
  last_good_at: check.lastGoodAt ? dateOf(check.lastGoodAt) : null,
  asked_at: dateOf(check.askedAt),
  unanswered: check.unanswered ?? null,
})

const dateOf = (at: Instant): Date => new Date(at.getTime())
