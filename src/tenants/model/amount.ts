import { z } from 'zod'
import { printQuantity, readQuantity } from '../../kit/quantity.ts'

/** An exact amount as people write it, kept as canonical decimal text: `7.5`. Never a float. */
export const amount = z
  .union([z.number(), z.string()], 'expected a number')
  .transform(String)
  .transform((text, context): string => {
    const reading = readQuantity(text)
    if (reading.ok && reading.quantity >= 0n) return printQuantity(reading.quantity)
    context.addIssue({ code: 'custom', message: 'expected an amount from 0, with at most 8 decimals' })
    return z.NEVER
  })

/** A market of Microsoft: ISO 3166 country, lower case at Microsoft. */
export const market = z
  .string()
  .trim()
  .regex(/^[a-zA-Z]{2}$/, 'expected an ISO 3166 country, like us')
  .transform((text) => text.toLowerCase())

/** What one payment costs in a currency, in these markets. */
export const marketPrice = z.strictObject({
  currency: z
    .string()
    .trim()
    .regex(/^[a-zA-Z]{3}$/, 'expected an ISO 4217 currency, like EUR')
    .transform((text) => text.toUpperCase()),
  markets: z.array(market).min(1, 'expected at least one market'),
  price: amount,
})
export type MarketPrice = z.output<typeof marketPrice>

/** A price is one figure in US dollars, which Microsoft converts, or a figure per market. */
export const priced = {
  /** US dollars for one payment (and one seat, where the plan is per user; one unit, where it is a meter's). */
  price: amount.optional(),
  prices: z.array(marketPrice).min(1, 'expected at least one price').optional(),
}

export interface Priced {
  readonly price?: string | undefined
  readonly prices?: readonly MarketPrice[] | undefined
}

/** A draft may be without: the catalogue's problems then say so. */
export const hasNoTwoPrices = ({ price, prices }: Priced): boolean => price === undefined || prices === undefined
export const ONE_PRICE = 'expected either price (US dollars) or prices (per market), not both'
