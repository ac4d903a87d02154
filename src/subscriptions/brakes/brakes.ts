/** The brakes as converging uses them: seen at each look, and checked once more in the transaction that stores the intent of a step. */
import { AppError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'
import type { Step } from '../rules/steps.ts'
import type { SubscriptionView } from '../rules/view.ts'

export interface Brakes<Transaction> {
  /** As they stand for this subscription now. */
  of(key: SubscriptionKey, now: Instant): Promise<SubscriptionView['brakes']>
  /**
   * In the transaction that stores the intent: many workers cannot pass together.
   * @throws AppError `ERR_ENDS_PAUSED`: one more would be too many. The intent is not stored; then call `pause`.
   */
  admit(transaction: Transaction, key: SubscriptionKey, step: Step, now: Instant): Promise<void>
  /** From now on nothing of the tenant is cancelled or suspended, until an operator releases it. */
  pause(tenantId: TenantId, now: Instant): Promise<void>
}

/** For worlds without tenants to protect. */
export const noBrakes: Brakes<unknown> = {
  of: async () => ({ confirmed: true, paused: false }),
  admit: async () => undefined,
  pause: async () => undefined,
}

export const endsPaused = (tenantId: TenantId): AppError => new AppError('ERR_ENDS_PAUSED', { facts: { tenantId } })
