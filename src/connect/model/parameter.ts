/** Parameters: the product's definitions of what to ask, and the values an asset carries. */
import { z } from 'zod'
import { flag, idOf, isObject, list, number, part, plainObject, text, word } from './read.ts'

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

export interface Choice {
  readonly value: string
  readonly label: string
  readonly default: boolean
}

/** While the other parameter has one of `values`, these three replace the parameter's own. Absent: unchanged. */
export interface Dependency {
  /** The other parameter, by definition id (`PRM-…`) or by name; at least one is there. */
  readonly parameter: { readonly id?: string | undefined; readonly name?: string | undefined }
  readonly values: readonly string[]
  readonly required?: boolean | undefined
  readonly hidden?: boolean | undefined
  readonly readonly?: boolean | undefined
}

export interface Constraints {
  readonly required: boolean
  readonly hidden: boolean
  readonly unique: boolean
  readonly readonly: boolean
  /** Marks the vendor's own subscription id. */
  readonly reconciliation: boolean
  /** What the distributor may do: `none` is invisible to it, `view` may be read, `edit` may be set. */
  readonly shared: 'none' | 'view' | 'edit' | 'unknown'
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly choices: readonly Choice[]
  /** Of a heading. */
  readonly level?: string | undefined
  /** Markdown of a content block. */
  readonly displayContent?: string | undefined
  readonly dependency?: Dependency | undefined
}

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

const choice = z.unknown().transform((wire): Choice | undefined => {
  if (typeof wire === 'string') return { value: wire, label: wire, default: false }
  if (!isObject(wire) || typeof wire['value'] !== 'string') return undefined
  const { value, label } = wire
  return { value, label: typeof label === 'string' && label !== '' ? label : value, default: wire['default'] === true }
})

const choices = list(choice).transform((all): readonly Choice[] => all.filter((one) => one !== undefined))

const dependency = z
  .object({
    parameter: part(z.object({ id: text, name: text })),
    values: list(text),
    required: flag,
    hidden: flag,
    readonly: flag,
  })
  .transform(({ parameter, values, ...rest }): Dependency | undefined =>
    parameter?.id === undefined && parameter?.name === undefined
      ? undefined
      : { parameter, values: values.filter((one) => one !== undefined), ...rest },
  )

const constraints = z.object({
  required: flag,
  hidden: flag,
  unique: flag,
  readonly: flag,
  reconciliation: flag,
  shared: z.unknown().optional(),
  min_length: number,
  max_length: number,
  choices,
  level: text,
  display_content: text,
  dependency: part(dependency),
})

const shared = word(['none', 'view', 'edit'])

/** Absent constraints are no constraints; what the distributor's token can see without a word about sharing is viewable. */
const toConstraints = (wire: z.output<typeof constraints> | undefined, moreChoices: readonly Choice[] = []): Constraints => ({
  required: wire?.required ?? false,
  hidden: wire?.hidden ?? false,
  unique: wire?.unique ?? false,
  readonly: wire?.readonly ?? false,
  reconciliation: wire?.reconciliation ?? false,
  shared: shared.parse(wire?.shared ?? 'view'),
  minLength: wire?.min_length,
  maxLength: wire?.max_length,
  choices: wire && wire.choices.length > 0 ? wire.choices : moreChoices,
  level: wire?.level,
  displayContent: wire?.display_content,
  dependency: wire?.dependency,
})

export const connectParameter = z
  .object({
    id: z.string().min(1),
    name: z.string().min(1),
    title: text,
    type: text,
    scope: word(SCOPES),
    phase: word(PHASES),
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
      type: word(PARAMETER_TYPES).parse(wire.type),
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
    type: word(PARAMETER_TYPES),
    scope: word(SCOPES),
    phase: word(PHASES),
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
