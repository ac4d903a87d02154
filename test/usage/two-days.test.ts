/**
 * Two simulated days of usage every few minutes, with a change of plan, a suspension, a renewal, a cancellation, and Microsoft down for five
 * hours. A failure shows the days hour by hour.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { printQuantity } from '../../src/kit/quantity.ts'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import { defaultPolicies } from '../../src/tenants/index.ts'
import type { ReportedUsage, TakenIn } from '../../src/usage/index.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { audit } from './audit.ts'
import { createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())

const LATE = ['currentHour', 'hold', 'reject'] as const

async function setLate(late: (typeof LATE)[number]): Promise<void> {
  const policies = { ...defaultPolicies, usage: { ...defaultPolicies.usage, late } }
  await world.database.pool.query('update products set policies = $1 where tenant_id = $2 and id = $3', [
    JSON.stringify(policies),
    TENANT,
    SIGNALS,
  ])
}

/** What happens when each hour begins. */
function happenings(bought: Bought): Readonly<Record<number, () => void>> {
  const { marketplace, faults } = world.sandbox.worlds
  const id = bought.key.subscriptionId
  return {
    6: () => void granted(marketplace.changePlan(id, 'scale')),
    12: () => void granted(marketplace.suspend(id)),
    15: () => void granted(marketplace.reinstate(id)),
    20: () => void granted(marketplace.renew(id)),
    26: () => void faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'status', status: 503, times: 10_000 }),
    31: () => faults.clear(),
    44: () => void granted(marketplace.cancel(id)),
  }
}

interface Days {
  readonly told: readonly ReportedUsage[]
  readonly late: readonly TakenIn[]
}

async function liveThrough(bought: Bought): Promise<Days> {
  const told: ReportedUsage[] = []
  const late: TakenIn[] = []
  const what = happenings(bought)
  const tell = async (record: ReportedUsage): Promise<TakenIn | undefined> => {
    const [outcome] = await report(world, record)
    if (outcome?.outcome === 'placed' || outcome?.outcome === 'held') told.push(record)
    return outcome
  }
  for (let hour = 0; hour < 48; hour++) {
    what[hour]?.()
    for (const half of [0, 1]) {
      await world.pass(minutes(30))
      for (const ago of [24, 14, 4]) await tell(event(bought, `${40 + half}.${hour + 10}`, plus(world.clock.now(), -minutes(ago))))
    }
    if (hour % 8 !== 7) continue
    const outcome = await tell(event(bought, '1000', plus(world.clock.now(), -hours(5)), 'events'))
    if (outcome) late.push(outcome)
  }
  for (const by of [minutes(30), hours(3), hours(3)]) await world.pass(by)
  return { told, late }
}

async function hourByHour(bought: Bought, faults: readonly string[]): Promise<string> {
  if (faults.length === 0) return ''
  const rows = (await slotsOf(world, bought)).map(({ hour, plan_id, state, because, reported, quantity }) =>
    [hour.toISOString().slice(5, 13), plan_id.padEnd(8), state.padEnd(11), (because ?? '').padEnd(14), reported, quantity].join('  '),
  )
  return [...faults, ...rows].join('\n')
}

test.each(LATE)('in two eventful days nothing is lost and nothing billed twice; what comes late goes where “%s” says', async (late) => {
  await setLate(late)
  const bought = await metered(world)
  const { told, late: outcomes } = await liveThrough(bought)
  expect(await hourByHour(bought, await audit(world, bought, told))).toBe('')
  const became = { currentHour: 'placed', hold: 'held', reject: 'rejected' }[late]
  expect(outcomes.slice(0, 5).map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => became))
  const states = new Set((await slotsOf(world, bought)).map(({ state }) => state))
  expect([...states].filter((state) => !['accepted', 'nothingDue'].includes(state))).toEqual([])
  expect(told.length).toBeGreaterThan(200)
  expect(printQuantity(told.reduce((sum, { quantity }) => sum + quantity, 0n))).not.toBe('0')
})
