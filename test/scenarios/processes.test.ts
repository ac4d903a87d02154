/**
 * Several bridges on one database, killed at random and replaced, while dozens of subscriptions live: nothing is done twice, nothing is lost. Real processes,
 * real time, the leases of production: what a killed one held is taken over after half a minute.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Call } from '../../sandbox/faults.ts'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { type Milliseconds, minutes } from '../../src/kit/time.ts'
import { type Balancer, startBalancer } from '../helpers/processes/balancer.ts'
import { type Child, startChild } from '../helpers/processes/child.ts'
import { type Bought, buy, confirm, createWorld, land, NOTES, type World } from '../helpers/world.ts'

const PATIENCE: Milliseconds = minutes(3)
const SUBSCRIPTIONS = 24

const RUNS = [
  { count: 2, kills: 3 },
  { count: 4, kills: 4 },
]
const limits = { timeout: 2 * PATIENCE }

/** Side by side: most of it is waiting for leases to end. */
test.concurrent.for(RUNS)(
  '$count processes of which $kills are killed: each step once, and all ends in step',
  limits,
  async (run, context) => {
    const { count, kills } = run
    const calls: Call[] = []
    const world = await createWorld({ onCall: (call) => void calls.push(call) })
    world.sandbox.worlds.connect.setMode(NOTES, { kind: 'automatic', after: 300 })
    const bridges = await startBridges(world, count)
    context.onTestFinished(async () => {
      await bridges.stop()
      await world.stop()
    })
    const lives = Promise.all(Array.from({ length: SUBSCRIPTIONS }, (_, index) => live(world, index)))
    const chance = seeded(count)
    for (let killed = 0; killed < kills; killed++) {
      await sleep(500 + 2_000 * chance())
      await bridges.replace(chance())
    }
    const bought = await lives
    await until('everything in step', async () => (await Promise.all(bought.map((one) => isInStep(world, one)))).every(Boolean))
    for (const one of bought) expectNothingTwice(world, one, calls)
    const ordered = world.sandbox.worlds.connect.requests().filter(({ status }) => status !== 'draft')
    expect(
      calls.filter(({ world: where, method, path }) => where === 'connect' && method === 'POST' && /\/requests$/.test(path)),
    ).toHaveLength(ordered.length)
  },
)

interface Bridges {
  /** Kills one of them (0 the first, nearly 1 the last) and starts another in its place. */
  replace(which: number): Promise<void>
  stop(): Promise<void>
}

async function startBridges(world: World, count: number): Promise<Bridges> {
  const balancer = await startBalancer()
  world.sandbox.setBridgeUrl(balancer.url)
  const running = await Promise.all(Array.from({ length: count }, () => startBridge(world, balancer)))
  return {
    async replace(which) {
      const [victim] = running.splice(Math.floor(which * running.length), 1)
      if (!victim) throw new RangeError('there are processes')
      await victim.child.signal('SIGKILL')
      balancer.remove(victim.url)
      running.push(await startBridge(world, balancer))
    },
    async stop() {
      balancer.stop()
      await Promise.all(running.map(({ child }) => child.signal('SIGKILL')))
    },
  }
}

async function startBridge({ sandbox: { urls }, database }: World, balancer: Balancer): Promise<{ child: Child; url: string }> {
  const addresses = {
    MICROSOFT_MARKETPLACE_URL: urls.marketplace,
    MICROSOFT_LOGIN_URL: urls.login,
    MICROSOFT_STS_URL: urls.sts,
    CONNECT_API_URL: urls.connect,
  }
  const child = startChild('bridge.ts', [database.url, JSON.stringify(addresses)])
  const url = await child.line()
  balancer.add(url)
  return { child, url }
}

/** Bought, activated, five seats become eight; then, one after the other, the payment fails and is made, it is cancelled, or there are nine. */
async function live(world: World, index: number): Promise<Bought> {
  const { marketplace } = world.sandbox.worlds
  const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 5 })
  const { subscriptionId: id } = bought.key
  const is = (what: object) => until(JSON.stringify(what), async () => matches(marketplace.subscription(id), what))
  await land(world, bought)
  await confirm(world, bought)
  await is({ status: 'Subscribed' })
  granted(marketplace.changeQuantity(id, 8))
  await is({ quantity: 8 })
  if (index % 3 === 0) {
    granted(marketplace.suspend(id))
    await sleep(1_000)
    granted(marketplace.reinstate(id))
    await is({ status: 'Subscribed' })
  } else if (index % 3 === 1) {
    granted(marketplace.cancel(id))
  } else {
    granted(marketplace.changeQuantity(id, 9))
    await is({ quantity: 9 })
  }
  return bought
}

const matches = (found: object | undefined, what: object): boolean =>
  Object.entries(what).every(([name, value]) => found !== undefined && Reflect.get(found, name) === value)

/** Both sides agree, our record says so, and nobody is bothered. */
async function isInStep(world: World, { key }: Bought): Promise<boolean> {
  const at = world.sandbox.worlds.marketplace.subscription(key.subscriptionId)
  const [asset, ...others] = world.sandbox.worlds.connect.assets({ externalUid: key.subscriptionId })
  const record = await world.read(key)
  const agreed =
    at?.status === 'Unsubscribed'
      ? asset?.status === 'terminated'
      : asset?.status === 'active' && [...asset.quantities.values()][0] === at?.quantity
  return agreed && others.length === 0 && record.next?.kind === 'settled' && record.openAttention.length === 0
}

function expectNothingTwice(world: World, { key: { subscriptionId: id } }: Bought, calls: readonly Call[]): void {
  const { connect, marketplace } = world.sandbox.worlds
  const targets = connect.requests({ externalUid: id }).map(({ type, items }) => `${type} ${type === 'change' ? items[0]?.quantity : ''}`)
  const ofPayment = ['suspend ', 'resume '] // may not be needed when the payment is made before anybody looks
  expect(targets.toSorted(), 'each request once').toEqual([...new Set(targets)].toSorted())
  expect(targets.filter((target) => !ofPayment.includes(target)).length).toBeGreaterThanOrEqual(1)
  const count = (method: string, path: string) => calls.filter((call) => call.method === method && call.path.endsWith(path)).length
  expect(count('POST', `/${id}/activate`), 'activated once').toBe(1)
  for (const operation of marketplace.operations(id)) {
    expect(count('PATCH', `/operations/${operation.id}`), 'answered once at most').toBeLessThanOrEqual(1)
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: PATIENCE, interval: 200, message: what }).toBe(true)
}

/** The same numbers each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
