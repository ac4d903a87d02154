import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planId } from '../../kit/ids.ts'
import { between, hours, type Instant, instant, minutes, plus } from '../../kit/time.ts'
import { hourOf, type UtcHour } from '../../kit/utc-hour.ts'
import type { Phase, Phases } from './phases.ts'
import { type Placement, type PlacePolicy, place, placeNow, type Stream, WINDOW } from './place.ts'

const start = instant('2031-03-01T00:00:00Z')
const now = instant('2031-03-05T12:30:00Z')
const at = (text: string): Instant => instant(`2031-03-${text}:00Z`)

const phase = (from: Instant, status: Phase['status'] = 'Subscribed', plan = 'basic'): Phase => ({
  from,
  status,
  planId: planId.parse(plan),
  termStart: start,
})
const subscribed: Phases = [phase(start)]
const stream = (phases: Phases = subscribed, ...closed: readonly Instant[]): Stream => ({
  phases,
  closed: (hour) => closed.some((one) => hourOf(one).getTime() === hour.getTime()),
})
const policy = (late: PlacePolicy['late'] = 'currentHour'): PlacePolicy => ({ late, holdDays: 7 })
const reported = (consumedAt: Instant, wholeMonth = false) => ({ consumedAt, wholeMonth })
const slot = (hour: Instant, moved?: 'late' | 'wholeMonth' | 'planChanged'): Placement =>
  moved ? { kind: 'slot', hour: hourOf(hour), moved } : { kind: 'slot', hour: hourOf(hour) }

describe('a record belongs to the hour it was consumed in', () => {
  test('as long as the hour is open and inside Microsoft’s 24 hours', () => {
    expect(place(reported(at('05T12:10')), stream(), policy(), now)).toEqual(slot(at('05T12:00')))
    expect(place(reported(at('04T13:10')), stream(), policy(), now)).toEqual(slot(at('04T13:00')))
  })

  test('or to the next one, when the plan changed within the hour before it was consumed', () => {
    const changed = stream([phase(start), phase(at('05T10:20'), 'Subscribed', 'premium')])
    expect(place(reported(at('05T10:19')), changed, policy(), now)).toEqual(slot(at('05T10:00')))
    expect(place(reported(at('05T10:20')), changed, policy(), now)).toEqual(slot(at('05T11:00'), 'planChanged'))
  })
})

describe('what comes too late follows the product’s policy', () => {
  const sealed = stream(subscribed, at('05T10:00'))
  const late = reported(at('05T10:30'))

  test('currentHour: the next hour that is not sealed, said so', () => {
    expect(place(late, sealed, policy(), now)).toEqual(slot(at('05T12:00'), 'late'))
    expect(place(late, stream(subscribed, at('05T10:00'), at('05T12:00')), policy(), now)).toEqual(slot(at('05T13:00'), 'late'))
    expect(place(reported(at('03T10:30')), stream(), policy(), now)).toEqual(slot(at('05T12:00'), 'late'))
  })

  test('hold: until an operator decides, with a deadline', () => {
    expect(place(late, sealed, policy('hold'), now)).toEqual({ kind: 'hold', because: 'late', until: plus(now, hours(7 * 24)) })
  })

  test('reject: told to the producer', () => {
    expect(place(late, sealed, policy('reject'), now)).toEqual({ kind: 'reject', because: 'late' })
  })

  test('a stamp over a whole month is treated by the same policy, under its own name', () => {
    expect(place(reported(at('05T12:10'), true), stream(), policy(), now)).toEqual(slot(at('05T12:00'), 'wholeMonth'))
    expect(place(reported(at('05T12:10'), true), stream(), policy('reject'), now)).toEqual({ kind: 'reject', because: 'wholeMonth' })
  })

  test('after the end: the latest hour before it that is not sealed, inside the 24 hours; otherwise it is held, never lost', () => {
    const ended = [phase(start), phase(at('05T09:40'), 'Unsubscribed')]
    expect(place(reported(at('03T10:30')), stream(ended), policy(), now)).toEqual(slot(at('05T09:00'), 'late'))
    expect(place(reported(at('03T10:30')), stream(ended, at('05T09:00')), policy(), now)).toEqual(slot(at('05T08:00'), 'late'))
    expect(place(reported(at('03T10:30')), stream(ended), policy(), at('07T00:00'))).toMatchObject({ kind: 'hold', because: 'noHourLeft' })
  })
})

describe('what cannot have been consumed is refused', () => {
  test.each([
    ['in the future', reported(at('05T12:33')), subscribed, 'inFuture'],
    ['before the term began', reported(plus(start, -1)), subscribed, 'beforeStart'],
    ['of a subscription that never was active', reported(at('05T12:00')), [], 'beforeStart'],
    ['after the end', reported(at('05T10:00')), [phase(start), phase(at('05T09:40'), 'Unsubscribed')], 'afterEnd'],
  ] as const)('%s', (_, record, phases, because) => {
    expect(place(record, stream(phases), policy(), now)).toEqual({ kind: 'reject', because })
  })

  test('clocks may differ by two minutes, and activation may be seen a little late', () => {
    expect(place(reported(at('05T12:31')), stream(), policy(), now).kind).toBe('slot')
    expect(place(reported(at('05T11:00')), stream([{ ...phase(at('05T11:30')), termStart: start }]), policy(), now).kind).toBe('slot')
  })
})

const minuteOffset = fc.integer({ min: -60 * 60, max: 60 })
const anyPhases: fc.Arbitrary<Phases> = fc
  .array(
    fc.record({
      after: fc.integer({ min: 1, max: 40 }),
      status: fc.constantFrom('Subscribed', 'Suspended'),
      plan: fc.constantFrom('basic', 'premium'),
    }),
    { maxLength: 4 },
  )
  .chain((middle) =>
    fc.boolean().map((ended) => [...middle, ...(ended ? [{ after: 20, status: 'Unsubscribed' as const, plan: 'basic' }] : [])]),
  )
  .map((steps) => {
    const begun = steps.map((_, index) => steps.slice(0, index + 1).reduce((from, { after }) => plus(from, hours(after)), start))
    return [phase(start), ...steps.map(({ status, plan }, index) => phase(begun[index] ?? start, status, plan))]
  })

test('whatever is reported: one open slot inside Microsoft’s window, or a named state; and a closed hour never takes anything', () => {
  fc.assert(
    fc.property(
      minuteOffset,
      fc.boolean(),
      anyPhases,
      fc.array(minuteOffset, { maxLength: 20 }),
      fc.constantFrom('currentHour', 'hold', 'reject'),
      (offset, wholeMonth, phases, closedAt, late) => {
        const closed = stream(phases, ...closedAt.map((one) => plus(now, minutes(one))))
        const placement = place({ consumedAt: plus(now, minutes(offset)), wholeMonth }, closed, policy(late), now)
        if (placement.kind === 'hold') expect(between(now, placement.until)).toBeGreaterThan(0)
        if (placement.kind === 'reject') expect(placement.because).not.toBe('')
        if (placement.kind !== 'slot') return
        expect(closed.closed(placement.hour)).toBe(false)
        expect(between(placement.hour, now)).toBeLessThan(WINDOW)
      },
    ),
  )
})

test('an operator’s “bill it now” finds an open hour for every subscription that can still be billed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 6 }), (closedHours) => {
      const hour = placeNow(stream(subscribed, ...closedHours.map((n) => plus(now, hours(n)))), now)
      expect(hour).toBeDefined()
      expect((hour as UtcHour).getTime()).toBeGreaterThanOrEqual(hourOf(now).getTime())
    }),
  )
})
