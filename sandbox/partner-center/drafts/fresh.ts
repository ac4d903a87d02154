/** What Microsoft makes by itself below a new product and a new plan. */
import type { Body, Resource } from '../types.ts'

export function belowProduct(guid: string): readonly Resource[] {
  const product = `product/${guid}`
  const part = (type: string, body: Body, id = `${type}/${guid}`): Resource => ({ type, id, body: { product, ...body } })
  return [
    part('customer-leads', { leadDestination: 'none' }),
    part('microsoft365-integration', {}),
    part('commercial-marketplace-setup', { sellThroughMicrosoft: true, useMicrosoftLicenseManagementService: false }),
    part('property', { kind: 'azureSaaS', termsConditions: 'standardMicrosoft', categories: {} }, `property/${guid}/public/main`),
    part('listing', { kind: 'azureSaaS', languageId: 'en-us' }, `listing/${guid}/public/main/default/en-us`),
    part('price-and-availability-offer', { previewAudiences: [] }),
    part('price-and-availability-custom-meter', { customMeters: {} }),
    part('software-as-a-service-technical-configuration', {}),
    part('reseller', { resellerChannelState: 'none', audiences: [] }),
  ]
}

export function belowPlan(guid: string, planId: string): readonly Resource[] {
  const references = { product: `product/${guid}`, plan: planId }
  const plan = planId.split('/')[2] ?? ''
  return [
    {
      type: 'plan-listing',
      id: `plan-listing/${guid}/public/main/${plan}/en-us`,
      body: { ...references, kind: 'azureSaaS-plan', languageId: 'en-us', name: '', description: '' },
    },
    {
      type: 'price-and-availability-plan',
      id: `price-and-availability-plan/${guid}/${plan}`,
      body: { ...references, visibility: 'visible', audience: 'public', ...unpriced },
    },
  ]
}

/** What a plan's price has when nobody said anything. */
const unpriced = { trial: null, softwareReservation: [], privateAudiences: [] }
