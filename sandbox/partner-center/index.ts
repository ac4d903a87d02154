/** The sandbox's Partner Center: where offers are made. Its API is mounted at `/rp/product-ingestion`; see `README.md` of this folder. */
import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../../src/kit/time.ts'
import type { EntraWorld } from '../entra/index.ts'
import type { MarketplaceWorld } from '../marketplace/index.ts'
import type { Timers } from '../timers.ts'
import { ingestionApi } from './api/index.ts'
import { editByHand, type HandEdit, offerCalled, setLocked } from './by-hand.ts'
import type { Context } from './context.ts'
import { changeOptions, type PartnerCenterOptions, type PartnerCenterOptionsChange } from './options.ts'
import { acceptPrivateOffer } from './private-offers/accept.ts'
import type { PrivateOffer } from './private-offers/types.ts'
import { finishSubmission } from './publishing/finish.ts'
import { seedProducts } from './seed.ts'
import { marketOn } from './shop/market.ts'
import { clearState, createState, type State } from './state.ts'
import type { Job, Product } from './types.ts'
import { createRequestReader } from './validate-request.ts'

/** What people do in Partner Center and at Microsoft, and a look at everything. Offers by the publisher's own ids. */
export interface PartnerCenterWorld {
  /** What is behind it; for pages. */
  readonly state: State
  products(): readonly Product[]
  /** @throws RangeError for an unknown offer, as all of these. */
  product(offerId: string): Product
  jobs(): readonly Job[]
  privateOffers(): readonly PrivateOffer[]
  /** Decides the running submission of an offer at once. @returns whether there was one. */
  decide(offerId: string, passed: boolean): boolean
  /** A colleague edits the draft and sends nothing. */
  editByHand(offerId: string, edit: HandEdit): Product
  setLocked(offerId: string, locked: boolean): Product
  /** The customer takes a private offer. */
  accept(privateOfferId: string): PrivateOffer
  options(): PartnerCenterOptions
  /** @throws ZodError for values out of bounds. */
  setOptions(change: PartnerCenterOptionsChange): PartnerCenterOptions
  reset(): void
}

export interface PartnerCenterDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly entra: EntraWorld
  readonly marketplace: MarketplaceWorld
  readonly bridgeUrl: () => string
  /** Where the API is reached, for links. */
  readonly apiUrl: string
}

export interface PartnerCenter {
  readonly world: PartnerCenterWorld
  readonly plugin: FastifyPluginAsync
}

export function createPartnerCenter({ entra, apiUrl, marketplace, ...shared }: PartnerCenterDeps): PartnerCenter {
  const state = createState()
  const context: Context = { ...shared, state, market: marketOn(state, marketplace) }
  fill(context)
  return {
    world: worldOf(context),
    plugin: ingestionApi({ context, entra, apiUrl, reader: createRequestReader() }),
  }
}

function fill({ state, clock }: Context): void {
  clearState(state)
  for (const product of seedProducts(clock.now())) state.products.set(product.guid, product)
}

const worldOf = (context: Context): PartnerCenterWorld => {
  const { state } = context
  return {
    state,
    products: () => [...state.products.values()],
    product: (offerId) => offerCalled(state, offerId),
    jobs: () => [...state.jobs.values()],
    privateOffers: () => [...state.privateOffers.values()],
    decide: (offerId, passed) => finishSubmission(context, offerCalled(state, offerId).guid, passed),
    editByHand: (offerId, edit) => editByHand(context, offerId, edit),
    setLocked: (offerId, locked) => setLocked(context, offerId, locked),
    accept: (privateOfferId) => acceptPrivateOffer(context, privateOfferId),
    options: () => state.options,
    setOptions(change) {
      state.options = changeOptions(state.options, change)
      return state.options
    },
    reset: () => fill(context),
  }
}
