/** Set-ups of the offers a run meets, each asked for once. */
import { AppError } from '../../kit/errors/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import type { SubscriptionSetup } from '../setup.ts'
import type { ReconcileDeps } from './deps.ts'

/** `outOfReach`: whether and how the offer is ours cannot be told now. */
export type FoundSetup = SubscriptionSetup | undefined | 'outOfReach'
export type SetupOf = (offerId: OfferId) => Promise<FoundSetup>

export function createSetups({ findSetup }: ReconcileDeps, tenantId: TenantId): SetupOf {
  const kept = new Map<OfferId, Promise<FoundSetup>>()
  const find = async (offerId: OfferId): Promise<FoundSetup> => {
    try {
      return await findSetup(tenantId, offerId)
    } catch (error) {
      if (error instanceof AppError) return 'outOfReach'
      throw error
    }
  }
  return (offerId) => {
    const known = kept.get(offerId) ?? find(offerId)
    kept.set(offerId, known)
    return known
  }
}
