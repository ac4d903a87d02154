/** The process is stopped at each point of a purchase and started again: the outcome is the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crash } from '../../src/kit/crash-point.ts'
import { minutes } from '../../src/kit/time.ts'
import { type Bought, buy, confirm, createWorld, land, type World } from '../helpers/world.ts'

let world: World
let passed: string[] = []
let crashAt: number | undefined

/** Dies when the n-th point since the start is passed. The work list's own points are tried with processes that are really killed. */
const crashPoint = (name: string): void => {
  if (!name.startsWith('subscription.')) return
  passed.push(name)
  if (passed.length !== crashAt) return
  crashAt = undefined
  throw new Crash(name)
}

beforeAll(async () => {
  world = await createWorld({ crashPoint })
})
afterAll(() => world.stop())

/** What is there in the end, without ids and times. */
async function outcomeOf(bought: Bought) {
  const { connect, marketplace } = world.sandbox.worlds
  const record = await world.read(bought.key)
  const uid = { externalUid: bought.key.subscriptionId }
  return {
    microsoft: marketplace.subscription(bought.key.subscriptionId)?.status,
    requests: connect.requests(uid).map(({ type, status }) => `${type} ${status}`),
    assets: connect.assets(uid).map(({ status }) => status),
    record: [record.microsoft.status, record.connect.asset?.status, record.next?.kind, record.openAttention.length],
  }
}

async function sale(crashAtPoint: number | undefined) {
  const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 3 })
  passed = []
  crashAt = crashAtPoint
  await land(world, bought)
  await confirm(world, bought)
  const { connect, marketplace } = world.sandbox.worlds
  const order = () => connect.requests({ externalUid: bought.key.subscriptionId, status: 'pending' })[0]
  await world.until('an order at the vendor', () => order() !== undefined)
  connect.approve(order()?.id ?? '')
  await world.until('an active subscription', () => marketplace.subscription(bought.key.subscriptionId)?.status === 'Subscribed')
  await world.until('a settled record', async () => (await world.read(bought.key)).next?.kind === 'settled')
  if (crashAtPoint !== undefined) await world.restart()
  await world.pass(minutes(30))
  return outcomeOf(bought)
}

describe('a purchase whose process is stopped and started again', () => {
  test('ends the same, wherever it was stopped', async () => {
    const whole = await sale(undefined)
    const points = passed.length
    expect(whole).toMatchObject({ microsoft: 'Subscribed', requests: ['purchase approved'], assets: ['active'] })
    expect(new Set(passed)).toEqual(
      new Set([
        'subscription.looked',
        ...['purchase', 'activate'].flatMap((step) => ['intended', 'called', 'stored'].map((at) => `subscription.${step}.${at}`)),
      ]),
    )
    for (let point = 1; point <= points; point++) {
      expect(await sale(point), `stopped at point ${point}`).toEqual(whole)
    }
  }, 300_000)
})
