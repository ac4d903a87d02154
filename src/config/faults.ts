import { type VariableName, variableOf } from './variables.ts'

export interface ConfigFault {
  readonly variable: string
  readonly expected: string
  /** What was there, never for a secret. */
  readonly got?: string
}

const LONGEST_SHOWN = 80

/** Says what is wrong with a variable; the value is shown only where it cannot hold a secret (a URL may carry a password). */
export function faultOf(name: VariableName, value: string, expected = variableOf(name).expected): ConfigFault {
  const hidden = variableOf(name).secret === true || value.includes('@')
  return hidden ? { variable: name, expected } : { variable: name, expected, got: value.slice(0, LONGEST_SHOWN) }
}

/** One line a fault, for the terminal. */
export const describeFaults = (faults: readonly ConfigFault[]): string =>
  faults.map((fault) => `${fault.variable}: expected ${fault.expected}${fault.got === undefined ? '' : `, got "${fault.got}"`}`).join('\n')
