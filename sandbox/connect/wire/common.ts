/** Small pieces that many answers share. */
import type { Instant } from '../../../src/kit/time.ts'
import { connectSeed } from '../../seed.ts'
import type { Product } from '../catalogue/products.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Environment } from '../records.ts'

/** ISO 8601 with `+00:00`, whole seconds, as Connect writes it. */
export const stamp = (at: Instant): string => `${at.toISOString().slice(0, 19)}+00:00`
export const stampOrNull = (at: Instant | undefined): Json => (at ? stamp(at) : null)

export const events = (created: Instant, updated: Instant): JsonObject => ({
  created: { at: stamp(created) },
  updated: { at: stamp(updated) },
})

export const providerRef: JsonObject = { id: connectSeed.provider.accountId, name: connectSeed.provider.name }
export const vendorRef: JsonObject = { id: connectSeed.vendor.accountId, name: connectSeed.vendor.name }
export const contractRef: JsonObject = { id: connectSeed.contractId, type: 'distribution', name: 'Larkspur at Northlight' }

const icon = (of: string): string => `/media/${of}/icon.png`

export const marketplaceRef: JsonObject = { ...connectSeed.marketplace, icon: icon(connectSeed.provider.accountId) }

export const productRef = (product: Product): JsonObject => ({
  id: product.seed.id,
  icon: icon(`${connectSeed.vendor.accountId}/${product.seed.id}`),
  name: product.seed.name,
  status: product.status,
})

export const hubRef = (environment: Environment): JsonObject => ({ ...connectSeed.hubs[environment] })

export const connectionRef = (id: string, environment: Environment): JsonObject => ({
  id,
  type: environment,
  provider: providerRef,
  vendor: vendorRef,
  hub: hubRef(environment),
})
