/**
 * Which questions are asked, required and read-only, given what is filled in: one rule for the server and the browser. The text of
 * `answerStates` itself is put into the pages' script, so it uses nothing from outside, and names no function inside (compilers
 * wrap those).
 */

/** The rule of one question. Connect: parameter `constraints` with `dependency` (OpenAPI v37, dp.Parameter). */
export interface AnswerRule {
  readonly name: string
  readonly required: boolean
  readonly hidden: boolean
  readonly readonly: boolean
  /** Its inputs: `needed` must be filled once the question is required or another `telling` one is filled. */
  readonly inputs: readonly { readonly name: string; readonly needed: boolean; readonly telling: boolean }[]
  /** What it has while it is read-only. */
  readonly defaults: readonly string[]
  /** While the other question has one of `values`, these replace the question's own; absent: unchanged. */
  readonly dependency?: Dependency | undefined
}

export interface Dependency {
  readonly on: string
  readonly values: readonly string[]
  readonly required?: boolean | undefined
  readonly hidden?: boolean | undefined
  readonly readonly?: boolean | undefined
}

export interface AnswerState {
  readonly required: boolean
  readonly hidden: boolean
  readonly readonly: boolean
  /** Names of the inputs that have to be filled. */
  readonly mustFill: readonly string[]
}

/**
 * The states by question name. A question that is hidden has no value, one that is read-only has its default, as far as others
 * depend on it; chains are followed to their end, a circle of dependencies stops after as many rounds as there are rules.
 */
export function answerStates(
  rules: readonly AnswerRule[],
  given: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, AnswerState>> {
  const values: Record<string, readonly string[]> = {}
  for (const rule of rules) values[rule.name] = rule.inputs.flatMap((input) => given[input.name] ?? []).filter((text) => text !== '')
  let states: Record<string, AnswerState> = {}
  let before = ''
  for (let round = 0; round <= rules.length + 1; round += 1) {
    const next: Record<string, AnswerState> = {}
    for (const rule of rules) {
      const { dependency } = rule
      const other = dependency && (states[dependency.on] ?? rules.find((one) => one.name === dependency.on))
      const otherDefaults = dependency && rules.find((one) => one.name === dependency.on)?.defaults
      const has = !dependency || !other || other.hidden ? [] : other.readonly ? otherDefaults : values[dependency.on]
      const applied = dependency && has?.some((value) => dependency.values.includes(value)) ? dependency : undefined
      const hidden = applied?.hidden ?? rule.hidden
      const isReadonly = applied?.readonly ?? rule.readonly
      const required = !hidden && !isReadonly && (applied?.required ?? rule.required)
      const begun = rule.inputs.length > 1 && rule.inputs.some((input) => input.telling && (given[input.name]?.[0] ?? '') !== '')
      const mustFill = hidden || isReadonly ? [] : rule.inputs.filter((input) => input.needed && (required || begun))
      next[rule.name] = { required, hidden, readonly: isReadonly, mustFill: mustFill.map((input) => input.name) }
    }
    states = next
    const now = JSON.stringify(next)
    if (now === before) break
    before = now
  }
  return states
}
