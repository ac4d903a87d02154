import { z } from 'zod'
import { planId } from '../../kit/ids.ts'
import { usagePolicy } from './usage.ts'

/** What is said to a change the buyer makes at Microsoft. Silence is a yes there; so is a vendor that cannot be asked in time. */
const verdict = z.enum(['accept', 'refuse', 'rules', 'validate'])
const seats = z.number().int().min(1).max(1_000_000, 'expected at most 1000000, Microsoft’s own limit')

const operations = z
  .strictObject({
    changePlan: verdict.default('accept'),
    addSeats: verdict.default('accept'),
    removeSeats: verdict.default('accept'),
    /** Under `rules`: the new number of seats must lie between them. */
    minSeats: seats.optional(),
    maxSeats: seats.optional(),
    /** Under `rules`: only these changes of plan. */
    planMoves: z.array(z.strictObject({ from: planId, to: planId })).default([]),
  })
  .refine(({ minSeats = 1, maxSeats = minSeats }) => minSeats <= maxSeats, 'expected minSeats not above maxSeats')

const listing = z.strictObject({
  /** When a vendor’s listing request is told as being deployed: its offers were checked, or are in preview at Microsoft. */
  deployAt: z.enum(['checked', 'preview']).default('checked'),
  /** When it is completed, from which on Connect takes orders whatever it does with products that are not listed. */
  completeAt: z.enum(['preview', 'live']).default('live'),
  /** How far the request takes the product’s offers at Microsoft, once it may go on. A removal takes them out of the store, unless `never`. */
  publish: z.enum(['never', 'draft', 'preview', 'live']).default('live'),
  /** With `publish: live`: buyers see new content on an operator’s yes to it, or by itself. */
  goLive: z.enum(['confirm', 'automatic']).default('confirm'),
  /** Each step by itself, or on an operator's word. A removal always waits for one. */
  drive: z.enum(['automatic', 'confirm']).default('confirm'),
})
export type ListingPolicy = z.infer<typeof listing>

const parameterName = z.string().trim().min(1).max(255)
/** Names of the product’s parameters in Connect (of items in a marketplace) that keep what Microsoft calls each item; two may be the same. */
const mappingParameters = z.strictObject({
  offer: parameterName.optional(),
  plan: parameterName.optional(),
  dimension: parameterName.optional(),
})
export type MappingParameters = z.infer<typeof mappingParameters>

/** What a publisher decides per product. Every key has a default, so that a product without policies behaves cautiously. */
export const policies = z.strictObject({
  /** The vendor failed or revoked a purchase: tell an operator, or cancel the subscription at Microsoft. */
  onVendorFailure: z.enum(['attention', 'cancelAtMicrosoft']).default('attention'),
  /** The vendor terminated an asset whose subscription goes on: tell an operator, or cancel the subscription at Microsoft. */
  onVendorTermination: z.enum(['attention', 'cancelAtMicrosoft']).default('attention'),
  /** Have the vendor validate the order as a draft first: when the product offers it (`cart.validation`), or never. */
  validateBeforeOrder: z.enum(['auto', 'never']).default('auto'),
  /** A new term has begun at Microsoft: nothing, or one billing request of type `provider` in Connect. */
  onRenewal: z.enum(['nothing', 'billingRequest']).default('nothing'),
  /** How changes of plan and seats are answered, which the buyer makes at Microsoft. */
  operations: operations.prefault({}),
  /** How listing requests of the vendor are followed. */
  listing: listing.prefault({}),
  /** Where `bridge offer write-back` writes the plan map to. */
  mappingParameters: mappingParameters.prefault({}),
  /** How usage is taken in, and in which hour it is billed. */
  usage: usagePolicy.prefault({}),
})
export type Policies = z.infer<typeof policies>

export const defaultPolicies: Policies = policies.parse({})
