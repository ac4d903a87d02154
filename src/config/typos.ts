/** Finds variables that were probably meant to be ours: a typo would otherwise silently leave the default in force. */
import type { ConfigFault } from './faults.ts'
import { type VariableName, variableNames } from './variables.ts'

type Environment = Readonly<Record<string, string | undefined>>

export function typoFaults(env: Environment): readonly ConfigFault[] {
  return Object.keys(env)
    .filter((name) => !variableNames.some((known) => known === name))
    .flatMap((name) => {
      const meant = closestTo(name)
      return meant ? [{ variable: name, expected: `the name ${meant}; this one is not read` }] : []
    })
}

/** Short names are left alone: too many innocent neighbours. */
const allowedDistance = (known: string): number => (known.length < 8 ? 0 : known.length < 12 ? 1 : 2)

function closestTo(name: string): VariableName | undefined {
  const upper = name.toUpperCase()
  const near = variableNames
    .filter((known) => known.length >= 8 && Math.abs(known.length - upper.length) <= 2)
    .map((known) => ({ known, distance: editDistance(upper, known) }))
    .filter(({ known, distance }) => distance <= allowedDistance(known))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.known
}

/** Levenshtein: how many letters to add, drop or replace. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}
