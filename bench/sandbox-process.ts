/**
 * The sandbox in a process of its own, so that the outside world's work is not on the bridge's event loop. Its first line says where it
 * is; then it reads one order a line, and answers each with a line. Ends with its stdin.
 */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SandboxUrls, startSandbox } from '../sandbox/start.ts'
import { apiOf } from '../sandbox/testing/publisher.ts'
import { BRIDGE_URL } from './bridge.ts'

export type SandboxOrder =
  /** An instant vendor, and so many purchases. Answer: their tokens. */
  | { readonly kind: 'purchase'; readonly count: number }
  /** So many active subscriptions with metered dimensions, nobody told; usage is answered after so many milliseconds. Answer: their ids. */
  | { readonly kind: 'metered'; readonly count: number; readonly offerId: string; readonly planId: string; readonly latency: number }
  /** Connect takes so many milliseconds to tell of some assets. Answer: nothing. */
  | { readonly kind: 'slowConnect'; readonly assets: string; readonly delay: number }
  /** Every buyer changes to so many seats, at once. Answer: nothing. */
  | { readonly kind: 'changeAll'; readonly seats: number }
  /** Buyers change their seats, evenly over the time. Answer: how many changes there were. */
  | { readonly kind: 'change'; readonly perSecond: number; readonly seconds: number }

export type Hello = Pick<SandboxUrls, 'marketplace' | 'login' | 'sts' | 'connect'>

const sandbox = await startSandbox({ port: 0, bridgeUrl: BRIDGE_URL })
const { marketplace, connect, faults } = sandbox.worlds
console.log(JSON.stringify(sandbox.urls satisfies Hello))

async function carryOut(order: SandboxOrder): Promise<unknown> {
  switch (order.kind) {
    case 'purchase':
      connect.setModeOfAll({ kind: 'automatic' })
      marketplace.setOptions({ activationDelay: 0 })
      return Array.from(
        { length: order.count },
        () => marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team', quantity: 5 }).token,
      )
    case 'metered':
      faults.add({ world: 'marketplace', path: '/batchUsageEvent', kind: 'delay', delay: order.latency, times: 10_000 })
      return metered(order.count, { offerId: order.offerId, planId: order.planId })
    case 'slowConnect':
      faults.add({ world: 'connect', path: order.assets, kind: 'delay', delay: order.delay, times: 10_000 })
      return {}
    case 'changeAll':
      for (const { id } of marketplace.subscriptions()) marketplace.changeQuantity(id, order.seats)
      return {}
    case 'change':
      return changes(order.perSecond, order.seconds)
  }
}

async function metered(count: number, order: { readonly offerId: string; readonly planId: string }): Promise<readonly string[]> {
  marketplace.setOptions({ activationDelay: 0 })
  const api = await apiOf(sandbox)
  const ids = Array.from({ length: count }, () => marketplace.purchase(order).subscriptionId)
  for (const id of ids) await api.call('POST', `/${id}/activate`)
  await sandbox.settled()
  return ids
}

/** One whose last change is still open is passed over, as the real marketplace would refuse it. */
async function changes(perSecond: number, seconds: number): Promise<number> {
  const ids = marketplace.subscriptions().map(({ id }) => id)
  const begun = performance.now()
  let [made, at] = [0, 0]
  for (let n = 0; n < perSecond * seconds; n++) {
    await sleep(Math.max(0, begun + (n * 1000) / perSecond - performance.now()))
    for (let tried = 0; tried < ids.length; tried++) {
      const id = ids[at++ % ids.length] ?? ''
      if (!marketplace.changeQuantity(id, 6 + (n % 40)).ok) continue
      made++
      break
    }
  }
  return made
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await carryOut(JSON.parse(line) as SandboxOrder)))
await sandbox.stop()
