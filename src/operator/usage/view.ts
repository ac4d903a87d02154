/** Usage as operators read it, as JSON: quantities are exact decimals as text. */
import { type ExactQuantity, printQuantity } from '../../kit/quantity.ts'
import { between, hours, type Instant } from '../../kit/time.ts'
import type {
  Compared,
  DecidedRecord,
  DimensionUsage,
  HeldRecord,
  Risk,
  SlotShown,
  Stop,
  StopAct,
  SubscriptionUsage,
} from '../../usage/index.ts'

export const slotView = (slot: SlotShown, now: Instant) => ({
  ...{ subscriptionId: slot.subscriptionId, dimension: slot.dimension, hour: slot.hour },
  ...{ productId: slot.productId, planId: slot.planId, state: slot.state, because: slot.because ?? null },
  ...{ records: slot.records, reported: printQuantity(slot.reported), quantity: text(slot.quantity), carried: text(slot.carried) },
  ...{ acceptedQuantity: text(slot.acceptedQuantity), usageEventId: slot.usageEventId ?? null, microsoft: slot.microsoft ?? null },
  /** Whole hours until Microsoft takes it no longer; only of what is not settled. */
  hoursLeft: UNSETTLED.has(slot.state) ? Math.max(0, Math.floor(between(now, slot.until) / hours(1))) : null,
  ...{ decidedBy: slot.decidedBy ?? null, decidedAt: slot.decidedAt ?? null, decidedNote: slot.decidedNote ?? null },
})
export type SlotView = ReturnType<typeof slotView>

const UNSETTLED: ReadonlySet<SlotShown['state']> = new Set(['open', 'sealed', 'sent', 'refused'])

export const usageView = ({ planId, since, dimensions }: SubscriptionUsage) => ({
  planId,
  since,
  dimensions: dimensions.map(dimensionView),
})
export type UsageView = ReturnType<typeof usageView>

const dimensionView = ({ dimension, name, unit, lastToldAt, used, included, left, notBilledYet, price, currency }: DimensionUsage) => ({
  ...{ dimension, name: name ?? null, unit: unit ?? null, lastToldAt: lastToldAt ?? null },
  ...{ used: printQuantity(used), included: limit(included), left: limit(left), notBilledYet: text(notBilledYet) },
  ...{ price: text(price), currency: currency ?? null },
})

export const heldView = ({ quantity, ...held }: HeldRecord) => ({ ...held, quantity: printQuantity(quantity) })
export type HeldView = ReturnType<typeof heldView>

export const decidedView = ({ quantity, dimension, note, ...one }: DecidedRecord) => ({
  ...one,
  ...{ dimension: dimension ?? null, quantity: printQuantity(quantity), note: note ?? null },
})
export type DecidedView = ReturnType<typeof decidedView>

export const readBackView = ({ ours, submitted, processed, ...one }: Compared) => ({
  ...one,
  ...{ ours: printQuantity(ours), submitted: text(submitted), processed: text(processed) },
})

export const riskView = ({ quantity, amount, currency, ...one }: Risk) => ({
  ...one,
  ...{ quantity: printQuantity(quantity), amount: text(amount), currency: currency ?? null },
})

const text = (quantity: ExactQuantity | undefined): string | null => (quantity === undefined ? null : printQuantity(quantity))
const limit = (quantity: ExactQuantity | 'unlimited' | undefined): string | null => (quantity === 'unlimited' ? quantity : text(quantity))

/** What is stopped now, and each use of the switch, newest first. */
export const stopsView = (stops: readonly Stop[], acts: readonly StopAct[]) => ({
  items: stops.map((stop) => ({ ...stop, productId: stop.productId ?? null, note: stop.note ?? null })),
  history: acts.map((one) => ({ ...one, productId: one.productId ?? null, note: one.note ?? null })),
})
export type StopsView = ReturnType<typeof stopsView>
