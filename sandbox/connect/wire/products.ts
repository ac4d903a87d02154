/** Products and what belongs to them, in the shapes of OpenAPI v37. */
import { connectSeed, type SeedItem } from '../../seed.ts'
import type { ActionDefinition, Dependency, ParameterDefinition, TemplateDefinition } from '../catalogue/definitions.ts'
import { MADE, type Product } from '../catalogue/products.ts'
import type { JsonObject } from '../json.ts'
import type { Environment } from '../records.ts'
import { connectionRef, events, productRef, stamp, vendorRef } from './common.ts'

const made = events(MADE, MADE)

/** @param visible whether the distributor sees it. */
export const productWire = (product: Product, visible = true): JsonObject => {
  const { seed } = product
  return {
    ...productRef(product),
    external_id: seed.id.toLowerCase(),
    short_description: seed.shortDescription,
    detailed_description: seed.shortDescription,
    version: product.version,
    latest: true,
    published_at: stamp(product.published),
    owner: vendorRef,
    category: { id: 'CAT-00012', name: 'Productivity' },
    end_of_sale_notes: '',
    configurations: { suspend_resume_supported: product.hold, requires_reseller_information: seed.capabilities.tierConfigs },
    customer_ui_settings: {
      description: seed.shortDescription,
      getting_started: `Open ${seed.name}, sign in, invite your colleagues.`,
      download_links: [],
      documents: [{ title: 'First steps', url: 'https://larkspur.example/first-steps' }],
      languages: [{ id: 'EN', name: 'English' }],
      provisioning_message: `We are preparing ${seed.name} for you.`,
    },
    capabilities: capabilitiesWire(product),
    visibility: { owner: false, listing: visible, syndication: visible, catalog: false },
    public: true,
    staging: false,
    purchase_model: 'transactable',
    events: events(MADE, product.published),
  }
}

export function capabilitiesWire(product: Product): JsonObject {
  const { cartValidation, tierConfigs, ppu } = product.seed.capabilities
  const { hold, editableOrderingParameters, scheduling } = product
  return {
    ppu: ppu ? { schema: 'QT', dynamic: false, predictive: false, future: false, late: true, required_custom_fields: [] } : null,
    reservation: { consumption: false },
    cart: { validation: cartValidation },
    inquiring: { validation: false },
    tiers: {
      updates: false,
      validation: false,
      configs: tierConfigs
        ? { level: 1, setup: { inquiring_validation: false }, update: { validation: false, inquiring_validation: false } }
        : null,
    },
    subscription: {
      hold,
      schema: 'evergreen',
      purchase: { scheduling },
      change: {
        editable_ordering_parameters: editableOrderingParameters,
        editable_fulfillment_parameters: false,
        validation: cartValidation,
        inquiring_validation: false,
        scheduling,
        simultaneous_adjustment: false,
      },
      suspend: { scheduling: false, offline: 'no' },
      resume: { scheduling: false },
      cancel: { scheduling: false, offline: 'no' },
      renew: { enable_renew: false },
      transfer: { enable_transfer: false },
    },
    parameter: { versions: false },
  }
}

export const itemWire = (product: Product, item: SeedItem): JsonObject => ({
  id: item.id,
  local_id: item.localId,
  mpn: item.mpn,
  name: item.name,
  display_name: item.name,
  description: `${item.name} of ${product.seed.name}`,
  external_id: '',
  type: item.type,
  status: product.endOfSale.has(item.id) ? 'endofsale' : 'published',
  unit: { id: item.unit.toLowerCase(), name: item.unit.toLowerCase(), title: item.unit, unit: item.unit.toLowerCase() },
  period: item.period ?? 'Monthly',
  precision: precisionOf(item),
  commitment: { multiplier: 'billing_period', count: 1 },
  position: 10_000 * (product.seed.items.indexOf(item) + 1),
  dynamic: false,
  applicability: null,
  depth: 0,
  end_of_sale_notes: null,
  group: { id: 'default', name: null, mpn: '' },
  ui: { visibility: true },
  events: made,
})

export const constraintsWire = (product: Product, definition: ParameterDefinition): JsonObject => ({
  required: definition.required ?? false,
  hidden: definition.hidden ?? false,
  readonly: definition.readonly ?? false,
  unique: definition.unique ?? false,
  shared: definition.shared ?? 'none',
  reconciliation: definition.reconciliation ?? false,
  ...(definition.minLength !== undefined && { min_length: definition.minLength }),
  ...(definition.maxLength !== undefined && { max_length: definition.maxLength }),
  ...(definition.choices && { choices: definition.choices.map((choice) => ({ default: false, ...choice })) }),
  ...(definition.level !== undefined && { level: definition.level }),
  ...(definition.displayContent !== undefined && { display_content: definition.displayContent }),
  ...(definition.dependency && { dependency: dependencyWire(product, definition.dependency) }),
})

const dependencyWire = (product: Product, { parameter, values, required, hidden, readonly }: Dependency): JsonObject => ({
  parameter: { id: parameterId(product, parameter), name: parameter },
  values: [...values],
  required,
  hidden,
  readonly,
})

const parameterId = (product: Product, name: string): string =>
  `PRM-${product.seed.id.slice(4)}-${String(product.parameters.findIndex((parameter) => parameter.name === name) + 1).padStart(4, '0')}`

export const parameterWire = (product: Product, definition: ParameterDefinition): JsonObject => ({
  id: parameterId(product, definition.name),
  name: definition.name,
  title: definition.title,
  description: definition.description,
  type: definition.type,
  scope: definition.scope,
  phase: definition.phase,
  hint: definition.hint ?? '',
  placeholder: definition.placeholder ?? '',
  ...(definition.default !== undefined && { default: definition.default }),
  position: 10_000 * (product.parameters.indexOf(definition) + 1),
  constraints: constraintsWire(product, definition),
  events: made,
})

export const templateWire = (product: Product, template: TemplateDefinition): JsonObject => ({
  id: template.id,
  title: template.title,
  name: template.name,
  body: template.body,
  scope: template.scope,
  type: template.type,
  position: 10_000 * (product.templates.indexOf(template) + 1),
  events: made,
})

export const actionWire = (action: ActionDefinition): JsonObject => ({
  ...action,
  type: 'button',
  scope: 'asset',
  events: made,
})

export const connectionWire = (product: Product, environment: Environment): JsonObject => ({
  ...connectionRef(product.seed.connections[environment], environment),
  hub: { ...connectSeed.hubs[environment], instance: { id: `northlight-microsoft-${environment}`, type: 'API' } },
  status: 'active',
  note: null,
  version: '1',
  product_version_type: 'public',
  created_at: stamp(MADE),
  events: { created: { at: stamp(MADE) } },
})

/** As the list of items spells it. */
export const precisionOf = ({ precision = 'integer' }: SeedItem): string => precision.replace(/^./, (letter) => letter.toUpperCase())
