/** Comparing the states of a product. Pure. */
import type { Resource, Tree } from '../types.ts'

/** Ids of what is new, different or gone. */
export const differences = (a: Tree, b: Tree): readonly string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((id) => !sameResource(a.get(id), b.get(id)))

const sameResource = (a: Resource | undefined, b: Resource | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && stable(a.body) === stable(b.body))

/** JSON with its members in one order. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort()) : each,
  )
