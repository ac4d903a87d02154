/** What the sandbox reads of resources. Loose: everything else in them is kept and not looked at. */
import { z } from 'zod'
import type { Resource, Tree } from './types.ts'

const term = z.object({ type: z.enum(['day', 'week', 'month', 'year']), value: z.number() })
export type Span = z.infer<typeof term>

const identity = z.object({ externalId: z.string() })
const audience = z.object({ type: z.string(), id: z.string(), label: z.string().optional() })
export type Audience = z.infer<typeof audience>

export const productView = z.object({
  identity,
  type: z.string(),
  alias: z.string(),
  lifecycleState: z.string().optional(),
})

export const planView = z.object({
  product: z.string(),
  identity,
  alias: z.string(),
  displayRank: z.number().optional(),
  lifecycleState: z.string().optional(),
})

export const setupView = z.object({
  sellThroughMicrosoft: z.boolean(),
  useMicrosoftLicenseManagementService: z.boolean().optional(),
})

export const propertyView = z.object({
  categories: z.record(z.string(), z.array(z.string())),
  industries: z.record(z.string(), z.array(z.string())).optional(),
  termsConditions: z.string(),
  termsOfUse: z.string().optional(),
  termsOfUseUrl: z.string().optional(),
})

export const listingView = z.object({
  title: z.string().default(''),
  searchResultSummary: z.string().default(''),
  description: z.string().default(''),
  gettingStartedInstructions: z.string().default(''),
  searchKeywords: z.array(z.string()).default([]),
  privacyPolicyLink: z.string().default(''),
  supportContact: z.object({ name: z.string() }).loose().optional(),
  engineeringContact: z.object({ name: z.string() }).loose().optional(),
  languageId: z.string(),
})

export const assetView = z.object({
  type: z.string(),
  languageId: z.string(),
  displayOrder: z.number().default(0),
  url: z.string().optional(),
})

export const technicalView = z.object({
  landingPageUrl: z.string().optional(),
  connectionWebhook: z.string().optional(),
  azureAdTenantId: z.string().optional(),
  azureAdAppId: z.string().optional(),
})

export const previewAudienceView = z.object({ previewAudiences: z.array(audience).nullable() })

export const metersView = z.object({
  customMeters: z.record(z.string(), z.object({ displayName: z.string(), unitOfMeasure: z.string() })),
})

export const planListingView = z.object({ plan: z.string(), name: z.string().default(''), description: z.string().default('') })

const priceItem = z.object({
  billingTerm: term,
  paymentOption: term.optional(),
  pricePerPaymentInUsd: z.number().optional(),
  prices: z.array(z.object({ currency: z.string(), markets: z.array(z.string()), price: z.number() })).optional(),
})
export type PriceItem = z.infer<typeof priceItem>

const meter = z.object({
  pricePerPaymentInUsd: z.number().optional(),
  includedQuantities: z
    .array(z.object({ billingTerm: term, quantity: z.number().optional(), isInfinite: z.boolean().optional() }))
    .default([]),
})
export type MeterPrice = z.infer<typeof meter>

export const pricingView = z.object({
  recurrentPrice: z
    .object({
      recurrentPriceMode: z.enum(['flatRate', 'perUser']).default('flatRate'),
      priceInputOption: z.enum(['usd', 'perMarket']).default('usd'),
      userLimits: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
      prices: z.array(priceItem).default([]),
    })
    .optional(),
  customMeters: z.object({ meters: z.record(z.string(), meter) }).optional(),
})
export type Pricing = z.infer<typeof pricingView>

export const priceView = z.object({
  product: z.string(),
  plan: z.string(),
  visibility: z.enum(['visible', 'hidden']),
  audience: z.enum(['public', 'private']),
  privateAudiences: z.array(audience).nullish(),
  customerMarkets: z.enum(['customMarkets', 'allMarkets', 'allTaxRemittedMarkets']).default('customMarkets'),
  markets: z.array(z.string()).optional(),
  pricing: pricingView.optional(),
  trial: term.nullish(),
})
export type PriceResource = z.infer<typeof priceView>

/** All resources of a type, read. */
export const allOf = <T>(tree: Tree, type: string, view: z.ZodType<T>): readonly { readonly id: string; readonly value: T }[] =>
  ofType(tree, type).map(({ id, body }) => ({ id, value: view.parse(body) }))

/** The one resource of a type an offer has at most one of. */
export function oneOf<T>(tree: Tree, type: string, view: z.ZodType<T>): T | undefined {
  const [found] = ofType(tree, type)
  return found && view.parse(found.body)
}

export const ofType = (tree: Tree, type: string): readonly Resource[] => [...tree.values()].filter((resource) => resource.type === type)

export const termText = ({ type, value }: Span): string => `${value} ${type}${value === 1 ? '' : 's'}`
export const sameSpan = (a: Span, b: Span): boolean => a.type === b.type && a.value === b.value
