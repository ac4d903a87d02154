/** What a demo plays on: the worlds, the bridge, and how to wait in them. */
import type { Sandbox } from '../../../sandbox/start.ts'
import { createBuyer } from '../../../sandbox/testing/buyer.ts'
import { type SubscriptionId, subscriptionId, tenantId } from '../../kit/ids.ts'
import type { Clock, Milliseconds } from '../../kit/time.ts'
import type { Storage } from '../../storage.ts'
import { readSubscription } from '../../subscriptions/index.ts'
import type { Bridge } from '../bridge.ts'
import type { Narrator } from './narrator.ts'

export interface DemoDeps {
  readonly sandbox: Sandbox
  readonly bridge: Bridge
  readonly storage: Pick<Storage, 'db'>
  readonly narrator: Narrator
  /** A folder of the demo's own, gone afterwards. */
  readonly dataDir: string
  /** What a terminal beside it would have set. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
}

export const TENANT = tenantId.parse('larkspur')
export const ADDRESS = {
  companyName: 'Fabrikam GmbH',
  address_line1: 'Hauptstrasse 1',
  postal_code: '10115',
  city: 'Berlin',
  country: 'DE',
}

const PATIENCE: Milliseconds = 60_000
const PAUSE: Milliseconds = 50

/** A moment for the bridge to work in. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE))

/** Waits until it is there. @param meanwhile after each look in vain. @throws Error when it takes longer than a minute */
export async function seen<T>(look: () => T | undefined | Promise<T | undefined>, what: string, meanwhile?: () => void): Promise<T> {
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    const found = await look()
    if (found !== undefined) return found
    meanwhile?.()
    await breathe()
  }
  throw new Error(`${what}: not seen within ${PATIENCE / 1000} s`)
}

/** Mara Vogt buys, signs in, and fills in the order; the vendor is expected to approve by itself. @returns once it is active on both sides */
export async function buyActive(
  { sandbox, storage }: DemoDeps,
  what: { readonly offerId: string; readonly planId: string; readonly quantity?: number },
): Promise<SubscriptionId> {
  const { subscriptionId: bought, landingUrl } = sandbox.worlds.marketplace.purchase({ ...what, buyer: 'mara' })
  const mara = createBuyer('mara')
  const answer = await mara.submit(await mara.open(landingUrl), '/order', ADDRESS)
  if (answer.status !== 200) throw new Error(`the order form was answered with ${answer.status}`)
  const id = subscriptionId.parse(bought)
  await seen(async () => {
    const record = await readSubscription(storage.db, { tenantId: TENANT, subscriptionId: id })
    return record?.microsoft.status === 'Subscribed' && record.next?.kind === 'settled' ? record : undefined
  }, 'an active subscription')
  return id
}
