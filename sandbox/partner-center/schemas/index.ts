/** The schemas of the Product Ingestion API as they are known: see `README.md` of this folder. Data, never edited here. */
import commercialMarketplaceSetup from './commercial-marketplace-setup.schema.json' with { type: 'json' }
import common from './common.schema.json' with { type: 'json' }
import configure from './configure.schema.json' with { type: 'json' }
import configureDetail from './configure-detail.schema.json' with { type: 'json' }
import configureStatus from './configure-status.schema.json' with { type: 'json' }
import customerLeads from './customer-leads.schema.json' with { type: 'json' }
import errorResponse from './error-response.schema.json' with { type: 'json' }
import listing from './listing.schema.json' with { type: 'json' }
import listingAsset from './listing-asset.schema.json' with { type: 'json' }
import page from './page.schema.json' with { type: 'json' }
import plan from './plan.schema.json' with { type: 'json' }
import planListing from './plan-listing.schema.json' with { type: 'json' }
import priceAndAvailabilityCustomMeter from './price-and-availability-custom-meter.schema.json' with { type: 'json' }
import priceAndAvailabilityOffer from './price-and-availability-offer.schema.json' with { type: 'json' }
import priceAndAvailabilityPlan from './price-and-availability-plan.schema.json' with { type: 'json' }
import priceAndAvailabilityPrivateOfferPlan from './price-and-availability-private-offer-plan.schema.json' with { type: 'json' }
import priceAndAvailabilityUpdatePrivateAudiences from './price-and-availability-update-private-audiences.schema.json' with { type: 'json' }
import privateOffer from './private-offer.schema.json' with { type: 'json' }
import product from './product.schema.json' with { type: 'json' }
import property from './property.schema.json' with { type: 'json' }
import reseller from './reseller.schema.json' with { type: 'json' }
import resourceTree from './resource-tree.schema.json' with { type: 'json' }
import softwareAsAServiceTechnicalConfiguration from './software-as-a-service-technical-configuration.schema.json' with { type: 'json' }
import submission from './submission.schema.json' with { type: 'json' }

export const schemas: readonly object[] = [
  commercialMarketplaceSetup,
  common,
  configureDetail,
  configureStatus,
  configure,
  customerLeads,
  errorResponse,
  listingAsset,
  listing,
  page,
  planListing,
  plan,
  priceAndAvailabilityCustomMeter,
  priceAndAvailabilityOffer,
  priceAndAvailabilityPlan,
  priceAndAvailabilityPrivateOfferPlan,
  priceAndAvailabilityUpdatePrivateAudiences,
  privateOffer,
  product,
  property,
  reseller,
  resourceTree,
  softwareAsAServiceTechnicalConfiguration,
  submission,
]

/** The members the closed resources have; Microsoft refuses any other in them. */
export const closedMembers: Readonly<Record<string, readonly string[]>> = {
  listing: Object.keys(listing.properties),
  'listing-asset': Object.keys(listingAsset.properties),
  'plan-listing': Object.keys(planListing.properties),
  property: Object.keys(property.properties),
}
