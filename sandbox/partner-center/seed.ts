/** The seed's offers as somebody made them by hand: live, with a preview and a draft that are the same. */
import { createHash } from 'node:crypto'
import type { Instant } from '../../src/kit/time.ts'
import { people, products, publisher, type SeedMeter, type SeedOffer, type SeedProduct } from '../seed.ts'
import { belowProduct } from './drafts/fresh.ts'
import { idOfPart } from './ids.ts'
import type { Body, Product, Resource, Tree } from './types.ts'

const MARKETS = ['de', 'fr', 'gb', 'nl', 'us']
const MONTH = { type: 'month', value: 1 }
const YEAR = { type: 'year', value: 1 }

/** @param made when it went live. */
export const seedProducts = (made: Instant): readonly Product[] =>
  products.flatMap((product) =>
    product.offers.map((offer, index) => {
      const guid = stableGuid(offer.offerId)
      const tree = treeOf(guid, product, offer)
      const submission = {
        number: String(1_152_921_505_690_000_000n + BigInt(index)),
        status: 'completed',
        result: 'succeeded',
        created: made,
      } as const
      return {
        ...{ guid, draft: tree, preview: tree, live: tree, previewed: tree, locked: false, editedByHand: undefined },
        submissions: (['preview', 'live'] as const).map((target) => ({ ...submission, target, lifecycleState: 'generallyAvailable' })),
      }
    }),
  )

function treeOf(guid: string, product: SeedProduct, offer: SeedOffer): Tree {
  const part = (type: string, body: Body): Resource => {
    const whole = { product: `product/${guid}`, ...body }
    return { type, id: idOfPart(type, guid, whole), body: whole }
  }
  const head: Resource = {
    type: 'product',
    id: `product/${guid}`,
    body: { identity: { externalId: offer.offerId }, type: 'softwareAsAService', alias: offer.name },
  }
  const resources = [
    head,
    ...belowProduct(guid),
    ...storePage(guid, product, offer).map(([type, body]) => part(type, body)),
    part('price-and-availability-offer', {
      previewAudiences: people.map(({ email, name }) => ({ type: 'email', id: email, label: name })),
    }),
    part('price-and-availability-custom-meter', { customMeters: dimensionsOf(product, offer) }),
    part('software-as-a-service-technical-configuration', technical(product)),
    ...offer.plans.flatMap((plan, index) =>
      planParts(guid, offer, plan, index).map(([type, id, body]) => (id === undefined ? part(type, body) : { type, id, body })),
    ),
  ]
  return new Map(resources.map((resource) => [resource.id, resource]))
}

const technical = (product: SeedProduct): Body => ({
  // Paths are below the bridge's address, wherever that is.
  landingPageUrl: `/portal/${publisher.tenantId}/${product.id}/start`,
  connectionWebhook: `/portal/${publisher.tenantId}/${product.id}/notification`,
  azureAdTenantId: publisher.entraTenantId,
  azureAdAppId: publisher.apiApp.clientId,
})

function storePage(guid: string, { shortDescription }: SeedProduct, { name, offerId }: SeedOffer): readonly (readonly [string, Body])[] {
  const contact = { email: 'support@larkspur.example', phone: '+44 20 7946 0990' }
  const picture = (type: string, fileName: string): Body => ({
    listing: `listing/${guid}/public/main/default/en-us`,
    ...{ kind: 'azure', type, languageId: 'en-us', displayOrder: 0, fileName, friendlyName: fileName, description: '' },
    url: `https://larkspur.example/store/${offerId}/${fileName}`,
  })
  return [
    [
      'property',
      {
        kind: 'azureSaaS',
        termsConditions: 'standardMicrosoft',
        categories: { 'developer-tools-saas': ['devService'] },
        appVersion: '3.0',
      },
    ],
    [
      'listing',
      {
        ...{ kind: 'azureSaaS', languageId: 'en-us', title: name, searchResultSummary: shortDescription.slice(0, 100) },
        description: `<p>${shortDescription}</p>`,
        gettingStartedInstructions: '<p>Choose <em>Configure account</em> and sign in with your work account.</p>',
        searchKeywords: ['larkspur'],
        privacyPolicyLink: 'https://larkspur.example/privacy',
        generalLinks: [{ displayText: 'First steps', link: 'https://larkspur.example/first-steps' }],
        supportContact: { name: 'Larkspur Support', ...contact, url: 'https://larkspur.example/support' },
        engineeringContact: { name: 'Larkspur Engineering', ...contact },
      },
    ],
    ['listing-asset', picture('azureLogoLarge', 'logo-216.png')],
    ['listing-asset', picture('azureLogoScreenshot', 'screen-1.png')],
  ]
}

const dimensionsOf = ({ items }: SeedProduct, { model }: SeedOffer): Body =>
  Object.fromEntries(
    items.flatMap(({ dimensionId, name, unit }) =>
      model === 'flatRate' && dimensionId !== undefined ? [[dimensionId, { displayName: name, unitOfMeasure: unit }]] : [],
    ),
  )

type PlanPart = readonly [type: string, id: string | undefined, body: Body]

function planParts(guid: string, offer: SeedOffer, plan: SeedOffer['plans'][number], index: number): readonly PlanPart[] {
  const id = `plan/${guid}/${stableGuid(`${offer.offerId}/${plan.planId}`)}`
  const references = { product: `product/${guid}`, plan: id }
  const about = { identity: { externalId: plan.planId }, alias: plan.name, azureRegions: ['azureGlobal'], displayRank: index + 1 }
  const limits = offer.model === 'perUser' && { userLimits: { min: plan.minSeats ?? 1, max: plan.maxSeats ?? 1_000_000 } }
  const prices = [
    { billingTerm: MONTH, paymentOption: MONTH, pricePerPaymentInUsd: plan.price },
    { billingTerm: YEAR, paymentOption: YEAR, pricePerPaymentInUsd: plan.price * 12 },
  ]
  return [
    ['plan', id, { product: `product/${guid}`, ...about }],
    [
      'plan-listing',
      undefined,
      { ...references, kind: 'azureSaaS-plan', languageId: 'en-us', name: plan.name, description: `${offer.name}, ${plan.name}` },
    ],
    [
      'price-and-availability-plan',
      undefined,
      {
        ...{ ...references, visibility: 'visible', audience: 'public', customerMarkets: 'customMarkets', markets: MARKETS },
        pricing: {
          recurrentPrice: { recurrentPriceMode: offer.model, priceInputOption: 'usd', ...limits, prices },
          ...metersOf(plan.meters),
        },
        ...{ trial: null, softwareReservation: [], privateAudiences: [] },
      },
    ],
  ]
}

const metersOf = (meters: readonly SeedMeter[] | undefined): Body =>
  meters === undefined
    ? {}
    : {
        customMeters: {
          priceInputOption: 'usd',
          meters: Object.fromEntries(
            meters.map(({ dimensionId, price, included }) => [
              dimensionId,
              { pricePerPaymentInUsd: price, includedQuantities: inclusionsOf(included) },
            ]),
          ),
        },
      }

function inclusionsOf(included: SeedMeter['included']): readonly Body[] {
  const quantities = included === 'unlimited' ? undefined : { month: included?.monthly ?? 0, year: included?.yearly ?? 0 }
  return [MONTH, YEAR].map((billingTerm) =>
    quantities === undefined
      ? { billingTerm, isInfinite: true }
      : { billingTerm, quantity: billingTerm === MONTH ? quantities.month : quantities.year, isInfinite: false },
  )
}

/** The same for the same name, each time the sandbox starts. */
export function stableGuid(name: string): string {
  const hex = createHash('sha256').update(`partner center ${name}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
