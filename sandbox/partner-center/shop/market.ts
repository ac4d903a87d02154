/** Puts what is published into the sandbox's marketplace. */
import type { MarketplaceWorld } from '../../marketplace/index.ts'
import type { Market } from '../context.ts'
import type { State } from '../state.ts'
import { treeOf } from '../wire.ts'
import { extrasOf } from './extras.ts'
import { offerOf } from './offer.ts'

export function marketOn(state: State, marketplace: MarketplaceWorld): Market {
  const published: Market['published'] = (product, target) => {
    const tree = treeOf(product, target)
    if (tree) marketplace.publish(offerOf(tree, extrasOf(state, product)), target)
  }
  return { published, withdrawn: (product) => published(product, 'live') }
}
