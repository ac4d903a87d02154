/** One ordering parameter of Connect as an entry of the form. Every documented type; one we do not know is asked as text. */
import type { ConnectParameter } from '../../connect/index.ts'
import type { Texts } from '../views/texts.ts'
import { ADDRESS_PARTS, addressInputs, isNeeded } from './address-inputs.ts'
import type { AnswerRule } from './answer-states.ts'
import { parameterDefaults } from './defaults.ts'
import type { AnswerType, Choice, Control, FormEntry, Input, TextRule } from './model.ts'

export interface QuestionSetting {
  readonly labels: Texts['form']
  readonly countries: readonly Choice[]
}

/** A parameter's name in the form: apart from our own questions, whatever the vendor called it. */
export const questionName = (parameter: Pick<ConnectParameter, 'name'>): string => `param:${parameter.name}`

/** The name of one part of it. The part comes first, so that no parameter's name can look like another's part. */
const partName = (parameter: ConnectParameter, part: string): string => `param.${part}:${parameter.name}`

/** The entry to show, `rule` being already worked out (it needs the other parameters). */
export function entryOf(parameter: ConnectParameter, rule: AnswerRule, setting: QuestionSetting): FormEntry {
  const name = questionName(parameter)
  const { title, description, constraints } = parameter
  if (parameter.type === 'heading') return { kind: 'heading', name, text: title, description, rule }
  if (parameter.type === 'content') {
    return { kind: 'content', name, title, markdown: constraints.displayContent ?? description ?? '', rule }
  }
  return {
    kind: 'question',
    name,
    parameterId: parameter.name,
    label: title,
    description,
    hint: parameter.hint ?? formatHint(parameter, setting.labels),
    answerType: answerTypeOf(parameter),
    inputs: inputsOf(parameter, setting),
    rule,
  }
}

export function inputsOf(parameter: ConnectParameter, { labels, countries }: QuestionSetting): readonly Input[] {
  if (parameter.type === 'address') return addressInputs((part) => partName(parameter, part), labels, countries, false)
  const { title: label, placeholder } = parameter
  return [{ name: questionName(parameter), label, placeholder, control: controlOf(parameter), autocomplete: 'off' }]
}

/** What the rule says of its inputs. The country alone, preselected as it often is, tells nothing. */
export function ruleInputs(parameter: ConnectParameter): AnswerRule['inputs'] {
  if (parameter.type === 'heading' || parameter.type === 'content') return []
  if (parameter.type !== 'address') return [{ name: questionName(parameter), needed: true, telling: true }]
  return ADDRESS_PARTS.map((part) => ({ name: partName(parameter, part), needed: isNeeded(part), telling: part !== 'country' }))
}

/** The value each input begins with, from the parameter's default. */
export function defaultsByInput(parameter: ConnectParameter): Readonly<Record<string, readonly string[]>> {
  const defaults = parameterDefaults(parameter)
  if (parameter.type !== 'address') return { [questionName(parameter)]: defaults }
  return Object.fromEntries(ADDRESS_PARTS.map((part, at) => [partName(parameter, part), [defaults[at] ?? '']]))
}

export function answerTypeOf({ type }: ConnectParameter): AnswerType {
  switch (type) {
    case 'phone':
    case 'address':
    case 'object':
      return type
    case 'checkbox':
      return 'choiceMap'
    default:
      return 'text'
  }
}

function controlOf({ type, constraints }: ConnectParameter): Control {
  const { choices, minLength, maxLength } = constraints
  const kind = type === 'dropdown' ? 'select' : type === 'choice' ? 'radio' : type === 'checkbox' ? 'checkboxes' : undefined
  if (kind && choices.length > 0) return { kind, choices: choices.map(({ value, label }) => ({ value, label })) }
  return { kind: 'text', format: formatOf(type), minLength: minLength && minLength > 0 ? minLength : undefined, maxLength }
}

function formatOf(type: ConnectParameter['type']): TextRule['format'] {
  switch (type) {
    case 'password':
    case 'email':
    case 'url':
    case 'domain':
    case 'subdomain':
    case 'phone':
      return type
    case 'object':
      return 'json'
    default:
      return 'text'
  }
}

function formatHint({ type, constraints }: ConnectParameter, labels: Texts['form']): string | undefined {
  const hints: Partial<Record<ConnectParameter['type'], string>> = {
    url: labels.urlHint,
    domain: labels.domainHint,
    subdomain: labels.subdomainHint,
    phone: labels.phoneHint,
    object: labels.jsonHint,
  }
  return hints[type] ?? (constraints.unique ? labels.uniqueHint : undefined)
}
