/** Asks Microsoft where a plan comes from that nobody mapped. What is recognized is sold as its base from then on, in every process. */
import type { Db } from '../../database/index.ts'
import { ApiError } from '../../kit/errors/index.ts'
import type { OfferId, PlanId, TenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import { between, type Clock, type Milliseconds, minutes } from '../../kit/time.ts'
import type { MicrosoftFulfilment, MicrosoftPlan } from '../../microsoft/index.ts'
import { findProductByOffer, listFoundPlans, listPlanMappings, type PlanMapping, saveFoundPlan } from '../../tenants/index.ts'
import type { SubscriptionKey } from '../record.ts'
import { type MappedAs, type PrivateOfferSeen, recognize } from '../rules/source-plan.ts'
import { saveSources } from './store.ts'

/** The account's private offers, with the plans they make in this offer; empty where Partner Center cannot be read. */
export type PrivateOffersOf = (tenantId: TenantId, offerId: OfferId, signal?: AbortSignal) => Promise<readonly PrivateOfferSeen[]>

/** True when the plan is recognized: the plan map has it now. Never in the way: what cannot be asked is not recognized. */
export type RecognizePlan = (key: SubscriptionKey, plan: PlanOfOffer, signal?: AbortSignal) => Promise<boolean>

export interface PlanOfOffer {
  readonly offerId: OfferId
  readonly planId: PlanId
}

export interface RecognizeDeps {
  readonly db: Db
  readonly clientsFor: (tenantId: TenantId) => Promise<{ readonly microsoft: Pick<MicrosoftFulfilment, 'listAvailablePlans'> }>
  readonly privateOffersOf: PrivateOffersOf
  readonly clock: Clock
  readonly log: Log
}

/** A plan that was not recognized is not asked about at every look of its subscription. */
const ASKED_AGAIN_AFTER: Milliseconds = minutes(2)

export const createRecognizePlan =
  (deps: RecognizeDeps): RecognizePlan =>
  async (key, { offerId, planId }, signal) => {
    const { db, clock, log } = deps
    if (!(await findProductByOffer(db, key.tenantId, offerId))) return false
    const before = (await listFoundPlans(db, key.tenantId, offerId)).find((one) => one.planId === planId)
    if (before?.base === undefined && before && Math.abs(between(before.seenAt, clock.now())) < ASKED_AGAIN_AFTER) return false
    try {
      const { microsoft } = await deps.clientsFor(key.tenantId)
      const shown = await planShown(microsoft, key, planId, signal)
      return shown !== undefined && (await keep(deps, key, offerId, shown, await deps.privateOffersOf(key.tenantId, offerId, signal)))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      log.info({ tenant: key.tenantId, subscription: key.subscriptionId, code: error.code }, 'the source of a plan cannot be asked now')
      return false
    }
  }

/** Only asked for by its id the plan tells its private offers. */
export async function planShown(
  microsoft: Pick<MicrosoftFulfilment, 'listAvailablePlans'>,
  { subscriptionId }: SubscriptionKey,
  planId: PlanId,
  signal?: AbortSignal,
): Promise<MicrosoftPlan | undefined> {
  return (await microsoft.listAvailablePlans(subscriptionId, planId, signal)).find((one) => one.planId === planId)
}

/** @returns whether the plan is recognized */
export async function keep(
  { db, clock }: Pick<RecognizeDeps, 'db' | 'clock'>,
  key: SubscriptionKey,
  offerId: OfferId,
  shown: MicrosoftPlan,
  privateOffers: readonly PrivateOfferSeen[],
): Promise<boolean> {
  const mapped = await listPlanMappings(db, key.tenantId, offerId)
  const { base, like, sources, reasons } = recognize(shown, mapped.map(mappedAs), privateOffers)
  await saveSources(db, key, shown.planId, sources, clock.now())
  if (mapped.some(({ planId }) => planId === shown.planId)) return true
  const name = shown.displayName === '' ? undefined : shown.displayName
  await saveFoundPlan(db, key.tenantId, { offerId, planId: shown.planId, name, privateOffers: sources, base, like, reasons }, clock.now())
  return base !== undefined
}

export const mappedAs = ({ planId, name, items, status }: PlanMapping): MappedAs => ({
  planId,
  name: name ?? planId,
  isPerSeat: items.some(({ kind }) => kind === 'reservation'),
  dimensions: items.flatMap(({ dimension }) => dimension ?? []),
  isSold: status === 'active',
})
