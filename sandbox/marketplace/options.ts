/** How the service behaves where the real one is slow, unclear or odd. All can be changed while it runs. */
import { z } from 'zod'
import { days, hours, minutes, seconds } from '../../src/kit/time.ts'

const length = z.number().int().min(0).max(minutes(60))

const marketplaceOptions = z.strictObject({
  /** From Activate's 200 to Subscribed. Milliseconds on the sandbox's clock; default 400. */
  activationDelay: length,
  /** How long an operation takes that the publisher started. Default 1.5 s. */
  operationDelay: length,
  /** Silence so long after the webhook was taken counts as yes. Default 10 s, as documented. */
  acceptWindow: length,
  /** Subscriptions in a page of the list. */
  pageSize: z.number().int().min(1).max(100),
  /** `@nextLink` and `Operation-Location` name the real service's host instead of this one. */
  foreignLinks: z.boolean(),
  /** Lists operations as a bare array, as an emulator does. */
  bareOperationList: z.boolean(),
  /** Whether Get Operation knows operations nobody needs to answer: Renew, Suspend, Unsubscribe. */
  readableNotifyOnlyOperations: z.boolean(),
  /** A change the publisher refused is followed by a notice back to the present value. */
  revertAfterRefusal: z.boolean(),
  /** A refusal is answered 200 and the change goes through all the same. */
  ignoreRefusals: z.boolean(),
  /** What is sent when an activation has taken effect. */
  subscribeNotice: z.enum(['none', 'minimal', 'full']),
  /** Microsoft's own payment step fails after Activate: Unsubscribe follows. */
  paymentFailsAtActivation: z.boolean(),
  /** Time-out of one webhook call, in milliseconds of real time. Default 10 s. */
  webhookTimeout: z.number().int().min(1).max(minutes(2)),
  /** Two plans of one subscription have an hour each of the same dimension. Unclear in the real service; default no. */
  slotIncludesPlan: z.boolean(),
  /** Usage of an hour in which the subscription still had its former plan, under that plan: taken, or the present plan's only. */
  usageOfFormerPlan: z.enum(['accepted', 'refused']),
  /** Usage from before the end, inside its 24 hours. */
  usageAfterEnd: z.enum(['accepted', 'refused']),
  /** Where a plan tells the private offers it comes from: OpenAPI and documentation disagree, and nobody promises that it does. */
  sourceOffers: z.enum(['inPlan', 'inComponents', 'untold']),
  /** In which order a batch is answered: the real service promises none. */
  verdictOrder: z.enum(['asSent', 'reversed']),
  /** From the event until the daily sums say Accepted instead of Submitted. Default 6 h. */
  usageProcessing: z.number().int().min(0).max(days(30)),
})

export type MarketplaceOptions = Readonly<z.infer<typeof marketplaceOptions>>

/** Some of the options; what is left out or undefined stays as it is. */
export const optionsChange = marketplaceOptions.partial()
export type OptionsChange = z.infer<typeof optionsChange>

/** @throws ZodError for values out of bounds. */
export const changeOptions = (before: MarketplaceOptions, change: OptionsChange): MarketplaceOptions =>
  marketplaceOptions.parse({ ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) })

export const defaultOptions: MarketplaceOptions = {
  activationDelay: 400,
  operationDelay: 1_500,
  acceptWindow: seconds(10),
  pageSize: 100,
  foreignLinks: false,
  bareOperationList: false,
  readableNotifyOnlyOperations: true,
  revertAfterRefusal: false,
  ignoreRefusals: false,
  subscribeNotice: 'none',
  paymentFailsAtActivation: false,
  webhookTimeout: seconds(10),
  slotIncludesPlan: false,
  usageOfFormerPlan: 'accepted',
  usageAfterEnd: 'accepted',
  sourceOffers: 'inPlan',
  verdictOrder: 'asSent',
  usageProcessing: hours(6),
}
