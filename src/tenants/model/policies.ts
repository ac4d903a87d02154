import { z } from 'zod'

/** What a publisher decides per product. Every key has a default, so that a product without policies behaves cautiously. */
export const policies = z.strictObject({
  /** The vendor failed or revoked a purchase: tell an operator, or cancel the subscription at Microsoft. */
  onVendorFailure: z.enum(['attention', 'cancelAtMicrosoft']).default('attention'),
  /** The vendor terminated an asset whose subscription goes on: tell an operator, or cancel the subscription at Microsoft. */
  onVendorTermination: z.enum(['attention', 'cancelAtMicrosoft']).default('attention'),
  /** Have the vendor validate the order as a draft first: when the product offers it (`cart.validation`), or never. */
  validateBeforeOrder: z.enum(['auto', 'never']).default('auto'),
})
export type Policies = z.infer<typeof policies>

export const defaultPolicies: Policies = policies.parse({})
