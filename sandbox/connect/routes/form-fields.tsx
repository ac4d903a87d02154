/** An input for every type of parameter, and how to read it back. */
import type { VNode } from 'preact'
import type { ParameterDefinition } from '../catalogue/definitions.ts'
import { isObject, type Json } from '../json.ts'
import type { ParamEntry } from '../records.ts'
import { field, fieldValues } from './forms.ts'

interface Props {
  readonly definition: ParameterDefinition
  readonly entry: ParamEntry | undefined
  readonly required: boolean
}

const PARTS: Partial<Record<ParameterDefinition['type'], readonly (readonly [part: string, label: string])[]>> = {
  phone: [
    ['country_code', 'Country code'],
    ['area_code', 'Area code'],
    ['phone_number', 'Number'],
    ['extension', 'Extension'],
  ],
  address: [
    ['address_line1', 'Street and number'],
    ['address_line2', 'More'],
    ['city', 'City'],
    ['state', 'State or region'],
    ['postal_code', 'Postal code'],
    ['country', 'Country (two letters)'],
  ],
}

export function ParamInput({ definition, entry, required }: Props): VNode {
  const error = entry?.valueError
  const describedBy = [definition.description && `${definition.name}-about`, error && `${definition.name}-error`].filter(Boolean).join(' ')
  const about = (
    <>
      {definition.description && (
        <p class="hint" id={`${definition.name}-about`}>
          {definition.description} {definition.hint}
        </p>
      )}
      {error && (
        <p class="hint" id={`${definition.name}-error`} role="alert">
          <strong>{error}</strong>
        </p>
      )}
    </>
  )
  const control = { definition, entry, required, describedBy, invalid: error !== undefined }
  return isGroup(definition) ? (
    <fieldset aria-describedby={describedBy || undefined}>
      <legend>{definition.title}</legend>
      <Group {...control} />
      {about}
    </fieldset>
  ) : (
    <div>
      <label for={definition.name}>
        {definition.title}
        {!required && <span class="muted"> (optional)</span>}
      </label>
      <Single {...control} />
      {about}
    </div>
  )
}

const isGroup = ({ type }: ParameterDefinition): boolean =>
  type === 'choice' || type === 'checkbox' || type === 'phone' || type === 'address'

interface Control extends Props {
  readonly describedBy: string
  readonly invalid: boolean
}

function Single({ definition, entry, required, describedBy, invalid }: Control): VNode {
  const common = {
    id: definition.name,
    name: definition.name,
    required,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': invalid || undefined,
  }
  if (definition.type === 'dropdown') {
    return (
      <select {...common}>
        <option value="">Please choose</option>
        {definition.choices?.map((choice) => (
          <option key={choice.value} value={choice.value} selected={(entry?.value || definition.default) === choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    )
  }
  if (definition.type === 'object')
    return <textarea {...common}>{entry?.structured === undefined ? '' : JSON.stringify(entry.structured, null, 2)}</textarea>
  const text = {
    ...common,
    value: entry?.value ?? '',
    ...(definition.placeholder && { placeholder: definition.placeholder }),
    ...(definition.minLength && { minLength: definition.minLength }),
    ...(definition.maxLength && { maxLength: definition.maxLength }),
  }
  if (definition.type === 'password') return <input {...text} type="password" value="" />
  if (definition.type === 'email') return <input {...text} type="email" />
  return <input {...text} type="text" />
}

function Group({ definition, entry, required }: Control): VNode {
  const structured = isObject(entry?.structured) ? entry.structured : {}
  if (definition.type === 'choice' || definition.type === 'checkbox') {
    const isChosen = (value: string): boolean =>
      definition.type === 'choice' ? (entry?.value || definition.default) === value : structured[value] === true
    return (
      <div class="tight">
        {definition.choices?.map((choice) => (
          <label class="choice" key={choice.value}>
            <input
              type={definition.type === 'choice' ? 'radio' : 'checkbox'}
              name={definition.name}
              value={choice.value}
              checked={isChosen(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    )
  }
  return (
    <div class="tight">
      {PARTS[definition.type]?.map(([part, label]) => (
        <div key={part}>
          <label for={`${definition.name}.${part}`}>{label}</label>
          <input
            id={`${definition.name}.${part}`}
            name={`${definition.name}.${part}`}
            value={String(structured[part] ?? '')}
            required={required && part !== 'address_line2' && part !== 'state' && part !== 'extension' && part !== 'area_code'}
          />
        </div>
      ))}
    </div>
  )
}

/** The value as `value` or `structured_value` carries it. Text that is no JSON stays text and is refused further on. */
export function readParamInput(definition: ParameterDefinition, body: unknown): Json {
  const { name, type } = definition
  const parts = PARTS[type]
  if (parts) return Object.fromEntries(parts.map(([part]) => [part, field(body, `${name}.${part}`)]))
  if (type === 'checkbox') {
    const chosen = fieldValues(body, name)
    return Object.fromEntries((definition.choices ?? []).map((choice) => [choice.value, chosen.includes(choice.value)]))
  }
  if (type !== 'object') return field(body, name)
  try {
    return JSON.parse(field(body, name) || '{}') as Json
  } catch {
    return field(body, name)
  }
}
