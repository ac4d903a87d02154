/** What every part of Partner Center works with. */
import type { Clock } from '../../src/kit/time.ts'
import type { Timers } from '../timers.ts'
import type { State } from './state.ts'
import type { Product } from './types.ts'

/** Where published offers can be bought: the sandbox's marketplace. */
export interface Market {
  /** The product's preview or live state is new: its preview audience, or everybody, can buy it. */
  published(product: Product, target: 'preview' | 'live'): void
  /** No longer sold; who has it keeps it. */
  withdrawn(product: Product): void
}

export interface Context {
  readonly state: State
  readonly clock: Clock
  readonly timers: Timers
  readonly market: Market
  /** The publisher's base URL, without a slash at the end. */
  readonly bridgeUrl: () => string
}
