/** Products and what belongs to them as filterable collections. */
import type { SeedItem } from '../../seed.ts'
import { connectSeed } from '../../seed.ts'
import type { ActionDefinition, ParameterDefinition, TemplateDefinition } from '../catalogue/definitions.ts'
import { MADE, type Product } from '../catalogue/products.ts'
import { isVisible } from '../listings/move.ts'
import type { Environment, Role } from '../records.ts'
import type { Collection } from '../rql/collection.ts'
import { date, flag, number, ordered, text } from '../rql/fields.ts'
import { hubOf, type State } from '../state.ts'
import { actionWire, connectionWire, itemWire, parameterWire, productWire, templateWire } from '../wire/products.ts'

/** The distributor sees what is on its shelf, or asks to be. */
export const productCollection = (state: State, role: Role): Collection<Product> => ({
  fields: {
    id: text((product) => product.seed.id),
    name: ordered(text((product) => product.seed.name)),
    status: text((product) => product.status),
    external_id: text((product) => product.seed.id.toLowerCase()),
    'owner.id': text(() => connectSeed.vendor.accountId),
    'category.id': text(() => 'CAT-00012'),
    purchase_model: text(() => 'transactable'),
    'visibility.listing': flag((product) => isVisible(state, product.seed.id)),
    'visibility.syndication': flag((product) => isVisible(state, product.seed.id)),
    'visibility.owner': flag(() => false),
    'visibility.catalog': flag(() => false),
    'events.updated.at': date((product) => product.published),
  },
  all: () => [...state.products.values()].filter(({ seed }) => role === 'vendor' || isVisible(state, seed.id)),
  render: (product) => productWire(product, isVisible(state, product.seed.id)),
})

export const itemCollection = (product: Product): Collection<SeedItem> => ({
  fields: {
    id: ordered(text((item) => item.id)),
    local_id: ordered(text((item) => item.localId)),
    external_id: text(() => ''),
    mpn: ordered(text((item) => item.mpn)),
    name: ordered(text((item) => item.name)),
    type: text((item) => item.type),
    item_type: text((item) => item.type),
    status: text((item) => (product.endOfSale.has(item.id) ? 'endofsale' : 'published')),
    period: text((item) => item.period ?? 'Monthly'),
    dynamic: flag(() => false),
    version: number(() => product.version),
    'commitment.count': number(() => 1),
    'group.id': text(() => 'default'),
    'unit.title': text((item) => item.unit),
    'events.updated.at': date(() => MADE),
  },
  all: () => product.seed.items,
  render: (item) => itemWire(product, item),
})

export const parameterCollection = (product: Product): Collection<ParameterDefinition> => ({
  fields: {
    id: text((definition) => String(parameterWire(product, definition)['id'])),
    name: ordered(text((definition) => definition.name)),
    title: ordered(text((definition) => definition.title)),
    type: text((definition) => definition.type),
    scope: text((definition) => definition.scope),
    phase: text((definition) => definition.phase),
    position: ordered(number((definition) => product.parameters.indexOf(definition))),
    'constraints.required': flag((definition) => definition.required ?? false),
    'constraints.hidden': flag((definition) => definition.hidden ?? false),
    'constraints.unique': flag((definition) => definition.unique ?? false),
    'constraints.reconciliation': flag((definition) => definition.reconciliation ?? false),
    'constraints.shared': text((definition) => definition.shared ?? 'none'),
  },
  all: () => product.parameters,
  render: (definition) => parameterWire(product, definition),
})

export const templateCollection = (product: Product): Collection<TemplateDefinition> => ({
  fields: { scope: text((template) => template.scope), type: text((template) => template.type) },
  all: () => product.templates,
  render: (template) => templateWire(product, template),
})

export const actionCollection = (product: Product): Collection<ActionDefinition> => ({
  fields: { scope: text(() => 'asset') },
  all: () => product.actions,
  render: actionWire,
})

export const ENVIRONMENTS: readonly Environment[] = ['production', 'test']

export const connectionCollection = (product: Product): Collection<Environment> => ({
  fields: {
    id: text((environment) => product.seed.connections[environment]),
    type: text((environment) => environment),
    status: text(() => 'active'),
    'hub.id': text(hubOf),
    'hub.instance.id': text((environment) => `northlight-microsoft-${environment}`),
    'hub.name': text((environment) => connectSeed.hubs[environment].name),
    product_version_type: text(() => 'public'),
  },
  all: () => ENVIRONMENTS,
  render: (environment) => connectionWire(product, environment),
})
