import { type ConfigFault, faultOf } from './faults.ts'
import { type VariableName, variableOf } from './variables.ts'

/** Reads variables one by one and gathers what is wrong, so that all faults are told at once. An empty value counts as absent. */
export interface Reader {
  readonly faults: ConfigFault[]
  raw(name: VariableName): string | undefined
  isSet(...names: readonly VariableName[]): boolean
  /** The value as `parse` reads it; `otherwise` when absent, and also when faulty, so that reading goes on. */
  read<T>(name: VariableName, parse: (text: string) => T | undefined, otherwise: T): T
  fault(name: VariableName, expected?: string): void
}

export function createReader(env: Readonly<Record<string, string | undefined>>): Reader {
  const faults: ConfigFault[] = []
  const raw = (name: VariableName): string | undefined => env[name]?.trim() || undefined
  return {
    faults,
    raw,
    isSet: (...names) => names.some((name) => raw(name) !== undefined),
    read(name, parse, otherwise) {
      const text = raw(name)
      if (text === undefined) return otherwise
      const value = parse(text)
      if (value === undefined) faults.push(faultOf(name, text))
      return value ?? otherwise
    },
    fault(name, expected = variableOf(name).expected) {
      const text = raw(name)
      faults.push(text === undefined ? { variable: name, expected } : faultOf(name, text, expected))
    },
  }
}
