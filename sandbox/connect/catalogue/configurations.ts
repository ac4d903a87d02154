/** Values of configuration parameters: one for each item and marketplace, where distributors keep what a foreign platform calls an item. */
import { connectSeed } from '../../seed.ts'
import { at, isObject, type JsonObject } from '../json.ts'
import { forbidden, invalid } from '../refusal.ts'
import type { Collection } from '../rql/collection.ts'
import { ordered, text } from '../rql/fields.ts'
import type { State } from '../state.ts'
import { events, marketplaceRef } from '../wire/common.ts'
import { parameterWire } from '../wire/products.ts'
import { FOREIGN_PLAN_PARAMETER } from './parameters.ts'
import type { Configuration, Product } from './products.ts'

/** The parameter that can be set, as the list of parameters shows it. */
const parameterOf = (product: Product): JsonObject => {
  const definition = product.parameters.find(({ name }) => name === FOREIGN_PLAN_PARAMETER)
  return definition ? parameterWire(product, definition) : {}
}

export const configurationCollection = (product: Product): Collection<Configuration> => ({
  fields: {
    'item.id': ordered(text(({ itemId }) => itemId)),
    'marketplace.id': ordered(text(({ marketplaceId }) => marketplaceId)),
    'parameter.id': ordered(text(() => String(parameterOf(product)['id']))),
    'parameter.scope': text(() => 'item_marketplace'),
    value: ordered(text(({ value }) => value)),
  },
  all: () => product.configurations.values(),
  render: (configuration) => configurationWire(product, configuration),
})

export function configurationWire(product: Product, { itemId, value, updated }: Configuration): JsonObject {
  const item = product.seed.items.find(({ id }) => id === itemId)
  return {
    value,
    structured_value: {},
    parameter: parameterOf(product),
    item: { id: itemId, name: item?.name ?? '' },
    marketplace: marketplaceRef,
    events: events(updated, updated),
  }
}

/** @throws Refusal 400 for what is not there. */
export function setConfiguration(state: State, product: Product, body: unknown): Configuration {
  const [parameter, itemId, marketplaceId] = ['parameter.id', 'item.id', 'marketplace.id'].map((path) => at(body, path))
  if (parameter !== parameterOf(product)['id']) throw invalid('parameter: The parameter was not found.')
  const { shared } = product.parameters.find(({ name }) => name === FOREIGN_PLAN_PARAMETER) ?? {}
  if (shared !== 'edit') throw forbidden()
  const item = product.seed.items.find(({ id }) => id === itemId)
  if (!item) throw invalid('item: The item was not found.')
  if (marketplaceId !== connectSeed.marketplace.id) throw invalid('marketplace: The marketplace was not found.')
  const value = isObject(body) && typeof body['value'] === 'string' ? body['value'] : ''
  if (value.length > 2000) throw invalid('value: Ensure this field has no more than 2000 characters.')
  const configuration = { itemId: item.id, marketplaceId: connectSeed.marketplace.id, value, updated: state.clock.now() }
  product.configurations.set(item.id, configuration)
  return configuration
}
