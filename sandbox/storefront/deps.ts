/** What the storefront works with. */
import type { MovableClock } from '../../src/kit/time.ts'
import type { MarketplaceWorld } from '../marketplace/index.ts'

export interface StorefrontDeps {
  readonly world: MarketplaceWorld
  readonly clock: MovableClock
  readonly bridgeUrl: () => string
  /** Resolves when nothing that fell due is left undone. */
  readonly settled: () => Promise<void>
}
