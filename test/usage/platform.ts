/** An active subscription of Larkspur Suite Platform: its API calls are told by the application, its storage in Connect's usage files. */
import { products } from '../../sandbox/seed.ts'
import { productId } from '../../src/kit/ids.ts'
import { anOrder, type Bought, buy, confirm, land, type World } from '../helpers/world.ts'

export const SUITE = productId.parse(products[4]?.id)

export async function onPlatform(world: World): Promise<Bought> {
  world.sandbox.worlds.connect.setMode(SUITE, { kind: 'automatic' })
  const bought = buy(world, { offerId: 'larkspur-suite-platform', planId: 'platform' })
  await land(world, bought, SUITE)
  const subdomain = `w${bought.key.subscriptionId.slice(0, 8)}`
  await confirm(world, bought, { ...anOrder, params: [{ id: 'subdomain', value: subdomain }] })
  await world.until('an active subscription', async () => {
    const { microsoft, next } = await world.read(bought.key)
    return microsoft.status === 'Subscribed' && next?.kind === 'settled'
  })
  return bought
}
