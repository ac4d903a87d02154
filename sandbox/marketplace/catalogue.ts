/** The seed's products as the marketplace offers them. */
import { products, publisher, type SeedOffer, type SeedProduct } from '../seed.ts'
import type { Dimension, Offer } from './types.ts'

export const seedOffers = (): readonly Offer[] => products.flatMap((product) => product.offers.map((offer) => offerOf(product, offer)))

function offerOf(product: SeedProduct, offer: SeedOffer): Offer {
  const portal = `/portal/${publisher.tenantId}/${product.id}`
  return {
    offerId: offer.offerId,
    publisherId: publisher.publisherId,
    name: offer.name,
    summary: product.shortDescription,
    model: offer.model,
    plans: offer.plans,
    dimensions: offer.model === 'flatRate' ? dimensionsOf(product) : [],
    app: { tenantId: publisher.entraTenantId, clientId: publisher.apiApp.clientId },
    landing: `${portal}/start`,
    webhook: `${portal}/notification`,
  }
}

const dimensionsOf = (product: SeedProduct): readonly Dimension[] =>
  product.items.flatMap((item) => (item.dimensionId === undefined ? [] : [{ id: item.dimensionId, name: item.name, unit: item.unit }]))
