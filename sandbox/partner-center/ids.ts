/** Durable ids, in the shapes the service makes them. */
import type { Body } from './types.ts'

export const guidOf = (productId: string): string => productId.slice('product/'.length)

/** The plan's part of `plan/<product>/<plan>`. */
const planGuidOf = (planId: string): string => planId.split('/')[2] ?? ''

export const isDurableId = (value: unknown): value is string => typeof value === 'string' && /^[a-z][a-z0-9-]*(\/[a-z0-9-]+)+$/.test(value)

/** The product a durable id of an offer's resource belongs to. */
export const productGuidIn = (id: string): string => id.split('/')[1] ?? ''

const languageOf = (body: Body): string => String(body['languageId'] ?? 'en-us').toLowerCase()

/** Of everything that is found by its product, plan, language or place; products, plans, submissions and private offers have ids of their own. */
export function idOfPart(type: string, guid: string, body: Body): string {
  const plan = planGuidOf(String(body['plan'] ?? ''))
  const language = languageOf(body)
  switch (type) {
    case 'property':
      return `property/${guid}/public/main`
    case 'listing':
      return `listing/${guid}/public/main/default/${language}`
    case 'listing-asset':
      return `listing-asset/${guid}/public/main/default/${language}/${String(body['type']).toLowerCase()}/${Number(body['displayOrder'] ?? 0) + 1}`
    case 'listing-trailer':
      return `listing-trailer/${guid}/public/main/default/${Number(body['displayOrder'] ?? 0) + 1}`
    case 'plan-listing':
      return `plan-listing/${guid}/public/main/${plan}/${language}`
    case 'price-and-availability-plan':
      return `price-and-availability-plan/${guid}/${plan}`
    default:
      return `${type}/${guid}`
  }
}
