/** A customer takes a private offer: from then on it is locked, and what it promises can be bought. */
import type { Context } from '../context.ts'
import { guidOf } from '../ids.ts'
import type { PrivateOffer } from './types.ts'
import { offerView } from './view.ts'

/** @throws RangeError with the reason when it cannot be accepted. */
export function acceptPrivateOffer({ state, clock, market }: Context, guid: string): PrivateOffer {
  const offer = state.privateOffers.get(guid)
  if (!offer) throw new RangeError(`there is no private offer ${guid}`)
  const { acceptBy, pricing } = offerView.parse(offer.body)
  if (offer.state !== 'live') throw new RangeError(`the private offer is ${offer.state}`)
  if (offer.accepted) throw new RangeError('the private offer has been accepted already')
  if (acceptBy !== undefined && clock.now().toISOString().slice(0, 10) > acceptBy)
    throw new RangeError(`the private offer was to be accepted by ${acceptBy}`)
  const accepted = { ...offer, accepted: true, modified: clock.now(), revision: offer.revision + 1 }
  state.privateOffers.set(guid, accepted)
  for (const line of pricing) {
    const product = state.products.get(guidOf(line.product))
    if (product?.live) market.published(product, 'live')
  }
  return accepted
}
