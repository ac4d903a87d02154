/** The plans of their own that private offers give customers, with the plans they are made from, as Partner Center shows them. */
import { AppError } from '../../kit/errors/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import type { MicrosoftIngestion } from '../../microsoft/index.ts'
import type { PrivateOfferSeen, PrivateOffersOf } from '../../subscriptions/index.ts'
import { offerTree } from '../rules/resources/tree.ts'
import { readAll } from './read.ts'

type Ingestion = Pick<MicrosoftIngestion, 'listPrivateOffers' | 'findProduct' | 'readTree'>

export interface CustomPlanDeps {
  /** @throws AppError `ERR_CREDENTIAL_MISSING` where the publisher gave no Partner Center app */
  readonly ingestionFor: (tenantId: TenantId) => Promise<Ingestion>
  readonly log: Log
}

/** Nothing where Partner Center cannot be read: a purchase never waits for it. */
export const createPrivateOffersOf =
  ({ ingestionFor, log }: CustomPlanDeps): PrivateOffersOf =>
  async (tenantId, offerId, signal) => {
    try {
      return await readCustomPlans(await ingestionFor(tenantId), offerId, signal)
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      if (error.code !== 'ERR_CREDENTIAL_MISSING') log.info({ tenant: tenantId, code: error.code }, 'private offers cannot be read now')
      return []
    }
  }

/** Every private offer of the account; of its plans those made in this offer. */
async function readCustomPlans(
  ingestion: Ingestion,
  offerId: OfferId,
  signal: AbortSignal | undefined,
): Promise<readonly PrivateOfferSeen[]> {
  const shown = await readAll(ingestion)
  const nameOf = shown.some(({ offer }) => offer.lines.some(({ newPlan }) => newPlan !== undefined))
    ? await planNames(ingestion, offerId, signal)
    : noPlan
  return shown.map(({ offer: { id, name, state, subState, lines } }) => ({
    id,
    name,
    isAccepted: state.toLowerCase() === 'live' && subState?.toLowerCase() === 'accepted',
    plans: lines.flatMap(({ newPlan, plan }) => {
      const base = plan === undefined ? undefined : nameOf(plan)
      return newPlan === undefined || base === undefined ? [] : [{ name: newPlan, base }]
    }),
  }))
}

/** A durable id as the publisher knows the plan. */
async function planNames(
  ingestion: Ingestion,
  offerId: OfferId,
  signal: AbortSignal | undefined,
): Promise<(durableId: string) => string | undefined> {
  const product = await ingestion.findProduct(offerId, signal)
  if (!product) return noPlan
  const { productId } = product
  const read = (await ingestion.readTree(productId, 'live', signal)) ?? (await ingestion.readTree(productId, 'draft', signal))
  return read ? offerTree(read.resources).planIdOf : noPlan
}

const noPlan = (): undefined => undefined
