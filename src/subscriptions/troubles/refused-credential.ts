/**
 * A credential the other side refuses, told once for the whole publisher: by the one look every publisher has on that side (discovery at Microsoft, the
 * watch at Connect). Its subscriptions' own looks fail meanwhile and say nothing.
 */
import { type AttentionCode, clearAttention, raiseAttention } from '../../attention/index.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { AppError, type ErrorCode } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Clock } from '../../kit/time.ts'

export interface TroubleDeps {
  readonly db: Db
  readonly clock: Clock
}

export type OutsideSide = 'microsoft' | 'connect'

const ITEM_OF = {
  microsoft: 'MICROSOFT_CREDENTIAL_REFUSED',
  connect: 'CONNECT_CREDENTIAL_REFUSED',
} as const satisfies Readonly<Record<OutsideSide, AttentionCode>>

const REFUSALS: Readonly<Record<OutsideSide, readonly ErrorCode[]>> = {
  microsoft: [
    'ERR_MS_CREDENTIAL_EXPIRED',
    'ERR_MS_CREDENTIAL_WRONG',
    'ERR_MS_CREDENTIAL_UNREADABLE',
    'ERR_MS_APP_UNKNOWN',
    'ERR_MS_DIRECTORY_UNKNOWN',
    'ERR_MS_LOGIN_REFUSED',
    'ERR_MS_FORBIDDEN',
  ],
  connect: ['ERR_CONNECT_UNAUTHORIZED', 'ERR_CONNECT_FORBIDDEN'],
}

/** Failures that need no telling of their own: the credential's item says it. */
export const credentialRefusals: ReadonlySet<string> = new Set(['ERR_CREDENTIAL_MISSING', ...REFUSALS.microsoft, ...REFUSALS.connect])

/**
 * Does the work of a look that calls this side in the tenant's name. A refusal of the credential becomes the tenant's item; success after a failure ends
 * it. While all goes well it costs nothing.
 * @throws what the work throws
 */
export async function tellingOfRefusal<T>(
  { db, clock }: TroubleDeps,
  tenantId: TenantId,
  side: OutsideSide,
  lease: Lease<Tx>,
  work: () => Promise<T>,
): Promise<T> {
  const subject = { kind: 'tenant', id: tenantId } as const
  const settling = (settle: (tx: Tx) => Promise<unknown>) =>
    inTransaction(db, async (tx) => {
      await lease.assertHeld(tx)
      await settle(tx)
    })
  let result: T
  try {
    result = await work()
  } catch (error) {
    if (isRefusal(error, side)) {
      const note = { code: ITEM_OF[side], facts: { error: error.code, reason: error.message } }
      await settling((tx) => raiseAttention(tx, tenantId, subject, note, clock.now()))
    }
    throw error
  }
  if (lease.attempt > 1) await settling((tx) => clearAttention(tx, tenantId, subject, [ITEM_OF[side]], clock.now()))
  return result
}

function isRefusal(error: unknown, side: OutsideSide): error is AppError {
  if (!(error instanceof AppError)) return false
  return REFUSALS[side].includes(error.code) || (error.code === 'ERR_CREDENTIAL_MISSING' && error.facts['kind'] === side)
}
