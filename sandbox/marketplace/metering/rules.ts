/** What the metering service takes, and in which words it refuses. Pure. Metering API 2018-08-31, its FAQ, and observed answers. */
import { between, hours, type Instant, instant, isAtOrAfter, isBefore, plus } from '../../../src/kit/time.ts'
import type { Caller } from '../../entra/bearer.ts'
import { isOwner } from '../api/caller.ts'
import type { MarketplaceOptions } from '../options.ts'
import { findPlan } from '../rules.ts'
import type { Subscription } from '../types.ts'
import type { SentUsage, UsageStatus } from './types.ts'

/** Counted from the start of the hour the usage belongs to. */
const WINDOW = hours(24)

export interface Refused {
  readonly status: UsageStatus
  readonly message: string
}

export type WholeUsage = { readonly [Field in keyof SentUsage]: NonNullable<SentUsage[Field]> }

export const hourOf = (at: Instant): Instant => instant(Math.floor(at.getTime() / hours(1)) * hours(1))

/** All fields are there and mean something by themselves. */
export function whole(sent: SentUsage): WholeUsage | Refused {
  const { resourceId, quantity, dimension, effectiveStartTime, planId } = sent
  if (resourceId === undefined || dimension === undefined || effectiveStartTime === undefined || planId === undefined) {
    return refused('BadArgument', 'A required field is missing or not valid.')
  }
  if (quantity === undefined) return refused('BadArgument', 'The quantity is missing or not a number.')
  if (quantity <= 0) return refused('InvalidQuantity', 'The quantity must be greater than zero.')
  return { resourceId, quantity, dimension, effectiveStartTime, planId }
}

/** Why the event is not taken, its slot left aside; undefined when it may be. */
export function whyNot(
  usage: WholeUsage,
  subscription: Subscription | undefined,
  caller: Caller,
  options: MarketplaceOptions,
  now: Instant,
): Refused | undefined {
  if (!subscription) return refused('ResourceNotFound', 'The resource was not found.')
  if (!isOwner(caller, subscription.offer))
    return refused('ResourceNotAuthorized', 'The application is not authorized for this usage resource.')
  return whyNotThen(usage, now) ?? whyNotActive(usage, subscription, options) ?? whyNotPlan(usage, subscription, options)
}

function whyNotThen({ effectiveStartTime }: WholeUsage, now: Instant): Refused | undefined {
  if (isBefore(now, effectiveStartTime)) return refused('BadArgument', 'The effective start time is in the future.')
  if (between(hourOf(effectiveStartTime), now) > WINDOW) return refused('Expired', 'The usage is older than 24 hours.')
  return undefined
}

function whyNotActive({ effectiveStartTime }: WholeUsage, subscription: Subscription, options: MarketplaceOptions): Refused | undefined {
  if (subscription.status === 'Subscribed') return undefined
  const ended = subscription.status === 'Unsubscribed' && subscription.term !== undefined ? subscription.lastModified : undefined
  const stillTaken = options.usageAfterEnd === 'accepted' && ended !== undefined && isBefore(effectiveStartTime, ended)
  return stillTaken ? undefined : refused('ResourceNotActive', `The resource is not active: ${subscription.status}.`)
}

function whyNotPlan({ planId, dimension, effectiveStartTime }: WholeUsage, subscription: Subscription, options: MarketplaceOptions) {
  const plan = findPlan(subscription, planId)
  if (!plan) return refused('BadArgument', 'The plan is not a plan of the offer.')
  const former = options.usageOfFormerPlan === 'accepted' && hadThen(subscription, planId, effectiveStartTime)
  if (planId !== subscription.planId && !former) return refused('BadArgument', 'The plan is not the plan of the subscription.')
  const metered = plan.meters?.some(({ dimensionId }) => dimensionId === dimension) ?? false
  return metered ? undefined : refused('InvalidDimension', 'The dimension is not metered in this plan.')
}

/** The subscription still had the plan when the hour began, or got it later. */
function hadThen({ formerPlans }: Subscription, planId: string, at: Instant): boolean {
  const [hour, end] = [hourOf(at), plus(hourOf(at), hours(1))]
  return formerPlans.some((former, n) => {
    const since = formerPlans[n - 1]?.until
    return former.planId === planId && isBefore(hour, former.until) && (since === undefined || !isAtOrAfter(since, end))
  })
}

const refused = (status: UsageStatus, message: string): Refused => ({ status, message })
