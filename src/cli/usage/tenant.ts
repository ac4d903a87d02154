/** Which tenant a command is about. */
import type { Db } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import { getTenant, listTenants } from '../../tenants/index.ts'

/** @throws AppError `ERR_TENANT_NOT_FOUND` */
export async function knownTenant(db: Db, text: string): Promise<TenantId> {
  const read = tenantId.safeParse(text)
  if (!read.success || !(await getTenant(db, read.data))) throw new AppError('ERR_TENANT_NOT_FOUND')
  return read.data
}

/** That one, or all of the installation. */
export const tenantsOf = async (db: Db, text: string | undefined): Promise<readonly TenantId[]> =>
  text === undefined ? (await listTenants(db)).map(({ id }) => id) : [await knownTenant(db, text)]
