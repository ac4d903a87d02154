/** What the sandbox reads of private offers. */
import { z } from 'zod'
import { pricingView } from '../views.ts'

export const lineView = z.object({
  product: z.string(),
  plan: z.string().optional(),
  basePlan: z.string().optional(),
  discountType: z.enum(['percentage', 'absolute']),
  discountPercentage: z.number().optional(),
  priceDetails: z.string().optional(),
  newPlanDetails: z.object({ name: z.string().optional(), description: z.string().optional() }).optional(),
})
export type Line = z.infer<typeof lineView>

export const offerView = z.object({
  name: z.string(),
  state: z.string(),
  privateOfferType: z.string().optional(),
  offerPricingType: z.string().optional(),
  variableStartDate: z.boolean().default(false),
  start: z.string().nullish(),
  end: z.string().optional(),
  acceptBy: z.string().optional(),
  beneficiaries: z.array(z.object({ id: z.string(), description: z.string().optional() })).default([]),
  pricing: z.array(lineView).default([]),
})
export type OfferView = z.infer<typeof offerView>

export const privatePriceView = z.object({ product: z.string(), plan: z.string(), pricing: pricingView })
