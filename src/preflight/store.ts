/** What an operator declares of a publisher's account, because no API tells. */
import type { Db } from '../database/index.ts'
import type { TenantId } from '../kit/ids.ts'
import { type Instant, instant } from '../kit/time.ts'
import { type Declarable, type Declaration, declarable } from './rules/tenant.ts'

export async function readDeclarations(db: Db, tenantId: TenantId): Promise<Readonly<Partial<Record<string, Declaration>>>> {
  const rows = await db.selectFrom('declarations').selectAll().where('tenant_id', '=', tenantId).execute()
  return Object.fromEntries(
    rows.map(({ code, declared_at, declared_by, note }) => [code, { at: instant(declared_at), by: declared_by, note: note ?? undefined }]),
  )
}

/** The newest counts. */
export async function declare(
  db: Db,
  tenantId: TenantId,
  code: Declarable,
  { by, note }: { readonly by: string; readonly note: string | undefined },
  at: Instant,
): Promise<void> {
  const values = { declared_at: new Date(at.getTime()), declared_by: by, note: note ?? null }
  await db
    .insertInto('declarations')
    .values({ tenant_id: tenantId, code, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doUpdateSet(values))
    .execute()
}

/** @returns whether there was one */
export async function withdrawDeclaration(db: Db, tenantId: TenantId, code: Declarable): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('declarations')
    .where('tenant_id', '=', tenantId)
    .where('code', '=', code)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const isDeclarable = (code: string): code is Declarable => declarable.some((one) => one === code)
