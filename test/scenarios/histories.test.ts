/**
 * Random histories of the first sale through both sandbox worlds and PostgreSQL: buyers, vendors, Microsoft's notices (late, twice, lost,
 * out of order), faults, crashes and time in any order.
 * `HISTORIES` raises how many.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestRecord } from '../../sandbox/connect/index.ts'
import type { FaultInput } from '../../sandbox/faults.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { days, hours, minutes, seconds } from '../../src/kit/time.ts'
import { discover } from '../../src/subscriptions/index.ts'
import { createNotifiedWorld, hear } from '../helpers/notified-world.ts'
import { anOrder, type Bought, buy, confirm, land, TENANT, type World } from '../helpers/world.ts'

const HISTORIES = Number(process.env['HISTORIES'] ?? 25)

const CRASH_POINTS = [
  'subscription.looked',
  ...['purchase', 'activate', 'cancel', 'change'].flatMap((step) =>
    ['intended', 'called', 'stored'].map((at) => `subscription.${step}.${at}`),
  ),
]

type Happening =
  | { readonly what: 'buyer lands' | 'buyer confirms' | 'colleague confirms' | 'discovery' | 'customer cancels' | 'restart' }
  | { readonly what: 'seats change'; readonly quantity: number }
  | { readonly what: 'vendor approves' | 'vendor fails' | 'vendor inquires' | 'customer answers' | 'vendor schedules' | 'vendor confirms' }
  | { readonly what: 'crash'; readonly point: string }
  | { readonly what: 'fault'; readonly fault: FaultInput }
  | { readonly what: 'time passes'; readonly by: number }

const noticeFault: fc.Arbitrary<FaultInput> = fc.record({
  world: fc.constant('webhook'),
  kind: fc.constantFrom('duplicate', 'late', 'drop', 'reorder'),
  times: fc.integer({ min: 1, max: 3 }),
})

const callFault: fc.Arbitrary<FaultInput> = fc.record({
  world: fc.constantFrom('connect', 'marketplace', 'entra'),
  kind: fc.constantFrom('status', 'statusAfterEffect', 'hang', 'hangAfterEffect'),
  status: fc.constantFrom(429, 500, 503),
  times: fc.integer({ min: 1, max: 4 }),
  skip: fc.integer({ min: 0, max: 3 }),
})

const plain = fc
  .constantFrom(
    ...(['buyer lands', 'buyer confirms', 'buyer confirms', 'colleague confirms', 'discovery', 'restart', 'customer cancels'] as const),
    ...([
      'vendor approves',
      'vendor approves',
      'vendor fails',
      'vendor inquires',
      'customer answers',
      'vendor schedules',
      'vendor confirms',
    ] as const),
  )
  .map((what): Happening => ({ what }))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 2, arbitrary: fc.oneof(callFault, noticeFault).map((one): Happening => ({ what: 'fault', fault: one })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map((quantity): Happening => ({ what: 'seats change', quantity })) },
  { weight: 2, arbitrary: fc.constantFrom(...CRASH_POINTS).map((point): Happening => ({ what: 'crash', point })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(seconds(1), seconds(40), minutes(11), hours(2), days(1))
      .map((by): Happening => ({ what: 'time passes', by })),
  },
)

let world: World
let armed: string | undefined

beforeAll(async () => {
  world = await createNotifiedWorld({
    crashPoint: (name) => {
      if (name !== armed) return
      armed = undefined
      throw new Crash(name)
    },
  })
})
afterAll(() => world.stop())

const purchases = (bought: Bought): readonly RequestRecord[] =>
  world.sandbox.worlds.connect
    .requests({ externalUid: bought.key.subscriptionId, type: 'purchase' })
    .filter(({ status }) => status !== 'draft')

const ofStatus = (bought: Bought, ...statuses: readonly string[]): RequestRecord | undefined =>
  world.sandbox.worlds.connect.requests({ externalUid: bought.key.subscriptionId }).find(({ status }) => statuses.includes(status))

function vendor(bought: Bought, what: Happening['what']): void {
  const { connect } = world.sandbox.worlds
  const pending = ofStatus(bought, 'pending')
  if (what === 'vendor approves' && pending) connect.approve(pending.id)
  if (what === 'vendor fails' && pending) connect.fail(pending.id, 'Not today.')
  if (what === 'vendor inquires' && pending) connect.inquire(pending.id, { message: 'Which region?' })
  if (what === 'vendor schedules' && pending) connect.schedule(pending.id, new Date(world.clock.now().getTime() + hours(6)))
  const revoking = ofStatus(bought, 'revoking')
  if (what === 'vendor confirms' && revoking) connect.confirm(revoking.id)
  const inquiring = ofStatus(bought, 'inquiring')
  if (what === 'customer answers' && inquiring) connect.answerInquiry(inquiring.id, {})
}

/** A buyer whose page fails tries again, or not: nothing of that may break anything. */
const tolerantly = async (attempt: Promise<unknown>): Promise<void> => {
  await attempt.catch(() => undefined)
}

async function happen(bought: Bought, one: Happening): Promise<void> {
  switch (one.what) {
    case 'buyer lands':
      return tolerantly(land(world, bought))
    case 'buyer confirms':
      return tolerantly(confirm(world, bought))
    case 'colleague confirms':
      return tolerantly(confirm(world, bought, { ...anOrder }, 'jonas'))
    case 'discovery':
      return tolerantly(discover(world.bridge.subscriptions, TENANT))
    case 'customer cancels':
      world.sandbox.worlds.marketplace.cancel(bought.key.subscriptionId)
      return
    case 'fault':
      world.sandbox.worlds.faults.add(one.fault)
      return
    case 'crash':
      armed = one.point
      return
    case 'restart':
      await world.restart()
      await hear(world, world.bridge)
      return
    case 'seats change':
      world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, one.quantity)
      return
    case 'time passes':
      return world.pass(one.by)
    default:
      return vendor(bought, one.what)
  }
}

/** Faults stop; everybody does what is theirs to do; time goes by. */
async function comeToRest(bought: Bought): Promise<void> {
  world.sandbox.worlds.faults.clear()
  armed = undefined
  for (let round = 0; round < 8; round++) {
    await world.pass(round < 4 ? minutes(12) : hours(2))
    for (const what of ['vendor confirms', 'customer answers', 'vendor approves'] as const) vendor(bought, what)
  }
  await tolerantly(discover(world.bridge.subscriptions, TENANT))
  await world.pass(hours(8))
  vendor(bought, 'vendor approves')
  await world.pass(hours(2))
}

async function verdict(bought: Bought): Promise<string> {
  const atMicrosoft = world.sandbox.worlds.marketplace.subscription(bought.key.subscriptionId)?.status
  const [asset] = world.sandbox.worlds.connect.assets({ externalUid: bought.key.subscriptionId })
  const seats = world.sandbox.worlds.marketplace.subscription(bought.key.subscriptionId)?.quantity
  const record = await world.read(bought.key)
  if (record.openAttention.length > 0) return 'attention'
  if (atMicrosoft === 'Subscribed' && asset?.status === 'active' && [...asset.quantities.values()].includes(seats ?? 0)) return 'agree'
  if (atMicrosoft === 'Unsubscribed' && (!asset || asset.status === 'terminated')) return 'agree'
  if (atMicrosoft === 'PendingFulfillmentStart' && !record.confirmed && !asset) return 'agree'
  return `Microsoft ${atMicrosoft}, asset ${asset?.status}, ${record.next?.kind} for ${record.next?.waitsFor}`
}

test('at most one purchase is open or approved, and once the faults stop both sides agree or attention says why not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (history) => {
      const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 5 })
      for (const one of history) {
        await happen(bought, one)
        if (one.what !== 'fault' && one.what !== 'crash') await world.rest()
        expect(purchases(bought).filter(({ status }) => status !== 'failed' && status !== 'revoked').length).toBeLessThanOrEqual(1)
      }
      await comeToRest(bought)
      expect(['agree', 'attention']).toContain(await verdict(bought))
    }),
    { numRuns: HISTORIES },
  )
}, 600_000)
