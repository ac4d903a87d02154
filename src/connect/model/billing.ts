/** A billing request as Connect shows it. */
import { z } from 'zod'
import type { Instant } from '../../kit/time.ts'
import { moment, part, word } from './read.ts'

/** Connect's units of a billing period. */
export const BILLING_UNITS = ['monthly', 'yearly', 'years_2', 'years_3', 'years_4', 'years_5', 'years_6'] as const
export type BillingUnit = (typeof BILLING_UNITS)[number]

export interface BillingRequest {
  readonly id: string
  readonly type: 'vendor' | 'provider' | 'unknown'
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
}

export const billingRequest = z
  .object({ id: z.string().min(1), type: word(['vendor', 'provider']), period: part(z.object({ from: moment, to: moment })) })
  .transform(({ id, type, period }): BillingRequest => ({ id, type, from: period?.from, to: period?.to }))
