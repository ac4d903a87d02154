/** Parameters with their values, as assets and requests carry them. */
import { isAsked, isStructured, type ParameterDefinition } from '../catalogue/definitions.ts'
import type { Product } from '../catalogue/products.ts'
import type { JsonObject } from '../json.ts'
import type { Params, Role } from '../records.ts'
import { constraintsWire } from './products.ts'

/** A distributor sees what is asked when ordering, and of the rest what the vendor shares. */
export const isVisible = (definition: ParameterDefinition, role: Role): boolean =>
  role === 'vendor' || definition.phase === 'ordering' || (definition.shared ?? 'none') !== 'none'

export const paramsWire = (product: Product, params: Params, role: Role, scope: ParameterDefinition['scope'] = 'asset'): JsonObject[] =>
  product.parameters
    .filter((definition) => definition.scope === scope && isAsked(definition) && isVisible(definition, role))
    .map((definition) => paramWire(product, definition, params))

function paramWire(product: Product, definition: ParameterDefinition, params: Params): JsonObject {
  const entry = params.get(definition.name)
  return {
    id: definition.name,
    name: definition.name,
    title: definition.title,
    type: definition.type,
    phase: definition.phase,
    scope: definition.scope,
    description: definition.description,
    value: entry?.value ?? '',
    ...(isStructured(definition.type) && { structured_value: entry?.structured ?? {} }),
    value_error: entry?.valueError ?? '',
    value_choices: definition.choices?.map((choice) => choice.value) ?? [],
    constraints: constraintsWire(product, definition),
  }
}
