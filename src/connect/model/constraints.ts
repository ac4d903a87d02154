/** What a parameter's value must be, and when it is asked at all. */
import { z } from 'zod'
import { flag, isObject, list, number, part, text, word } from './read.ts'

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

const choice = z.unknown().transform((wire): Choice | undefined => {
  if (typeof wire === 'string') return { value: wire, label: wire, default: false }
  if (!isObject(wire) || typeof wire['value'] !== 'string') return undefined
  const { value, label } = wire
  return { value, label: typeof label === 'string' && label !== '' ? label : value, default: wire['default'] === true }
})

export const choices = list(choice).transform((all): readonly Choice[] => all.filter((one) => one !== undefined))

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

export const constraints = z.object({
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
export const toConstraints = (wire: z.output<typeof constraints> | undefined, moreChoices: readonly Choice[] = []): Constraints => ({
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
