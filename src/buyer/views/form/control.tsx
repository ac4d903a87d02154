/** One control with the attributes that let the browser hold the same bounds as the server. */
import type { VNode } from 'preact'
import type { Control, FieldError, Input } from '../../form/model.ts'
import { longest, patternOf } from '../../form/text-format.ts'
import type { Setting } from '../setting.ts'
import { errorId, fieldId, hintId } from './field-id.ts'

export interface ControlProps {
  readonly input: Input
  readonly given: readonly string[]
  readonly error: FieldError | undefined
  /** For certain: a question that depends on another one is marked by the script. */
  readonly required: boolean
  readonly hasHint: boolean
  readonly setting: Setting
}

export const ControlView = (props: ControlProps): VNode => {
  const { control } = props.input
  switch (control.kind) {
    case 'text':
      return <TextControl {...props} control={control} />
    case 'select':
      return <SelectControl {...props} choices={control.choices} />
    case 'radio':
    case 'checkboxes':
      return <Boxes {...props} choices={control.choices} type={control.kind === 'radio' ? 'radio' : 'checkbox'} />
  }
}

type TextRule = Extract<Control, { kind: 'text' }>
type Choices = Exclude<Control, { kind: 'text' }>['choices']

const shared = ({ input, error, hasHint, setting }: ControlProps) => ({
  name: input.name,
  'aria-invalid': error ? ('true' as const) : undefined,
  'aria-describedby': [hasHint ? hintId(input.name) : undefined, errorId(input.name)].filter(Boolean).join(' '),
  'data-error': errorId(input.name),
  'data-messages': JSON.stringify(messages(input, setting)),
})

const TextControl = (props: ControlProps & { readonly control: TextRule }): VNode => {
  const { control, input, given, required } = props
  const attributes = {
    ...shared(props),
    id: fieldId(input.name),
    required,
    minLength: control.minLength,
    maxLength: longest(control),
    placeholder: input.placeholder,
    autoComplete: control.format === 'password' ? 'new-password' : input.autocomplete,
  }
  if (control.format === 'json') return <textarea {...attributes} rows={5} spellcheck={false} data-json data-trim value={given[0] ?? ''} />
  const text = { ...attributes, pattern: patternOf(control), 'data-trim': true, value: given[0] ?? '' }
  const code = { ...text, autoCapitalize: 'none' as const, spellcheck: false }
  switch (control.format) {
    case 'text':
      return <input type="text" {...text} />
    case 'password':
      return <input type="password" {...attributes} />
    case 'email':
      return <input type="email" inputMode="email" {...code} />
    case 'url':
      return <input type="url" inputMode="url" {...code} />
    case 'domain':
    case 'subdomain':
      return <input type="text" inputMode="url" {...code} />
    case 'phone':
      return <input type="tel" inputMode="tel" {...text} />
  }
}

const SelectControl = (props: ControlProps & { readonly choices: Choices }): VNode => {
  const { order } = props.setting.texts
  const [chosen] = props.given
  return (
    <select {...shared(props)} id={fieldId(props.input.name)} required={props.required} autoComplete={props.input.autocomplete}>
      <option value="">{props.required || chosen === undefined ? order.choose : order.noChoice}</option>
      {props.choices.map(({ value, label }) => (
        <option key={value} value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  )
}

const Boxes = (props: ControlProps & { readonly choices: Choices; readonly type: 'radio' | 'checkbox' }): VNode => (
  <div class="choices">
    {props.choices.map(({ value, label }, at) => (
      <label key={value}>
        <input
          {...shared(props)}
          id={at === 0 ? fieldId(props.input.name) : undefined}
          type={props.type}
          value={value}
          checked={props.given.includes(value)}
          required={props.type === 'radio' && props.required}
        />
        <span>{label}</span>
      </label>
    ))}
  </div>
)

/** What the script says beside the field, in the same words as the server. */
function messages({ control, label }: Input, { texts }: Setting): Readonly<Record<string, string>> {
  const say = (error: FieldError) => texts.errors.message(error, label)
  const required = say({ code: 'required' })
  if (control.kind !== 'text') return { required }
  const { format, minLength } = control
  const most = longest(control)
  return {
    required,
    ...(minLength === undefined ? {} : { tooShort: say({ code: 'tooShort', bound: minLength }) }),
    ...(most === undefined ? {} : { tooLong: say({ code: 'tooLong', bound: most }) }),
    ...(format === 'text' || format === 'password' ? {} : { format: say({ code: format }) }),
  }
}
