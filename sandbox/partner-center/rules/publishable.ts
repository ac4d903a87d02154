/** What an offer needs before it can be published. Drafts may lack it; reading them shows it as `validations`. */
import type { Tree } from '../types.ts'
import {
  allOf,
  assetView,
  listingView,
  oneOf,
  type PriceResource,
  planListingView,
  planView,
  previewAudienceView,
  priceView,
  propertyView,
  setupView,
  technicalView,
} from '../views.ts'
import type { Finding } from './finding.ts'

/** @param guid of the product whose tree it is. */
export function missingToPublish(tree: Tree, guid: string): readonly Finding[] {
  const part = (type: string): string => [...tree.values()].find((resource) => resource.type === type)?.id ?? `${type}/${guid}`
  const transactable = oneOf(tree, 'commercial-marketplace-setup', setupView)?.sellThroughMicrosoft ?? true
  const say = (id: string, ...missing: readonly (readonly [boolean, string])[]): readonly Finding[] =>
    missing.flatMap(([lacks, message]) => (lacks ? [{ id, message }] : []))
  return [
    ...setup(tree, say, part),
    ...listings(tree, say, part),
    ...(transactable ? technical(tree, say, part) : []),
    ...plans(tree, say, guid),
  ]
}

type Say = (id: string, ...missing: readonly (readonly [boolean, string])[]) => readonly Finding[]
type Part = (type: string) => string

function setup(tree: Tree, say: Say, part: Part): readonly Finding[] {
  const property = oneOf(tree, 'property', propertyView)
  const audience = oneOf(tree, 'price-and-availability-offer', previewAudienceView)
  return [
    ...say(
      part('property'),
      [Object.keys(property?.categories ?? {}).length === 0, 'Select at least one category.'],
      [property?.termsConditions === 'custom' && !property.termsOfUse && !property.termsOfUseUrl, 'The terms of use are missing.'],
    ),
    ...say(part('price-and-availability-offer'), [(audience?.previewAudiences ?? []).length === 0, 'The preview audience is empty.']),
    ...say(part('customer-leads'), [!tree.has(part('customer-leads')), 'The lead destination is missing.']),
    ...say(part('commercial-marketplace-setup'), [!tree.has(part('commercial-marketplace-setup')), 'The offer setup is missing.']),
  ]
}

function listings(tree: Tree, say: Say, part: Part): readonly Finding[] {
  const assets = allOf(tree, 'listing-asset', assetView)
  const has = (type: string): boolean => assets.some(({ value }) => value.type === type)
  const all = allOf(tree, 'listing', listingView)
  const needed = all.length > 0 ? all : [{ id: part('listing'), value: undefined }]
  return needed.flatMap(({ id, value }) =>
    say(
      id,
      [!value?.title, 'The title is missing.'],
      [!value?.searchResultSummary, 'The search results summary is missing.'],
      [!value?.description, 'The description is missing.'],
      [!value?.gettingStartedInstructions, 'The getting started instructions are missing.'],
      [!value?.privacyPolicyLink, 'The privacy policy link is missing.'],
      [!value?.supportContact, 'The support contact is missing.'],
      [!value?.engineeringContact, 'The engineering contact is missing.'],
      [!has('azureLogoLarge'), 'The large logo is missing.'],
      [!has('azureLogoScreenshot'), 'At least one screenshot is needed.'],
    ),
  )
}

function technical(tree: Tree, say: Say, part: Part): readonly Finding[] {
  const found = oneOf(tree, 'software-as-a-service-technical-configuration', technicalView)
  return say(
    part('software-as-a-service-technical-configuration'),
    [!found?.landingPageUrl, 'The landing page URL is missing.'],
    [!found?.connectionWebhook, 'The connection webhook is missing.'],
    [!found?.azureAdTenantId, 'The Microsoft Entra tenant ID is missing.'],
    [!found?.azureAdAppId, 'The Microsoft Entra application ID is missing.'],
  )
}

function plans(tree: Tree, say: Say, guid: string): readonly Finding[] {
  const all = allOf(tree, 'plan', planView).filter(({ value }) => value.lifecycleState !== 'deprecated')
  if (all.length === 0) return [{ id: `product/${guid}`, message: 'The offer needs at least one plan.' }]
  const prices = allOf(tree, 'price-and-availability-plan', priceView)
  const texts = allOf(tree, 'plan-listing', planListingView)
  return all.flatMap(({ id, value: { identity } }) => {
    const price = prices.find(({ value }) => value.plan === id)
    const text = texts.find(({ value }) => value.plan === id)?.value
    return [
      ...say(
        id,
        [!text?.name, `The name of plan ${identity.externalId} is missing.`],
        [!text?.description, `The description of plan ${identity.externalId} is missing.`],
      ),
      ...say(
        price?.id ?? id,
        [!price?.value.pricing?.recurrentPrice?.prices.length, `The pricing of plan ${identity.externalId} is missing.`],
        [price !== undefined && !hasMarkets(price.value), `Plan ${identity.externalId} needs at least one market.`],
      ),
    ]
  })
}

const hasMarkets = ({ customerMarkets, markets }: PriceResource): boolean =>
  customerMarkets !== 'customMarkets' || (markets?.length ?? 0) > 0
