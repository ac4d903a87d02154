/** Asks of which private offers live subscriptions are, some at a time: each once for its plan, and again when a week has passed. */

import { hasCode } from '../../kit/errors/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import { days, type Milliseconds, plus } from '../../kit/time.ts'
import { keep, planShown, type RecognizeDeps } from './recognize.ts'
import { saveSources, toAskAbout } from './store.ts'

const KNOWN_FOR: Milliseconds = days(7)

/** @returns whether some are left for another time. @throws ApiError when Microsoft does not answer: what was asked is kept. */
export async function askForSources(
  deps: RecognizeDeps,
  tenantId: TenantId,
  offers: readonly OfferId[],
  most: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const { db, clock } = deps
  const asked = await toAskAbout(db, tenantId, offers, plus(clock.now(), -KNOWN_FOR), most)
  const privateOffers = new Map<OfferId, Awaited<ReturnType<RecognizeDeps['privateOffersOf']>>>()
  const { microsoft } = await deps.clientsFor(tenantId)
  for (const { key, offerId, planId } of asked) {
    const shown = await planShown(microsoft, key, planId, signal).catch(unlessUnreadable)
    const seen = privateOffers.get(offerId) ?? (await deps.privateOffersOf(tenantId, offerId, signal))
    privateOffers.set(offerId, seen)
    if (shown) await keep(deps, key, offerId, shown, seen)
    else await saveSources(db, key, planId, [], clock.now())
  }
  return asked.length === most
}

const unlessUnreadable = (error: unknown): undefined => {
  if (!hasCode(error, 'ERR_MS_BAD_REQUEST', 'ERR_MS_FORBIDDEN', 'ERR_MS_NOT_FOUND')) throw error
  return undefined
}
