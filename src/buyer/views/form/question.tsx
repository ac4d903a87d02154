/** One question: its label, what helps to answer it, its controls, what is wrong. */
import type { ComponentChildren, VNode } from 'preact'
import type { AnswerState } from '../../form/answer-states.ts'
import type { FormModel, Input, Question } from '../../form/model.ts'
import type { Setting } from '../setting.ts'
import { ControlView } from './control.tsx'
import { errorId, fieldId, hintId } from './field-id.ts'
import { fixedText } from './fixed-text.ts'

export interface QuestionProps {
  readonly question: Question
  readonly form: FormModel
  readonly state: AnswerState
  readonly setting: Setting
}

export const QuestionView = (props: QuestionProps): VNode | null => {
  const { question } = props
  const [only] = question.inputs
  const isFixed = question.rule.readonly && question.rule.dependency?.readonly === undefined
  if (isFixed) return <Fixed {...props} />
  if (question.inputs.length > 1) return <Several {...props} />
  if (!only) return null
  return only.control.kind === 'radio' || only.control.kind === 'checkboxes' ? (
    <Boxed {...props} input={only} />
  ) : (
    <Single {...props} input={only} />
  )
}

/** What a wrapper tells the script, and hides from those who have it, when the answers given do not call for the question. */
const wrapper = ({ question, state }: QuestionProps) => ({
  'data-entry': question.name,
  'data-off': state.hidden ? true : undefined,
})

const Single = (props: QuestionProps & { readonly input: Input }): VNode => (
  <div class={`field ${props.input.width ?? ''}`} {...wrapper(props)}>
    <label for={fieldId(props.input.name)}>
      {props.question.label} <OptionalMark {...props} />
    </label>
    <Help {...props} />
    <Answer {...props} />
  </div>
)

const Boxed = (props: QuestionProps & { readonly input: Input }): VNode => (
  <fieldset class="field" {...wrapper(props)}>
    <legend>
      {props.question.label} <OptionalMark {...props} />
    </legend>
    <Help {...props} />
    <Answer {...props} />
  </fieldset>
)

/** An address: one question of several inputs, each with its own label. */
const Several = (props: QuestionProps): VNode => (
  <fieldset class="field group" {...wrapper(props)}>
    <legend>
      {props.question.label} <OptionalMark {...props} />
    </legend>
    <Help {...props} />
    <div class="fields">
      {props.question.inputs.map((input, at) => (
        <div key={input.name} class={`part ${input.width ?? ''}`}>
          <label for={fieldId(input.name)}>
            {input.label} {!props.question.rule.inputs[at]?.needed && <span class="optional">{props.setting.texts.order.optional}</span>}
          </label>
          <Answer {...props} input={input} isPart />
        </div>
      ))}
    </div>
  </fieldset>
)

/** Set by the seller: shown, not asked. Nothing to show: nothing shown. */
const Fixed = (props: QuestionProps): VNode | null => {
  const text = fixedText(props.question)
  if (text === '') return null
  return (
    <div class="field" {...wrapper(props)}>
      <span class="label">
        {props.question.label} <span class="optional">{props.setting.texts.order.readonly}</span>
      </span>
      {props.question.description && <p class="description">{props.question.description}</p>}
      <div class="fixed">{text}</div>
    </div>
  )
}

/** Stands always, so that the script can show it when a question stops being required. */
const OptionalMark = ({ state, setting }: QuestionProps): VNode => (
  <span class="optional" data-optional hidden={state.required}>
    {setting.texts.order.optional}
  </span>
)

const Help = ({ question, setting: { texts } }: QuestionProps): VNode => (
  <>
    {question.description && <p class="description">{question.description}</p>}
    {question.condition && <p class="when">{conditionText(question.condition, texts.order)}</p>}
  </>
)

function conditionText({ label, values, negated }: NonNullable<Question['condition']>, words: Setting['texts']['order']): string {
  const list = values.map((value) => `“${value}”`).join(words.or)
  return negated ? words.unlessIf(label, list) : words.onlyIf(label, list)
}

const Answer = (props: QuestionProps & { readonly input: Input; readonly isPart?: boolean }): VNode => {
  const { question, form, state, input, setting } = props
  const hint = props.isPart ? undefined : hintOf(props)
  const error = form.errors[input.name]
  const isCertain = question.rule.dependency === undefined
  return (
    <>
      <ControlView
        input={input}
        given={form.given[input.name] ?? []}
        error={error}
        required={isCertain && state.required && state.mustFill.includes(input.name)}
        hasHint={hint !== undefined}
        setting={setting}
      />
      {hint !== undefined && (
        <p class="hint" id={hintId(input.name)}>
          {hint}
        </p>
      )}
      <ErrorLine name={input.name}>{error && setting.texts.errors.message(error, input.label)}</ErrorLine>
    </>
  )
}

/** A password does not come back with the page: whoever has to correct something else is told to type it again. */
function hintOf({ question, form, setting: { texts } }: QuestionProps & { readonly input: Input }): string | undefined {
  const [only] = question.inputs
  const isPassword = only?.control.kind === 'text' && only.control.format === 'password'
  const cameBack = Object.keys(form.errors).length + form.generalErrors.length > 0
  return isPassword && cameBack ? texts.order.retypePassword : question.hint
}

const ErrorLine = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode => (
  <p class="error" id={errorId(name)}>
    {children}
  </p>
)
