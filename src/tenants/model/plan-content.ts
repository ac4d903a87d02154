/** What a publisher wants a plan to be at Microsoft: texts, terms and prices, where and to whom it is sold. */
import { z } from 'zod'
import { amount, hasNoTwoPrices, market, ONE_PRICE, priced } from './amount.ts'
import { languageId } from './listing-content.ts'
import { dimensionId } from './usage.ts'

/** How long a subscription runs before it renews. */
export const billingTerms = ['1 month', '1 year', '2 years', '3 years', '4 years', '5 years'] as const
export type BillingTerm = (typeof billingTerms)[number]

/** When a term is paid: all of it at its start, or in equal parts. */
export const payments = ['upfront', 'monthly', 'yearly'] as const
export type Payment = (typeof payments)[number]

const term = z
  .strictObject({
    term: z.enum(billingTerms),
    payment: z.enum(payments).default('upfront'),
    /** Of ONE payment, not of the term: a year paid monthly at 7.5 is 90 a year. */
    ...priced,
  })
  .refine(hasNoTwoPrices, ONE_PRICE)
export type PlanTerm = z.output<typeof term>

/** Included per term of the plan: a whole number of units at Microsoft. */
const included = z.strictObject({ term: z.enum(billingTerms), quantity: z.union([z.literal('unlimited'), amount]) })

const meter = z
  .strictObject({
    dimension: dimensionId,
    /** Of one unit. */
    ...priced,
    included: z
      .array(included)
      .default([])
      .refine((all) => new Set(all.map(({ term }) => term)).size === all.length, 'expected each term once'),
  })
  .refine(hasNoTwoPrices, ONE_PRICE)
export type PlanMeter = z.output<typeof meter>

const seats = z.number().int().min(1)

const listing = z.strictObject({
  language: languageId,
  /** The plan's name to buyers; the plan's `name` when absent. */
  name: z.string().trim().min(1).max(1000).optional(),
  /** Plain text: Microsoft shows no markup here. */
  description: z.string().trim().min(1).max(50_000),
})
export type PlanListing = z.output<typeof listing>

export const planContent = z.strictObject({
  listings: z
    .array(listing)
    .default([])
    .refine((all) => new Set(all.map(({ language }) => language)).size === all.length, 'expected each language once'),
  /** Prices are written to Microsoft with a new plan only; later they are compared. */
  terms: z
    .array(term)
    .default([])
    .refine((all) => new Set(all.map((one) => one.term)).size === all.length, 'expected each term once: another schedule is another plan'),
  /** `all`, `taxRemitted` (where Microsoft remits the tax), or a list of countries. */
  markets: z.union([z.enum(['all', 'taxRemitted']), z.array(market).min(1)], 'expected all, taxRemitted or a list of countries').optional(),
  /** Free for the first month. */
  trial: z.enum(['none', '1 month']).optional(),
  /** Per-user plans only. */
  seats: z.strictObject({ min: seats.optional(), max: seats.optional() }).optional(),
  audience: z
    .strictObject({
      kind: z.enum(['public', 'private']),
      /** Who may buy a private plan: their Entra tenants. */
      tenants: z.array(z.strictObject({ id: z.string().trim().min(1).max(50), note: z.string().trim().max(1000).optional() })).default([]),
    })
    .optional(),
  /** Not in the store, still buyable by link or private offer. */
  hidden: z.boolean().optional(),
  meters: z
    .array(meter)
    .default([])
    .refine((all) => new Set(all.map(({ dimension }) => dimension)).size === all.length, 'expected each dimension once'),
  /** Place among the plans; smaller comes first. */
  rank: z.number().int().min(0).optional(),
  /** No longer sold: deprecated at Microsoft with the next publication. Subscriptions on it go on. */
  retired: z.boolean().default(false),
})
export type PlanContent = z.output<typeof planContent>

export interface Span {
  readonly type: 'month' | 'year'
  readonly value: number
}

/** `2 years` → `{ type: 'year', value: 2 }`, as Microsoft writes terms. */
export const spanOf = (term: BillingTerm): Span => ({ type: term.endsWith('month') ? 'month' : 'year', value: Number.parseInt(term, 10) })

/** The interval of payments in a term; paid up front it is the term itself. */
export const paymentSpan = ({ term, payment }: Pick<PlanTerm, 'term' | 'payment'>): Span =>
  payment === 'upfront' ? spanOf(term) : { type: payment === 'monthly' ? 'month' : 'year', value: 1 }

/** @returns our word for a term of Microsoft's, `undefined` for one we do not know */
export const billingTermOf = ({ type, value }: { readonly type: string; readonly value: number }): BillingTerm | undefined =>
  billingTerms.find((term) => spanOf(term).type === type && spanOf(term).value === value)
