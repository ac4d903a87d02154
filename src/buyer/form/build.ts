/** Builds the order form of a product for one visitor: exactly what Connect requires and Microsoft did not give. */
import type { ConnectParameter } from '../../connect/index.ts'
import { textsFor } from '../views/texts.ts'
import { countryChoices } from './countries.ts'
import { customerSections } from './customer-questions.ts'
import type { Condition, FormEntry, FormModel, FormSection, Given } from './model.ts'
import { defaultsByInput, entryOf, type QuestionSetting, questionName } from './parameter-question.ts'
import { isNeverShown, isOrdering, ruleOf } from './parameter-rules.ts'
import { customerPrefill, type Prefill } from './prefill.ts'

/** Asked are the customer's data and the product's ordering parameters; `parameters` may be all of the product's. */
export function buildForm(parameters: readonly ConnectParameter[], prefill: Prefill): FormModel {
  const texts = textsFor(prefill.locale)
  const setting: QuestionSetting = { labels: texts.form, countries: countryChoices(texts.language) }
  const ordering = inReadingOrder(parameters.filter(isOrdering))
  const rules = ordering.map((parameter) => ruleOf(parameter, ordering))
  const shown = ordering.filter((parameter) => !isNeverShown(parameter))
  const entries = shown.map((parameter) => withCondition(parameter, entryOf(parameter, ruleOf(parameter, ordering), setting), ordering))
  const sections = [...customerSections(texts.form, setting.countries), { id: 'product', entries } as const].filter(hasEntries)
  const customerRules = sections.flatMap((section) => (section.id === 'product' ? [] : section.entries.map((entry) => entry.rule)))
  return {
    sections,
    rules: [...customerRules, ...rules],
    given: { ...customerPrefill(prefill), ...parameterPrefill(shown) },
    errors: {},
    generalErrors: [],
  }
}

const hasEntries = (section: FormSection): boolean => section.entries.length > 0

const parameterPrefill = (shown: readonly ConnectParameter[]): Given => Object.assign({}, ...shown.map(defaultsByInput))

/** By position; what belongs to a heading stands right after it. */
function inReadingOrder(parameters: readonly ConnectParameter[]): readonly ConnectParameter[] {
  const sorted = parameters.toSorted((a, b) => a.position - b.position)
  const ids = new Set(sorted.map(({ id }) => id))
  const isRoot = ({ id, parentId }: ConnectParameter) => parentId === undefined || parentId === id || !ids.has(parentId)
  const family = sorted.filter(isRoot).flatMap((root) => [root, ...sorted.filter((one) => !isRoot(one) && one.parentId === root.id)])
  return [...family, ...sorted.filter((one) => !family.includes(one))]
}

/** What a reader without script is told about a question that comes and goes with another one's answer. */
function withCondition(parameter: ConnectParameter, entry: FormEntry, all: readonly ConnectParameter[]): FormEntry {
  const dependency = entry.rule.dependency
  if (entry.kind !== 'question' || dependency?.hidden === undefined || dependency.hidden === parameter.constraints.hidden) return entry
  const other = all.find((one) => questionName(one) === dependency.on)
  if (!other || isNeverShown(other)) return entry
  const labelOf = (value: string) => other.constraints.choices.find((choice) => choice.value === value)?.label ?? value
  const condition: Condition = { label: other.title, values: dependency.values.map(labelOf), negated: dependency.hidden }
  return { ...entry, condition }
}
