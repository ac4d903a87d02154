/** The order form: sections, what is wrong with the whole of it first, one button. */
import type { VNode } from 'preact'
import { type AnswerState, answerStates } from '../../form/answer-states.ts'
import { type FormEntry, type FormModel, type FormSection, questionsOf } from '../../form/model.ts'
import { VendorText } from '../parts/vendor-text.tsx'
import type { Setting } from '../setting.ts'
import { fieldId } from './field-id.ts'
import { QuestionView } from './question.tsx'

export interface OrderFormProps {
  readonly form: FormModel
  readonly action: string
  readonly setting: Setting
}

export const OrderForm = ({ form, action, setting }: OrderFormProps): VNode => {
  const { texts, frame, product } = setting
  const states = answerStates(form.rules, form.given)
  return (
    <form class="order" method="post" action={action} data-rules={JSON.stringify(form.rules)}>
      <ErrorSummary form={form} setting={setting} />
      {frame.csrfToken && <input type="hidden" name="csrfToken" value={frame.csrfToken} />}
      <p class="muted small">{texts.order.requiredNote}</p>
      {form.sections.map((section) => (
        <Section key={section.id} section={section} form={form} states={states} setting={setting} />
      ))}
      <div class="send">
        <button type="submit" class="button primary wide" data-sending={texts.order.submitting}>
          {texts.order.submit}
        </button>
        <p class="muted small">
          {product.publisherName && texts.order.terms(product.publisherName)} {texts.order.notCharged}
        </p>
      </div>
    </form>
  )
}

/** Takes the focus when the page comes back with errors; each line leads to its field. */
const ErrorSummary = ({ form, setting: { texts } }: Pick<OrderFormProps, 'form' | 'setting'>): VNode | null => {
  const inputs = questionsOf(form).flatMap((question) => question.inputs)
  const wrong = inputs.flatMap((input) => {
    const error = form.errors[input.name]
    return error ? [{ input, error }] : []
  })
  const count = wrong.length + form.generalErrors.length
  if (count === 0) return null
  return (
    <section class="summary" tabIndex={-1} data-focus role="alert" aria-labelledby="summary-heading">
      <h2 id="summary-heading">{texts.errors.heading(count)}</h2>
      <ul>
        {form.generalErrors.map((message) => (
          <li key={message}>{message}</li>
        ))}
        {wrong.map(({ input, error }) => (
          <li key={input.name}>
            <a href={`#${fieldId(input.name)}`}>{texts.errors.message(error, input.label)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface SectionProps {
  readonly section: FormSection
  readonly form: FormModel
  readonly states: Readonly<Record<string, AnswerState>>
  readonly setting: Setting
}

const Section = ({ section, form, states, setting }: SectionProps): VNode => {
  const { sections, sectionTexts } = setting.texts.order
  const headingId = `section-${section.id}`
  return (
    <section class="card" aria-labelledby={headingId}>
      <header class="legend">
        <h2 id={headingId}>{sections[section.id]}</h2>
        {sectionTexts[section.id] && <p class="muted small">{sectionTexts[section.id]}</p>}
      </header>
      <div class="fields">
        {section.entries.map((entry) => (
          <Entry key={entry.name} entry={entry} form={form} state={states[entry.name]} setting={setting} />
        ))}
      </div>
    </section>
  )
}

interface EntryProps {
  readonly entry: FormEntry
  readonly form: FormModel
  readonly state: AnswerState | undefined
  readonly setting: Setting
}

const Entry = ({ entry, form, state, setting }: EntryProps): VNode | null => {
  if (!state) return null
  if (entry.kind === 'question') return <QuestionView question={entry} form={form} state={state} setting={setting} />
  return (
    <div class="text" data-entry={entry.name} data-off={state.hidden ? true : undefined}>
      {entry.kind === 'heading' && <h3>{entry.text}</h3>}
      {entry.kind === 'heading' && entry.description && <p class="description">{entry.description}</p>}
      {entry.kind === 'content' && <VendorText markdown={entry.markdown} />}
    </div>
  )
}
