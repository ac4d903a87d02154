/** A private offer an operator names, and what is open for it. */
import {
  dayOf,
  findPrivateOffer,
  followPrivateOffers,
  type PrivateOffer,
  type PrivateOfferAction,
  type PrivateOfferDeps,
  type PrivateOfferStatus,
  readPrivateOfferActions,
  readPrivateOffers,
  type ShownOffer,
  statusOf,
} from '../../catalogue/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type SoldFrom, subscriptionsFrom } from '../../subscriptions/index.ts'

export interface TheOffer {
  /** Undefined while Microsoft does not show it. */
  readonly shown: (ShownOffer & { readonly status: PrivateOfferStatus }) | undefined
  /** Newest first. */
  readonly actions: readonly PrivateOfferAction[]
  /** Subscriptions whose plan Microsoft says comes from it. */
  readonly subscriptions: readonly SoldFrom[]
}

/**
 * Goes on with what is open, then looks.
 * @throws AppError `ERR_PARTNER_CENTER_NOT_FOUND`, also when several have the name
 */
export async function thePrivateOffer(deps: PrivateOfferDeps, tenantId: TenantId, idOrName: string): Promise<TheOffer> {
  const ingestion = await deps.ingestionFor(tenantId)
  await followPrivateOffers(deps, tenantId, ingestion)
  const found = await findPrivateOffer(ingestion, idOrName)
  if (found === 'several') {
    throw new AppError('ERR_PARTNER_CENTER_NOT_FOUND', { message: 'Several private offers have this name: give the id of one.' })
  }
  const actions = (await readPrivateOfferActions(deps.db, tenantId)).filter((action) => isAbout(action, found?.offer, idOrName))
  if (!found && actions.length === 0) throw new AppError('ERR_PARTNER_CENTER_NOT_FOUND')
  const subscriptions = found ? await subscriptionsFrom(deps.db, tenantId, found.offer.id) : []
  return { shown: found && { ...found, status: statusOf(found.offer, dayOf(deps.clock.now())) }, actions, subscriptions }
}

const isAbout = ({ privateOfferId, name }: PrivateOfferAction, offer: PrivateOffer | undefined, idOrName: string): boolean =>
  offer === undefined
    ? [privateOfferId, name].includes(idOrName)
    : privateOfferId === offer.id || (privateOfferId === undefined && name === offer.name)

/** All that Microsoft shows, and what is being made. */
export async function allPrivateOffers(deps: PrivateOfferDeps, tenantId: TenantId) {
  const ingestion = await deps.ingestionFor(tenantId)
  await followPrivateOffers(deps, tenantId, ingestion)
  const today = dayOf(deps.clock.now())
  const shown = (await readPrivateOffers(ingestion)).map(({ offer }) => ({ ...offer, status: statusOf(offer, today) }))
  return { offers: shown, open: await readPrivateOfferActions(deps.db, tenantId, { open: true }) }
}
