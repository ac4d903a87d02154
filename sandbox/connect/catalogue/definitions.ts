/** How the vendor described the product's parameters and texts. */

/** Every parameter type Connect documents; `heading` and `content` are shown, never asked. */
export type ParameterType =
  | 'text'
  | 'dropdown'
  | 'choice'
  | 'checkbox'
  | 'password'
  | 'email'
  | 'url'
  | 'domain'
  | 'subdomain'
  | 'phone'
  | 'address'
  | 'object'
  | 'heading'
  | 'content'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly default?: boolean
}

/** While the other parameter has one of the values, these flags stand in for the parameter's own. */
export interface Dependency {
  readonly parameter: string
  readonly values: readonly string[]
  readonly required: boolean
  readonly hidden: boolean
  readonly readonly: boolean
}

export interface ParameterDefinition {
  /** What an asset's `params[].id` says. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly type: ParameterType
  readonly scope: 'asset' | 'tier1' | 'item_marketplace'
  readonly phase: 'ordering' | 'fulfillment' | 'configuration'
  readonly required?: boolean
  readonly hidden?: boolean
  readonly readonly?: boolean
  readonly unique?: boolean
  readonly reconciliation?: boolean
  readonly shared?: 'none' | 'view' | 'edit'
  readonly minLength?: number
  readonly maxLength?: number
  readonly choices?: readonly Choice[]
  readonly default?: string
  readonly hint?: string
  readonly placeholder?: string
  /** Of a heading. */
  readonly level?: string
  /** Of a content, Markdown. */
  readonly displayContent?: string
  readonly dependency?: Dependency
}

export interface TemplateDefinition {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly scope: 'asset' | 'tier1'
  readonly type: 'fulfillment' | 'inquire' | 'pending'
  /** Markdown with `{{ variables }}`. */
  readonly body: string
  /** The same by locale. */
  readonly localized?: Readonly<Record<string, string>>
}

export interface ActionDefinition {
  readonly id: string
  /** The vendor's own key. */
  readonly action: string
  readonly name: string
  readonly title: string
  readonly description: string
}

const DISPLAY_ONLY: ReadonlySet<ParameterType> = new Set(['heading', 'content'])
export const isAsked = (parameter: ParameterDefinition): boolean => !DISPLAY_ONLY.has(parameter.type)

const STRUCTURED: ReadonlySet<ParameterType> = new Set(['phone', 'address', 'checkbox', 'object'])
/** Its value travels in `structured_value`. */
export const isStructured = (type: ParameterType): boolean => STRUCTURED.has(type)
