/** What Microsoft's resources are called in Partner Center. */
import { shortened } from '../diff/words.ts'
import type { DesiredResource } from '../resources/wanted.ts'

const PARTS: Readonly<Record<string, string>> = {
  product: 'Offer',
  'commercial-marketplace-setup': 'Offer setup',
  property: 'Properties',
  listing: 'Offer listing',
  'listing-asset': 'Listing media',
  'software-as-a-service-technical-configuration': 'Technical configuration',
  'price-and-availability-offer': 'Preview audience',
  'price-and-availability-custom-meter': 'Dimensions',
  plan: 'Plan',
  'plan-listing': 'Plan listing',
  'price-and-availability-plan': 'Plan pricing and availability',
  'price-and-availability-update-private-audiences': 'Private audience',
  'customer-leads': 'Customer leads',
  reseller: 'Resell through CSPs',
  submission: 'Publication',
  'private-offer': 'Private offer',
  'price-and-availability-private-offer-plan': 'Private offer price',
}

/** @param named a durable id or the name in the request, as Microsoft repeats it. */
export function partName(named: string | undefined, resource: DesiredResource | undefined): string {
  if (resource) {
    const more = [resource.planId, resource.about].filter((part) => part !== undefined && part !== '').join(', ')
    return `${PARTS[resource.type] ?? resource.type}${more === '' ? '' : ` (${more})`}`
  }
  if (named === undefined) return 'Offer'
  return PARTS[named.split('/')[0] ?? ''] ?? shortened(named)
}
