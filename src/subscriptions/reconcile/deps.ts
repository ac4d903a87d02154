/** What a reconcile works with, and what is asked of it. */
import type { Db, Tx } from '../../database/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import type { ConvergeDeps } from '../deps.ts'

export interface ReconcileDeps extends ConvergeDeps<Tx> {
  readonly db: Db
}

export interface ReconcileRequest {
  readonly tenantId: TenantId
  /** `nightly`, or who asked for it. */
  readonly by: string
  /** Only tells: inserts nothing, wakes nothing, proposes nothing. */
  readonly dryRun: boolean
  /** Only this product and its offers. */
  readonly productId?: ProductId | undefined
}

/** A list that could not be read to its end. */
export interface ListFault {
  readonly side: 'microsoft' | 'connect'
  /** At Connect: whose assets. */
  readonly productId?: string | undefined
  readonly code: string
}
