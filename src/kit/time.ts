/**
 * Time, always UTC. The only file that may read the wall clock: everything else is given a `Clock` (or an `Instant`),
 * so that tests and the sandbox can move time.
 */

/** A point in time. A `Date` that nobody may change: no setter compiles. Made by a clock, by `instant()` or by the helpers below. */
export type Instant = Omit<Date, `set${string}`>

/** A length of time in milliseconds. */
export type Milliseconds = number

export interface Clock {
  now(): Instant
}

/** The machine's own clock. */
export const wallClock: Clock = { now: () => new Date() }

/** A clock that runs with the machine's and can be moved, forwards or back: for the sandbox, demos and tests. */
export interface MovableClock extends Clock {
  /** Moves by so many milliseconds; negative moves back. */
  moveBy(by: Milliseconds): void
  /** Tells of each move. Returns how to stop listening. */
  onMove(listener: () => void): () => void
}

export function movableClock(base: Clock = wallClock): MovableClock {
  let offset: Milliseconds = 0
  const listeners = new Set<() => void>()
  return {
    now: () => new Date(base.now().getTime() + offset),
    moveBy(by) {
      offset += by
      for (const listener of listeners) listener()
    },
    onMove(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A clock that stands still until it is moved: for tests of rules and reconcilers. */
export function standingClock(start: Instant | string): MovableClock {
  const fixed = instant(start)
  return movableClock({ now: () => fixed })
}

/**
 * Reads an instant. Text without a zone is UTC (Microsoft leaves it out now and then); fractions finer than a millisecond are cut.
 * @throws RangeError when it is no time at all.
 */
export function instant(value: string | number | Instant): Instant {
  const read = new Date(typeof value === 'string' ? withZone(value.trim()) : typeof value === 'number' ? value : value.getTime())
  if (Number.isNaN(read.getTime())) throw new RangeError(`not an instant: ${String(value)}`)
  return read
}

const withZone = (text: string): string => (/T\d{2}:\d{2}/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? `${text}Z` : text)

export const seconds = (n: number): Milliseconds => n * 1000
export const minutes = (n: number): Milliseconds => n * 60_000
export const hours = (n: number): Milliseconds => n * 3_600_000
export const days = (n: number): Milliseconds => n * 86_400_000

export const plus = (at: Instant, by: Milliseconds): Instant => new Date(at.getTime() + by)
/** How long from `earlier` to `later`; negative when they are the other way round. */
export const between = (earlier: Instant, later: Instant): Milliseconds => later.getTime() - earlier.getTime()
export const isBefore = (a: Instant, b: Instant): boolean => a.getTime() < b.getTime()
export const isAtOrAfter = (a: Instant, b: Instant): boolean => a.getTime() >= b.getTime()
export const earliest = (first: Instant, ...rest: readonly Instant[]): Instant =>
  rest.reduce((least, next) => (isBefore(next, least) ? next : least), first)
