/** Arguments that name something of ours. */
import type { Db } from '../database/index.ts'
import { AppError } from '../kit/errors/index.ts'
import { type TenantId, tenantId } from '../kit/ids.ts'
import { getTenant, type Tenant } from '../tenants/index.ts'
import { CommandFailure, exitCodes } from './context.ts'

/** @throws AppError `ERR_TENANT_NOT_FOUND` */
export async function tenantNamed(db: Db, text: string): Promise<Tenant> {
  const read = tenantId.safeParse(text)
  const tenant = read.success ? await getTenant(db, read.data) : undefined
  if (!tenant) throw new AppError('ERR_TENANT_NOT_FOUND')
  return tenant
}

/** @throws CommandFailure for what can be no id of a tenant */
export function newTenantId(text: string): TenantId {
  const read = tenantId.safeParse(text)
  if (!read.success) throw wrongUsage('a tenant’s id is 1 to 63 of a-z, 0-9 and -, and begins and ends with a letter or digit')
  return read.data
}

export const wrongUsage = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage)

/** One of the words, as it is written there. @throws CommandFailure */
export function oneOf<T extends string>(words: readonly T[], text: string, what: string): T {
  const found = words.find((word) => word === text)
  if (found === undefined) throw wrongUsage(`${what}: expected ${words.join(', ')}`)
  return found
}
