/** The rules of a product's ordering parameters: their own flags, and how they depend on one another. */
import type { ConnectParameter } from '../../connect/index.ts'
import type { AnswerRule, Dependency } from './answer-states.ts'
import { parameterDefaults } from './defaults.ts'
import { questionName, ruleInputs } from './parameter-question.ts'

/** Those a buyer may be asked: the ordering phase of the asset itself. Tier and configuration parameters are the distributor's. */
export const isOrdering = ({ phase, scope }: ConnectParameter): boolean => phase === 'ordering' && scope === 'asset'

/** Hidden whatever is given: never asked and never sent; its default is Connect's own affair. */
export const isNeverShown = ({ constraints: { hidden, dependency } }: ConnectParameter): boolean =>
  hidden && (dependency === undefined || dependency.hidden !== false)

/** A parameter that is never shown keeps its default for others to depend on: to them it is read-only. */
export function ruleOf(parameter: ConnectParameter, all: readonly ConnectParameter[]): AnswerRule {
  const { constraints } = parameter
  const base = { name: questionName(parameter), defaults: parameterDefaults(parameter) }
  if (isNeverShown(parameter)) return { ...base, required: false, hidden: false, readonly: true, inputs: [] }
  return {
    ...base,
    required: constraints.required,
    hidden: constraints.hidden,
    readonly: constraints.readonly,
    inputs: ruleInputs(parameter),
    dependency: dependencyOf(parameter, all),
  }
}

/** The other parameter stands there by its id or its name. One that is not asked for in this form can have no value. */
function dependencyOf({ constraints }: ConnectParameter, all: readonly ConnectParameter[]): Dependency | undefined {
  if (!constraints.dependency) return undefined
  const { parameter, ...rest } = constraints.dependency
  const other = all.find(({ id, name }) => id === parameter.id || name === parameter.name)
  return other && { on: questionName(other), ...rest }
}
