/** A tenant by itself: made, changed, archived. What it sells and with what credentials is said elsewhere. */
import { inTransaction } from '../database/transaction.ts'
import type { Db, Tx } from '../database/types.ts'
import { AppError } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import type { Clock } from '../kit/time.ts'
import { getTenant } from './read.ts'
import { lockSetup } from './setup/lock.ts'
import { saveTenant } from './store/save.ts'
import type { Tenant } from './types.ts'

export interface EditDeps {
  readonly db: Db
  readonly clock: Clock
  /** Called in the same transaction: to wake what waited for it. */
  readonly onChange?: (tx: Tx) => Promise<void>
}

/** @throws AppError `ERR_TENANT_EXISTS` */
export const createTenant = ({ db, clock, onChange }: EditDeps, tenant: Omit<Tenant, 'status'>): Promise<Tenant> =>
  inTransaction(db, async (tx) => {
    await lockSetup(tx)
    if (await getTenant(tx, tenant.id)) throw new AppError('ERR_TENANT_EXISTS', { facts: { tenantId: tenant.id } })
    const made: Tenant = { ...tenant, status: 'active' }
    await saveTenant(tx, made, clock.now())
    await onChange?.(tx)
    return made
  })

/** `connectApiUrl: null` goes back to the installation's. */
export interface TenantEdit {
  readonly name?: string | undefined
  readonly connectApiUrl?: string | null | undefined
  readonly status?: Tenant['status'] | undefined
}

/** @throws AppError `ERR_TENANT_NOT_FOUND` */
export const editTenant = ({ db, clock, onChange }: EditDeps, tenantId: TenantId, edit: TenantEdit): Promise<Tenant> =>
  inTransaction(db, async (tx) => {
    await lockSetup(tx)
    const before = await getTenant(tx, tenantId)
    if (!before) throw new AppError('ERR_TENANT_NOT_FOUND', { facts: { tenantId } })
    const after: Tenant = {
      id: tenantId,
      name: edit.name ?? before.name,
      status: edit.status ?? before.status,
      connectApiUrl: edit.connectApiUrl === undefined ? before.connectApiUrl : (edit.connectApiUrl ?? undefined),
    }
    await saveTenant(tx, after, clock.now())
    await onChange?.(tx)
    return after
  })
