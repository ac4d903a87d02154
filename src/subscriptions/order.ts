/** The buyer's confirmed order: what Connect needs and Microsoft did not give. Kept sealed, for it holds personal data. */
import { z } from 'zod'

/** Lengths are Connect's (tier account `contact_info`, OpenAPI v37). */
export const phoneNumber = z.object({
  countryCode: z.string().max(25),
  areaCode: z.string().max(25),
  phoneNumber: z.string().max(25),
  extension: z.string().max(25),
})

export const customer = z.object({
  companyName: z.string().trim().min(1).max(255),
  taxId: z.string().trim().max(100).optional(),
  addressLine1: z.string().trim().min(1).max(255),
  addressLine2: z.string().trim().max(255).optional(),
  city: z.string().trim().min(1).max(100),
  state: z.string().trim().max(100).optional(),
  postalCode: z.string().trim().min(1).max(50),
  /** ISO 3166 alpha-2, upper case. */
  country: z.string().regex(/^[A-Z]{2}$/),
  contact: z.object({
    firstName: z.string().trim().min(1).max(100),
    lastName: z.string().trim().min(1).max(100),
    email: z.email().max(254),
    phone: phoneNumber.optional(),
  }),
})
export type Customer = z.infer<typeof customer>

/** One ordering parameter as Connect takes it: simple types in `value`; phone, address, checkbox and object in `structuredValue`. */
export const orderParameter = z.object({
  id: z.string().min(1),
  value: z.string().optional(),
  structuredValue: z.record(z.string(), z.unknown()).optional(),
})
export type OrderParameter = z.infer<typeof orderParameter>

export const order = z.object({ customer, params: z.array(orderParameter) })
export type Order = z.infer<typeof order>
