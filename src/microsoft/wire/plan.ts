/** Reads the plans of List Available Plans. Source: Fulfilment API 2018-08-31, schema SubscriptionPlans. */
import { z } from 'zod'
import { planId } from '../../kit/ids.ts'
import type { BillingTerm, MicrosoftPlan } from '../plan.ts'
import {
  flag,
  inList,
  listOf,
  optionalFlag,
  optionalNumber,
  optionalText,
  quantity,
  recordOrEmpty,
  textOf,
  textOrEmpty,
} from './primitives.ts'

const included = z.object({ dimensionId: textOrEmpty, units: textOrEmpty })

const billingTerm = z
  .object({
    currency: optionalText,
    price: optionalNumber,
    termUnit: optionalText,
    termDescription: optionalText,
    meteredQuantityIncluded: listOf(included),
  })
  .transform(({ meteredQuantityIncluded, ...term }): BillingTerm => ({ ...term, included: meteredQuantityIncluded }))

const dimension = z.object({
  id: textOrEmpty,
  displayName: textOrEmpty,
  unitOfMeasure: optionalText,
  currency: optionalText,
  pricePerUnit: optionalNumber,
})

const components = recordOrEmpty.pipe(
  z.object({ recurrentBillingTerms: listOf(billingTerm), meteringDimensions: listOf(dimension), sourceOffers: listOf(recordOrEmpty) }),
)

const plan = z
  .object({
    planId,
    displayName: textOrEmpty,
    description: textOrEmpty,
    isPrivate: flag,
    minQuantity: quantity,
    maxQuantity: quantity,
    hasFreeTrials: flag,
    isPricePerSeat: optionalFlag,
    isStopSell: flag,
    market: optionalText,
    planComponents: components,
    /** Here by the OpenAPI description, among the components by the documentation. */
    sourceOffers: listOf(recordOrEmpty),
  })
  .transform(
    ({ planComponents, sourceOffers, ...rest }): MicrosoftPlan => ({
      ...rest,
      billingTerms: planComponents.recurrentBillingTerms,
      dimensions: planComponents.meteringDimensions,
      sourceOfferIds: [...new Set([...sourceOffers, ...planComponents.sourceOffers].flatMap((offer) => textOf(offer['externalId']) ?? []))],
    }),
  )

export const planList = inList('plans', plan)
