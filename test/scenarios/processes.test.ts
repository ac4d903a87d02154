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

/** As long as it takes: only something that is lost takes longer. */
const PATIENCE: Milliseconds = minutes(5)
const SUBSCRIPTIONS = 24
/** `SEED=7` kills others, at other moments. */
const SEED = Number(process.env['SEED'] ?? 1)

const RUNS = [
  { count: 2, kills: 3 },
  { count: 4, kills: 4 },
]

test.for(RUNS)(
  '$count processes of which $kills are killed: each step once, and all ends in step',
  { timeout: PATIENCE + minutes(1) },
  async ({ count, kills }, { onTestFinished }) => {
    const calls: Call[] = []
    const world = await createWorld({ onCall: (call) => void calls.push(call) })
    onTestFinished(() => world.stop())
    world.sandbox.worlds.connect.setMode(NOTES, { kind: 'automatic', after: 300 })
    const bridges = await startBridges(world, count)
    onTestFinished(() => bridges.stop())
    const lives = Promise.all(Array.from({ length: SUBSCRIPTIONS }, (_, index) => live(world, index)))
    const chance = seeded(SEED * 1_000 + count)
    for (let killed = 0; killed < kills; killed++) {
      await sleep(500 + 1_000 * chance()) // the moment of the kill is what is varied
      await bridges.replace(chance())
    }
    const bought = await lives
    await until('everything in step', async () => {
      const standings = await Promise.all(bought.map((one) => standing(world, one)))
      return standings.filter((one) => one !== undefined)
    })
    for (const one of bought) expectNothingTwice(world, one, calls)
    const ordered = world.sandbox.worlds.connect.requests().filter(({ status }) => status !== 'draft')
    expect(calls.filter(isOrder)).toHaveLength(ordered.length)
  },
)

const isOrder = ({ world, method, path }: Call): boolean => world === 'connect' && method === 'POST' && /\/requests$/.test(path)

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
  const is = (what: object) => until(JSON.stringify(what), async () => missing(marketplace.subscription(id), what))
  await land(world, bought)
  await confirm(world, bought)
  await is({ status: 'Subscribed' })
  granted(marketplace.changeQuantity(id, 8))
  await is({ quantity: 8 })
  if (index % 3 === 0) {
    granted(marketplace.suspend(id))
    await until('the suspension seen', async () => missing((await world.read(bought.key)).microsoft, { status: 'Suspended' }))
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

const missing = (found: object | undefined, what: object): readonly string[] =>
  Object.entries(what).flatMap(([name, value]) => {
    const seen: unknown = found && Reflect.get(found, name)
    return seen === value ? [] : [`${name}: ${seen}`]
  })

/** What is not as it should be; nothing when both sides agree, our record says so, and nobody is bothered. */
async function standing(world: World, { key }: Bought): Promise<object | undefined> {
  const at = world.sandbox.worlds.marketplace.subscription(key.subscriptionId)
  const [asset, ...others] = world.sandbox.worlds.connect.assets({ externalUid: key.subscriptionId })
  const record = await world.read(key)
  const agreed =
    at?.status === 'Unsubscribed'
      ? asset?.status === 'terminated'
      : asset?.status === 'active' && [...asset.quantities.values()][0] === at?.quantity
  if (agreed && others.length === 0 && record.next?.kind === 'settled' && record.openAttention.length === 0) return undefined
  return {
    microsoft: [at?.status, at?.quantity],
    asset: [asset?.status, ...(asset?.quantities.values() ?? [])],
    others: others.length,
    record,
  }
}

function expectNothingTwice(world: World, { key: { subscriptionId: id } }: Bought, calls: readonly Call[]): void {
  const { connect, marketplace } = world.sandbox.worlds
  const targets = connect.requests({ externalUid: id }).map(({ type, items }) => `${type} ${type === 'change' ? items[0]?.quantity : ''}`)
  const ofPayment = ['suspend ', 'resume '] // may not be needed when the payment is made before the vendor is asked
  expect(targets.toSorted(), 'each request once').toEqual([...new Set(targets)].toSorted())
  expect(targets.filter((target) => !ofPayment.includes(target)).length).toBeGreaterThanOrEqual(1)
  const count = (method: string, path: string) => calls.filter((call) => call.method === method && call.path.endsWith(path)).length
  expect(count('POST', `/${id}/activate`), 'activated once').toBe(1)
  for (const operation of marketplace.operations(id)) {
    expect(count('PATCH', `/operations/${operation.id}`), 'answered once at most').toBeLessThanOrEqual(1)
  }
}

/** @param missing what is not so yet */
async function until(what: string, missing: () => Promise<readonly unknown[]>): Promise<void> {
  await expect.poll(missing, { timeout: PATIENCE, interval: 200, message: what }).toEqual([])
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
