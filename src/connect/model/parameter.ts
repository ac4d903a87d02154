/** Parameters: the product's definitions of what to ask, and the values an asset carries. */
import { z } from 'zod'
import { type Constraints, choices, constraints, toConstraints } from './constraints.ts'
import { idOf, number, part, plainObject, text, word } from './read.ts'

/** Every type of Connect's parameter editor. `heading` and `content` only show something; they have no value. */
export const PARAMETER_TYPES = [
  'text',
  'dropdown',
  'choice',
  'checkbox',
  'password',
  'email',
  'url',
  'domain',
  'subdomain',
  'phone',
  'address',
  'object',
  'heading',
  'content',
] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number] | 'unknown'

const SCOPES = ['asset', 'tier1', 'tier2', 'product', 'item', 'marketplace', 'item_marketplace'] as const
export type ParameterScope = (typeof SCOPES)[number] | 'unknown'

const PHASES = ['ordering', 'fulfillment', 'configuration'] as const
export type ParameterPhase = (typeof PHASES)[number] | 'unknown'

/** A parameter as the product defines it. */
export interface ConnectParameter {
  /** `PRM-…`. */
  readonly id: string
  /** What stands as `asset.params[].id`. */
  readonly name: string
  readonly title: string
  readonly type: ParameterType
  /** The type as Connect wrote it, for messages about `unknown`. */
  readonly typeRaw: string
  readonly scope: ParameterScope
  readonly phase: ParameterPhase
  readonly description?: string | undefined
  readonly hint?: string | undefined
  readonly placeholder?: string | undefined
  readonly default?: string | undefined
  /** The default of a parameter with parts (phone, address, checkbox, object). */
  readonly structuredDefault?: Readonly<Record<string, unknown>> | undefined
  readonly position: number
  readonly parentId?: string | undefined
  readonly constraints: Constraints
}

/** A parameter with its value, on an asset or a tier configuration. */
export interface ParameterValue {
  /** The parameter's name, not `PRM-…`. */
  readonly id: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly type: ParameterType
  readonly scope: ParameterScope
  readonly phase: ParameterPhase
  readonly value?: string | undefined
  /** Of phone, address, checkbox and object parameters. */
  readonly structuredValue?: Readonly<Record<string, unknown>> | undefined
  /** What the vendor finds wrong with the value, for the buyer. */
  readonly valueError?: string | undefined
  readonly constraints: Constraints
}

const type = word(PARAMETER_TYPES)
const scope = word(SCOPES)
const phase = word(PHASES)

export const connectParameter = z
  .object({
    id: z.string().min(1),
    name: z.string().min(1),
    title: text,
    type: text,
    scope,
    phase,
    description: text,
    hint: text,
    placeholder: text,
    default: z.unknown().optional(),
    position: number,
    parent: part(z.object({ id: idOf(z.string()) })),
    constraints: part(constraints),
  })
  .transform(
    (wire): ConnectParameter => ({
      id: wire.id,
      name: wire.name,
      title: wire.title ?? wire.name,
      type: type.parse(wire.type),
      typeRaw: wire.type ?? '',
      scope: wire.scope,
      phase: wire.phase,
      description: wire.description,
      hint: wire.hint,
      placeholder: wire.placeholder,
      default: text.parse(wire.default),
      structuredDefault: plainObject.parse(wire.default),
      position: wire.position ?? 0,
      parentId: wire.parent?.id,
      constraints: toConstraints(wire.constraints),
    }),
  )

export const parameterValue = z
  .object({
    id: z.string().min(1),
    title: text,
    description: text,
    type,
    scope,
    phase,
    value: text,
    structured_value: plainObject,
    value_error: text,
    structured_error: part(z.object({ message: part(z.object({ value: text })) })),
    value_choices: choices,
    constraints: part(constraints),
  })
  .transform(
    (wire): ParameterValue => ({
      id: wire.id,
      title: wire.title,
      description: wire.description,
      type: wire.type,
      scope: wire.scope,
      phase: wire.phase,
      value: wire.value,
      structuredValue: wire.structured_value,
      valueError: wire.value_error ?? wire.structured_error?.message?.value,
      constraints: toConstraints(wire.constraints, wire.value_choices),
    }),
  )
