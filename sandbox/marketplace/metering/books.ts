/** Microsoft's books: the events it has, what it bills for them, and the daily sums the publisher may read. */
import { fromDouble, ONE, printQuantity, sumQuantities } from '../../../src/kit/quantity.ts'
import { type Instant, isAtOrAfter, plus } from '../../../src/kit/time.ts'
import { findPlan } from '../rules.ts'
import type { State } from '../state.ts'
import type { Subscription } from '../types.ts'
import type { BilledLine, Processed, RecordedUsage } from './types.ts'

export const usageOf = ({ usage }: State, subscriptionId?: string): readonly RecordedUsage[] =>
  [...usage.values()]
    .filter((event) => subscriptionId === undefined || event.subscriptionId === subscriptionId)
    .toSorted((a, b) => a.hour.getTime() - b.hour.getTime())

export function setProcessed({ usage }: State, usageEventId: string, processed: Processed): void {
  const [slot, event] = [...usage].find(([, { usageEventId: id }]) => id === usageEventId) ?? []
  if (slot === undefined || !event) throw new RangeError(`there is no usage event ${usageEventId}`)
  usage.set(slot, { ...event, processed })
}

/** Every unit it was told of, at the plan's price: included quantities are the publisher's to count. */
export function billed(state: State, subscriptionId?: string): readonly BilledLine[] {
  const groups = grouped(usageOf(state, subscriptionId), ({ subscriptionId: id, planId, dimension }) => `${id} ${planId} ${dimension}`)
  return [...groups.values()].flatMap((events) => {
    const [first] = events
    if (!first) return []
    const { subscriptionId: id, planId, dimension } = first
    const quantity = sumQuantities(events.map(billedQuantity))
    const price = priceOf(state.subscriptions.get(id), planId, dimension)
    const amount = printQuantity((quantity * (fromDouble(price) ?? 0n)) / ONE)
    return [{ subscriptionId: id, planId, dimension, quantity: printQuantity(quantity), events: events.length, price, amount }]
  })
}

const billedQuantity = ({ quantity, processed }: RecordedUsage): bigint =>
  processed === 'rejected' ? 0n : (fromDouble(processed ?? quantity) ?? 0n)

const priceOf = (subscription: Subscription | undefined, planId: string, dimension: string): number =>
  (subscription && findPlan(subscription, planId)?.meters?.find((meter) => meter.dimensionId === dimension)?.price) ?? 0

export interface DailySum {
  /** The day's first moment. */
  readonly day: Instant
  readonly subscription: Subscription
  readonly planId: string
  readonly dimension: string
  readonly reconStatus: 'Submitted' | 'Accepted' | 'Rejected' | 'Mismatch' | 'DryRun'
  readonly submitted: number
  readonly processed: number
  readonly count: number
}

/** By day of use, subscription, dimension and plan. Sums are made of doubles, as the service's are. */
export function dailySums(state: State, now: Instant): readonly DailySum[] {
  const groups = grouped([...state.usage.values()], ({ subscriptionId, dimension, planId, hour }) =>
    [hour.toISOString().slice(0, 10), subscriptionId, dimension, planId].join(' '),
  )
  return [...groups.values()].flatMap((events) => {
    const [first] = events
    const subscription = first && state.subscriptions.get(first.subscriptionId)
    if (!first || !subscription) return []
    const submitted = total(events.map(({ quantity }) => quantity))
    const done = events.every(({ messageTime }) => isAtOrAfter(now, plus(messageTime, state.options.usageProcessing)))
    const processed = done ? total(events.map(({ quantity, processed: told }) => (told === 'rejected' ? 0 : (told ?? quantity)))) : 0
    return [
      {
        day: startOfDay(first.hour),
        subscription,
        planId: first.planId,
        dimension: first.dimension,
        reconStatus: statusOf(subscription, done, submitted, processed),
        submitted,
        processed,
        count: events.length,
      },
    ]
  })
}

function statusOf({ sessionMode }: Subscription, done: boolean, submitted: number, processed: number): DailySum['reconStatus'] {
  if (sessionMode === 'DryRun') return 'DryRun'
  if (!done) return 'Submitted'
  if (processed === 0) return 'Rejected'
  return processed === submitted ? 'Accepted' : 'Mismatch'
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)
const startOfDay = (at: Instant): Instant => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()))

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
