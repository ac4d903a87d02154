import { expect, test } from 'vitest'
import { subscriptionId, tenantId } from '../kit/ids.ts'
import { seconds, standingClock } from '../kit/time.ts'
import { createNudge } from './nudge.ts'

test('however many people look, a subscription is woken every five seconds at most', async () => {
  const clock = standingClock('2026-11-22T12:00:00Z')
  const woken: string[] = []
  const nudge = createNudge(clock, seconds(5), async (key) => void woken.push(key.subscriptionId))
  const key = (id: string) => ({ tenantId: tenantId.parse('larkspur'), subscriptionId: subscriptionId.parse(id) })
  const [one, other] = [key('37f9dea2-4345-438f-b0bd-03d40d28c7e0'), key('37f9dea2-4345-438f-b0bd-03d40d28c7e1')]
  for (let second = 0; second < 10; second++) {
    await nudge(one)
    await nudge(one)
    clock.moveBy(seconds(1))
  }
  await nudge(other)
  expect(woken).toEqual([one.subscriptionId, one.subscriptionId, other.subscriptionId])
})
