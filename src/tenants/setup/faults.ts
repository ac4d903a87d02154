/** What is wrong with a set-up file, each with its place. A fault never holds a value: it might be a secret. */
import type { z } from 'zod'
import { closestTo } from '../../kit/spelling.ts'

export type Path = readonly (string | number)[]

export interface SetupFault {
  readonly path: Path
  readonly message: string
}

/** As people write it: `tenants[0].products[1].offers[0]`. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '') || 'the file'

/** The value at a path, `undefined` where there is none. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)

/** Zod's findings in our words. */
export function faultsOfIssues(issues: readonly z.core.$ZodIssue[], input: unknown, knownKeys: readonly string[]): readonly SetupFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, knownKeys))
    return [{ path, message: valueAt(input, path) === undefined ? `is missing: ${inOurWords(issue)}` : inOurWords(issue) }]
  })
}

/** Where secrets stand a broken line may have made one a key, so only the name that was meant is said there. */
function unknownKey(path: Path, key: string, knownKeys: readonly string[]): SetupFault {
  const meant = closestTo(key, knownKeys, () => 2)
  const named = (path.includes('credentials') || path.includes('leads')) && meant === undefined ? 'a key here' : `the key "${key}"`
  return { path, message: `${named} is not known${meant === undefined ? '' : `; did you mean "${meant}"?`}` }
}

function inOurWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kindNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}`
    case 'too_small':
      return issue.origin === 'string' ? 'expected some text' : sentence(issue.message)
    case 'too_big':
      return issue.origin === 'string' ? `expected at most ${issue.maximum} characters` : sentence(issue.message)
    default:
      return sentence(issue.message)
  }
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping (key: value)',
  array: 'a list (- …)',
  record: 'a mapping (key: value)',
}

const sentence = (message: string): string => message.replace(/^Invalid input: /, '')
