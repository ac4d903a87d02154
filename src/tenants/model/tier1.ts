/** The constant reseller all orders of a product name as tier 1: at Connect a customer needs a reseller above it. */
import { z } from 'zod'
import { name } from './text.ts'

const short = z.string().trim().min(1).max(25)

/** Lengths are Connect's (OpenAPI v37, tier account `contact_info`). */
const contactInfo = z.strictObject({
  addressLine1: name,
  addressLine2: z.string().trim().max(255).optional(),
  city: z.string().trim().min(1).max(100),
  state: z.string().trim().max(100).optional(),
  postalCode: z.string().trim().min(1).max(50),
  country: z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166 country of two capital letters, like DE'),
  contact: z.strictObject({
    firstName: z.string().trim().min(1).max(100),
    lastName: z.string().trim().min(1).max(100),
    email: z.email('expected an e-mail address').max(254),
    phone: z.strictObject({ countryCode: short, areaCode: short.optional(), phoneNumber: short, extension: short.optional() }).optional(),
  }),
})

const account = z.strictObject({
  name,
  externalId: z.string().trim().min(1).max(255),
  externalUid: z.string().trim().min(1).max(255),
  taxId: z.string().trim().max(100).optional(),
  contactInfo,
})
/** A reseller Connect does not know yet: it is made with the first order. */
export type ResellerAccount = z.infer<typeof account>

/** Tier-1 parameters by their ids: text for `value`, an object for `structured_value`. */
const parameters = z.record(z.string().min(1), z.union([z.string(), z.record(z.string(), z.json())], 'expected text or an object'))
export type TierParameters = z.infer<typeof parameters>

export const tier1 = z
  .strictObject({
    /** An existing tier account (`TA-…`) … */
    id: z.string().trim().min(1).max(255).optional(),
    /** … or all of its data. */
    account: account.optional(),
    parameters: parameters.default({}),
  })
  .refine((value) => (value.id === undefined) !== (value.account === undefined), 'expected either id or account')
export type Tier1 = z.infer<typeof tier1>
