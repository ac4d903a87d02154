import { hasCode } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import type { IdentityDeps } from './deps.ts'

/**
 * What was sealed, as JSON. `undefined` when no key on the ring opens it, as after a rotation that dropped the old key: then whoever it was
 * about signs in again, which is better than a page that fails until the cookie ends.
 */
export function unsealed(
  { keyring, log }: Pick<IdentityDeps, 'keyring' | 'log'>,
  sealed: string,
  tenantId: TenantId,
  column: string,
): unknown {
  try {
    return JSON.parse(keyring.open(sealed, { tenantId, column }))
  } catch (error) {
    if (!hasCode(error, 'ERR_SECRET_UNREADABLE')) throw error
    log.warn({ tenantId, column }, 'a sealed value of a visitor does not open; they sign in again')
    return undefined
  }
}
