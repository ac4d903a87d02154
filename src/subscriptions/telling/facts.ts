/** The facts of one entry, as a sentence takes them in; what no sentence took is told after it. */
import type { TimelineEvent } from '../timeline.ts'

export interface Facts {
  /** In words; `undefined` when it is not there. Lists are joined. */
  get(name: string): string | undefined
  /** As `get`, with words around it when it is there, and nothing when not. */
  with(name: string, words: (value: string) => string): string
  /** What was not taken: ids, mostly. */
  rest(): readonly (readonly [name: string, value: string])[]
}

export function readFacts(facts: TimelineEvent['facts']): Facts {
  const taken = new Set<string>()
  const get = (name: string): string | undefined => {
    taken.add(name)
    const value = facts[name]
    return value === undefined || value === '' ? undefined : inWords(value)
  }
  return {
    get,
    with: (name, words) => {
      const value = get(name)
      return value === undefined ? '' : words(value)
    },
    rest: () => Object.entries(facts).flatMap(([name, value]) => (taken.has(name) ? [] : [[name, inWords(value)] as const])),
  }
}

const inWords = (value: TimelineEvent['facts'][string]): string =>
  typeof value === 'object' ? value.map((one) => one.replace(/[.\s]+$/, '')).join('; ') : String(value)
