/** Whole hours of UTC: the grain Microsoft bills usage in (HH:00:00 to HH:59:59, Metering API 2018-08-31). */
import { hours, type Instant, plus } from './time.ts'

declare const wholeHour: unique symbol
/** The first moment of an hour of UTC. Made by `hourOf` and the helpers below only. */
export type UtcHour = Instant & { readonly [wholeHour]: true }

const HOUR = hours(1)

/** The hour a moment lies in. */
export const hourOf = (at: Instant): UtcHour => new Date(Math.floor(at.getTime() / HOUR) * HOUR) as Instant as UtcHour

/** So many hours later; negative is earlier. */
export const hoursLater = (hour: UtcHour, by: number): UtcHour => hourOf(plus(hour, hours(by)))

/** The first moment that does not belong to it. */
export const endOfHour = (hour: UtcHour): Instant => plus(hour, HOUR)

export const sameHour = (a: UtcHour, b: UtcHour): boolean => a.getTime() === b.getTime()
