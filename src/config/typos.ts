/** Finds variables that were probably meant to be ours: a typo would otherwise silently leave the default in force. */
import { closestTo } from '../kit/spelling.ts'
import type { ConfigFault } from './faults.ts'
import { type VariableName, variableNames } from './variables.ts'

/** Short names are left alone: too many innocent neighbours. */
const longNames = variableNames.filter((name) => name.length >= 8)
const allowedDistance = (known: VariableName): number => (known.length < 12 ? 1 : 2)

export function typoFaults(env: Readonly<Record<string, string | undefined>>): readonly ConfigFault[] {
  return Object.keys(env)
    .filter((name) => !variableNames.some((known) => known === name))
    .flatMap((name) => {
      const meant = closestTo(name, longNames, allowedDistance)
      return meant ? [{ variable: name, expected: `the name ${meant}; this one is not read` }] : []
    })
}
