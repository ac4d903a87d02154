/** The products as Connect holds them, and how they look over the wire. */
import { type Instant, instant } from '../../../src/kit/time.ts'
import { type SeedItem, type SeedProduct, products as seedProducts } from '../../seed.ts'
import type { ActionDefinition, ParameterDefinition, TemplateDefinition } from './definitions.ts'
import { parametersOf } from './parameters.ts'
import { actionsOf, templatesOf } from './templates.ts'

export interface Product {
  /** What the vendor says of it, in its present version. */
  seed: SeedProduct
  version: number
  /** When that version was published. */
  published: Instant
  status: 'published' | 'endofsale'
  parameters: readonly ParameterDefinition[]
  readonly templates: readonly TemplateDefinition[]
  readonly actions: readonly ActionDefinition[]
  /** Items that are no longer sold; they stay valid for those who have them. */
  readonly endOfSale: Set<string>
  /** Whether it can be suspended and resumed (`subscription.hold`). */
  hold: boolean
  /** Whether a change request may carry parameters (`subscription.change.editable_ordering_parameters`). */
  readonly editableOrderingParameters: boolean
  /** Whether requests may carry a planned date (`subscription.*.scheduling`). */
  readonly scheduling: boolean
  /** By item. */
  readonly configurations: Map<string, Configuration>
}

/** The value of an item's configuration parameter in a marketplace. */
export interface Configuration {
  readonly itemId: string
  readonly marketplaceId: string
  readonly value: string
  readonly updated: Instant
}

/** Products were made long before anybody bought one. */
export const MADE = instant('2026-01-12T09:00:00Z')

export function createProducts(): Map<string, Product> {
  return new Map(
    seedProducts.map((seed) => [
      seed.id,
      {
        seed,
        version: 3,
        published: MADE,
        configurations: new Map<string, Configuration>(),
        status: 'published',
        parameters: parametersOf(seed.id),
        templates: templatesOf(seed),
        actions: actionsOf(seed),
        endOfSale: new Set<string>(),
        hold: seed.capabilities.hold,
        editableOrderingParameters: seed.capabilities.cartValidation,
        scheduling: seed.capabilities.tierConfigs,
      },
    ]),
  )
}

/** Connect's own code calls an item by its global id, by `global_id`, or by its local id. */
export const findItem = (product: Product, reference: string): SeedItem | undefined =>
  product.seed.items.find((item) => item.id === reference || item.localId === reference)

export const templateOf = (product: Product, type: TemplateDefinition['type'], scope: TemplateDefinition['scope'] = 'asset') =>
  product.templates.find((template) => template.type === type && template.scope === scope)
