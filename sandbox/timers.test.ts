import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentLog } from '../src/kit/log.ts'
import { hours, minutes, standingClock } from '../src/kit/time.ts'
import { createTimers } from './timers.ts'

const setUp = () => {
  const clock = standingClock('2030-01-01T00:00:00Z')
  return { clock, timers: createTimers(clock, silentLog) }
}

test('what the clock is moved past runs, in order of due time, and nothing else', async () => {
  const { clock, timers } = setUp()
  const ran: string[] = []
  timers.after(minutes(20), () => ran.push('second'))
  timers.after(minutes(10), () => ran.push('first'))
  timers.after(minutes(90), () => ran.push('later'))
  clock.moveBy(hours(1))
  await timers.settled()
  expect(ran).toEqual(['first', 'second'])
  timers.stop()
})

test('settled waits for what due work sets off, however deep, and for tracked work', async () => {
  const { clock, timers } = setUp()
  const ran: string[] = []
  timers.after(1, async () => {
    await Promise.resolve()
    timers.after(0, () => ran.push('inner'))
  })
  timers.track(Promise.resolve().then(() => ran.push('tracked')))
  clock.moveBy(1)
  await timers.settled()
  expect(ran.toSorted()).toEqual(['inner', 'tracked'])
  timers.stop()
})

test('what was called off does not run, and a failure stops nothing else', async () => {
  const { clock, timers } = setUp()
  const ran: string[] = []
  const callOff = timers.after(1, () => ran.push('called off'))
  timers.after(1, () => Promise.reject(new Error('broken')))
  timers.after(2, () => ran.push('after the failure'))
  callOff()
  clock.moveBy(5)
  await timers.settled()
  expect(ran).toEqual(['after the failure'])
  timers.stop()
})

test('timers also fire as real time passes', async () => {
  const clock = standingClock('2030-01-01T00:00:00Z')
  const timers = createTimers(clock, silentLog)
  await new Promise<void>((resolve) => timers.after(0, resolve))
  timers.stop()
})

test('however timers are planned, called off and moved past, exactly the due ones have run, in order', async () => {
  const plan = fc.array(fc.record({ due: fc.nat(50), calledOff: fc.boolean() }), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(plan, fc.array(fc.nat(20), { maxLength: 4 }), async (entries, moves) => {
      const { clock, timers } = setUp()
      const ran: { readonly due: number; readonly n: number }[] = []
      const callOffs = entries.map(({ due }, n) => timers.after(due + 1, () => ran.push({ due, n })))
      for (const [n, { calledOff }] of entries.entries()) if (calledOff) callOffs[n]?.()
      for (const move of moves) {
        clock.moveBy(move)
        await timers.settled()
      }
      const passed = moves.reduce((sum, move) => sum + move, 0)
      const expected = entries.map((entry, n) => ({ ...entry, n })).filter(({ due, calledOff }) => !calledOff && due + 1 <= passed)
      expect(ran.map(({ n }) => n)).toEqual(expected.toSorted((a, b) => a.due - b.due || a.n - b.n).map(({ n }) => n))
      timers.stop()
    }),
  )
})
