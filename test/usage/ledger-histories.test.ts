/**
 * Random histories of usage through the real work list, PostgreSQL and the sandbox's metering: records in any order and cut anyhow, changes of
 * the subscription, Microsoft's faults, stops, crashes and restarts. Afterwards the books are audited to the last digit.
 * `HISTORIES` raises how many.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FaultInput } from '../../sandbox/faults.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { printQuantity } from '../../src/kit/quantity.ts'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import { defaultPolicies } from '../../src/tenants/index.ts'
import type { ReportedUsage, TakenIn } from '../../src/usage/index.ts'
import { hear } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { audit } from './audit.ts'
import { createNotifiedWorld, event, metered, report, SIGNALS } from './metered-world.ts'

const HISTORIES = Number(process.env['HISTORIES'] ?? 8)

const POINTS = ['usage.sealed', 'usage.send.intended', 'usage.send.called', 'usage.send.stored', 'usage.expired']

interface Told {
  /** Which of the two subscriptions. */
  readonly of: 0 | 1
  readonly dimension: 'events' | 'storage' | 'mails'
  /** Exact; some have more digits than a double holds. */
  readonly quantity: bigint
  /** Before now; less than zero is the future. */
  readonly minutesAgo: number
  readonly wholeMonth: boolean
  /** Few, so that some are told twice, with the same or with other content. */
  readonly key: number
}

type Happening =
  | { readonly what: 'report'; readonly records: readonly Told[]; readonly twice: boolean }
  | { readonly what: 'plan changes' | 'suspend' | 'reinstate' | 'renew' | 'end'; readonly of: 0 | 1 }
  | { readonly what: 'stop' | 'go on' | 'restart' }
  | { readonly what: 'crash'; readonly point: string }
  | { readonly what: 'fault'; readonly fault: FaultInput }
  | { readonly what: 'time passes'; readonly by: number }

const quantity = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt(0n, 300n).map((n) => n * 100_000_000n) },
  { weight: 3, arbitrary: fc.bigInt(1n, 10n ** 12n) },
  { weight: 1, arbitrary: fc.bigInt(10n ** 15n, 10n ** 21n) },
)
const of = fc.constantFrom(0 as const, 1 as const)
const told: fc.Arbitrary<Told> = fc.record({
  of,
  dimension: fc.constantFrom('events', 'storage', 'mails'),
  quantity,
  minutesAgo: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 90 }) },
    { weight: 1, arbitrary: fc.integer({ min: -90, max: 1_800 }) },
  ),
  wholeMonth: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  key: fc.integer({ min: 0, max: 60 }),
})

const callFault: fc.Arbitrary<FaultInput> = fc.record({
  world: fc.constant('marketplace'),
  path: fc.constant('batchUsageEvent'),
  kind: fc.constantFrom('status', 'statusAfterEffect', 'hangAfterEffect', 'hang'),
  status: fc.constantFrom(429, 500, 503, 403),
  times: fc.integer({ min: 1, max: 6 }),
})
const eventFault: fc.Arbitrary<FaultInput> = fc.oneof(
  fc.record({
    world: fc.constant('usage'),
    kind: fc.constant('verdict'),
    status: fc.constantFrom('Error', 'Error', 'ResourceNotAuthorized', 'SomethingNew'),
    afterEffect: fc.boolean(),
    times: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ world: fc.constant('usage'), kind: fc.constant('omit'), afterEffect: fc.boolean(), times: fc.integer({ min: 1, max: 5 }) }),
)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constant('report'), records: fc.array(told, { minLength: 1, maxLength: 12 }), twice: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('plan changes', 'suspend', 'reinstate', 'reinstate', 'renew'), of }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('stop', 'go on', 'go on', 'restart') }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('crash'), point: fc.constantFrom(...POINTS) }) },
  { weight: 2, arbitrary: fc.oneof(callFault, eventFault).map((fault): Happening => ({ what: 'fault', fault })) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(minutes(7), minutes(50), hours(2), hours(5)).map((by): Happening => ({ what: 'time passes', by })),
  },
)
const history = fc
  .tuple(fc.array(happening, { minLength: 6, maxLength: 18 }), fc.option(of, { nil: undefined }), fc.boolean(), fc.boolean())
  .map(([happenings, ends, planInSlot, carryBelowCent]) => ({
    planInSlot,
    carryBelowCent,
    happenings: ends === undefined ? happenings : [...happenings, { what: 'end', of: ends } as const],
  }))

let world: World
let armed: string | undefined
let stopped = false
/** Calls with usage while an operator had stopped it. */
let sentWhileStopped = 0

beforeAll(async () => {
  world = await createNotifiedWorld({
    crashPoint: (name) => {
      if (name !== armed) return
      armed = undefined
      throw new Crash(name)
    },
    onCall: ({ path }) => {
      if (stopped && path.includes('batchUsageEvent')) sentWhileStopped++
    },
  })
})
afterAll(() => world.stop())

interface Telling {
  readonly bought: readonly [Bought, Bought]
  /** What was accepted first under each key, as it has to be in the ledger. */
  readonly accepted: Map<string, ReportedUsage>
  readonly prefix: string
}

/** Told, and often told again: the reporter did not hear the answer. */
async function tell({ bought, accepted, prefix }: Telling, told: readonly Told[], twice: boolean): Promise<void> {
  const records = told.map((one): ReportedUsage => {
    const at = plus(world.clock.now(), -minutes(one.minutesAgo))
    const key = `${prefix}-${one.key}`
    return { ...event(bought[one.of], printQuantity(one.quantity), at, one.dimension, key), wholeMonth: one.wholeMonth }
  })
  const outcomes = await report(world, ...records)
  for (const [index, record] of records.entries()) expectOutcome(accepted, record, outcomes[index])
  if (!twice) return
  const again = await report(world, ...records)
  for (const [index, record] of records.entries()) {
    if (accepted.get(record.key) === record || same(accepted.get(record.key), record)) expect(again[index]?.outcome).toBe('repeated')
  }
}

function expectOutcome(accepted: Map<string, ReportedUsage>, record: ReportedUsage, outcome: TakenIn | undefined): void {
  const before = accepted.get(record.key)
  if (before) {
    expect(outcome?.outcome).toBe(same(before, record) ? 'repeated' : 'conflict')
    return
  }
  expect(['placed', 'held', 'rejected']).toContain(outcome?.outcome)
  if (outcome?.outcome !== 'rejected') accepted.set(record.key, record)
}

const same = (a: ReportedUsage | undefined, b: ReportedUsage): boolean =>
  a !== undefined &&
  a.subscriptionId === b.subscriptionId &&
  a.dimension === b.dimension &&
  a.quantity === b.quantity &&
  a.consumedAt.getTime() === b.consumedAt.getTime()

async function happen(telling: Telling, one: Happening): Promise<void> {
  const { marketplace, faults } = world.sandbox.worlds
  const { database } = world
  switch (one.what) {
    case 'report':
      return tell(telling, one.records, one.twice)
    case 'fault':
      return void faults.add(one.fault)
    case 'crash':
      armed = one.point
      return
    case 'restart':
      await world.restart()
      await hear(world, world.bridge)
      return
    case 'stop':
      await database.pool.query(`insert into usage_stops values ($1, '', now(), 'an operator') on conflict do nothing`, [TENANT])
      stopped = true
      return
    case 'go on':
      return goOn()
    case 'time passes':
      return world.pass(one.by)
    default:
      return change(telling.bought[one.of].key.subscriptionId, one.what, marketplace)
  }
}

async function goOn(): Promise<void> {
  stopped = false
  await world.database.pool.query('delete from usage_stops')
  await world.database.pool.query("update work set due_at = '2000-01-01' where kind = 'usage.send'")
}

/** Refused where it is not possible now: nothing of that may break anything. */
function change(
  id: string,
  what: 'plan changes' | 'suspend' | 'reinstate' | 'renew' | 'end',
  { ...marketplace }: World['sandbox']['worlds']['marketplace'],
): void {
  const plan = marketplace.subscription(id)?.planId === 'metered' ? 'scale' : 'metered'
  const actions = { suspend: marketplace.suspend, reinstate: marketplace.reinstate, renew: marketplace.renew, end: marketplace.cancel }
  if (what === 'plan changes') marketplace.changePlan(id, plan)
  else actions[what](id)
}

/** Whether an hour below a cent waits for the cent. */
async function setCarrying(carryBelowCent: boolean): Promise<void> {
  const dimensions = ['events', 'mails', 'storage'].map((id) => ({ id, source: 'connect', carryBelowCent }))
  const policies = { ...defaultPolicies, usage: { ...defaultPolicies.usage, dimensions } }
  await world.database.pool.query('update products set policies = $1 where tenant_id = $2 and id = $3', [
    JSON.stringify(policies),
    TENANT,
    SIGNALS,
  ])
}

/** Faults stop, what was stopped goes on, suspended customers pay, and a day and a half goes by. */
async function comeToRest({ bought }: Telling): Promise<void> {
  world.sandbox.worlds.faults.clear()
  armed = undefined
  await goOn()
  for (const { key } of bought) world.sandbox.worlds.marketplace.reinstate(key.subscriptionId)
  for (const by of [minutes(5), minutes(30), hours(2), hours(3), hours(12), hours(12), hours(8)]) await world.pass(by)
}

test('every accepted record is billed exactly once or is in a named state; the ledger and Microsoft agree to the last digit', async () => {
  let nth = 0
  await fc.assert(
    fc.asyncProperty(history, async ({ happenings, planInSlot, carryBelowCent }) => {
      await setCarrying(carryBelowCent)
      world.sandbox.worlds.marketplace.setOptions({ slotIncludesPlan: planInSlot })
      const telling: Telling = {
        bought: [await metered(world), await metered(world, 'scale')],
        accepted: new Map(),
        prefix: `h${nth++}`,
      }
      for (const one of happenings) {
        await happen(telling, one)
        if (one.what !== 'fault' && one.what !== 'crash') await world.rest()
      }
      await comeToRest(telling)
      expect(sentWhileStopped).toBe(0)
      for (const bought of telling.bought) {
        const told = [...telling.accepted.values()].filter(({ subscriptionId }) => subscriptionId === bought.key.subscriptionId)
        expect(await audit(world, bought, told)).toEqual([])
      }
    }),
    { numRuns: HISTORIES },
  )
}, 600_000)
