/** A world whose bridge hears Microsoft: it listens on a port of its own, and the sandbox sends its notices there. */
import { products, publisher } from '../../sandbox/seed.ts'
import { productId } from '../../src/kit/ids.ts'
import { seconds } from '../../src/kit/time.ts'
import type { Bridge } from '../../src/main/bridge.ts'
import { listNotices, type NoticeSummary, readTimeline } from '../../src/subscriptions/index.ts'
import { defaultPolicies, type Policies } from '../../src/tenants/index.ts'
import { anOrder, type Bought, buy, confirm, createWorld, land, TENANT, type World } from './world.ts'

export const PROJECTS = productId.parse(products[1]?.id)

export async function createNotifiedWorld(options: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const world = await createWorld(options)
  await hear(world, world.bridge)
  return world
}

/** From now on notices go to this bridge. */
export async function hear(world: World, bridge: Bridge): Promise<string> {
  const url = await bridge.app.listen({ host: '127.0.0.1', port: 0 })
  world.sandbox.setBridgeUrl(url)
  return url
}

/** Bought, delivered by a vendor that approves everything, active and settled: 30 seats of the Projects product unless told otherwise. */
export async function activated(world: World, planId = 'professional', quantity = 30): Promise<Bought> {
  world.sandbox.worlds.connect.setMode(PROJECTS, { kind: 'automatic' })
  const bought = buy(world, { offerId: 'larkspur-projects', planId, quantity })
  await land(world, bought, PROJECTS)
  await confirm(world, bought, { ...anOrder, params: projectAnswers(bought) })
  await world.until('an active subscription', async () => {
    const { microsoft, next } = await world.read(bought.key)
    return microsoft.status === 'Subscribed' && next?.kind === 'settled'
  })
  return bought
}

/** Name and address of a workspace are given once only. */
const projectAnswers = ({ key }: Bought) => [
  { id: 'workspace_name', value: `Fabrikam ${key.subscriptionId.slice(0, 8)}` },
  { id: 'workspace_address', value: `w${key.subscriptionId.slice(0, 8)}` },
  { id: 'data_region', value: 'eu' },
  { id: 'admin_email', value: 'mara.vogt@fabrikam.example' },
  { id: 'sign_in_method', value: 'password' },
]

/** What the publisher says to changes of the Projects product. */
export async function setPolicy(world: World, operations: Partial<Policies['operations']>): Promise<void> {
  const policies = { ...defaultPolicies, operations: { ...defaultPolicies.operations, ...operations } }
  await world.database.db
    .updateTable('products')
    .set({ policies: JSON.stringify(policies) })
    .where('tenant_id', '=', TENANT)
    .where('id', '=', PROJECTS)
    .execute()
}

export const atMicrosoft = (world: World, { key }: Bought) => {
  const found = world.sandbox.worlds.marketplace.subscription(key.subscriptionId)
  if (!found) throw new Error('never bought')
  return found
}

export const assetOf = (world: World, { key }: Bought) => {
  const [asset] = world.sandbox.worlds.connect.assets({ externalUid: key.subscriptionId })
  if (!asset) throw new Error('never ordered')
  return asset
}

/** The items the vendor delivers now, those of none left out. */
export const itemsOf = (world: World, bought: Bought): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...assetOf(world, bought).quantities].filter(([, quantity]) => quantity !== 0))

/** Newest last. */
export const noticesOf = async (world: World, { key }: Bought): Promise<readonly NoticeSummary[]> =>
  [...(await listNotices(world.database.db, key))].reverse()

export const wordsOf = async (world: World, { key }: Bought): Promise<readonly string[]> =>
  (await readTimeline(world.database.db, key)).map((entry) => entry.event)

/** Nothing is on its way any more, and both sides agree. */
export const settledAgain = (world: World, bought: Bought): Promise<void> =>
  world.until('a settled record with nothing open', async () => {
    const { next } = await world.read(bought.key)
    const open = (await noticesOf(world, bought)).filter((notice) => notice.outcome === undefined)
    return next?.kind === 'settled' && open.length === 0
  })

/** As long as Microsoft waits for a no, and a little more. */
export const WINDOW = seconds(11)

/** Where the bridge of this world takes notices of the Projects product. */
export function addressOf(world: World, path = `/portal/${TENANT}/${PROJECTS}/notification`): URL {
  const address = world.bridge.app.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the bridge does not listen')
  return new URL(path, `http://127.0.0.1:${address.port}`)
}

/** A token as Microsoft's marketplace would send it with a call to the publisher. */
export async function webhookToken(world: World): Promise<string> {
  const { apps, tokens } = world.sandbox.worlds.entra
  const app = apps.find(publisher.apiApp.clientId)
  if (!app) throw new Error('the publisher has its app')
  return tokens.forWebhook(app)
}

/** Calls the bridge as Microsoft would, with a body of one's own. */
export async function notify(world: World, body: unknown, path?: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await webhookToken(world)}`, 'content-type': 'application/json' }
  return fetch(addressOf(world, path), { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
}
