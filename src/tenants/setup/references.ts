/** Credentials may be written as `env:NAME` or `file:PATH`, so that the set-up file itself holds no secret. */
import type { Path, SetupFault } from './faults.ts'

/** Where references are looked up. Leave a way out to forbid it: a file sent through a screen must not read the server's disk. */
export interface References {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Reads a text file; a relative path is relative to the set-up file. Throws when it cannot. */
  readonly readFile?: (path: string) => string
}

export interface Resolved {
  readonly data: unknown
  readonly faults: readonly SetupFault[]
}

/** Replaces every reference below `tenants[n].credentials` by what it stands for; spaces and line ends around it are dropped. */
export function resolveReferences(data: unknown, references: References): Resolved {
  const faults: SetupFault[] = []
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return inCredentials(path) ? resolveText(value, path, references, faults) : value
    if (Array.isArray(value)) return value.map((entry, index) => walk(entry, [...path, index]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, walk(entry, [...path, key])]))
  }
  return { data: walk(data, []), faults }
}

const inCredentials = (path: Path): boolean => path[0] === 'tenants' && path[2] === 'credentials'

function resolveText(text: string, path: Path, references: References, faults: SetupFault[]): string {
  const [, kind, target] = /^(env|file):(.*)$/s.exec(text.trim()) ?? []
  if (kind === undefined || target === undefined) return text
  const looked = kind === 'env' ? fromEnvironment(target.trim(), references) : fromFile(target.trim(), references)
  if (!looked.ok) faults.push({ path, message: looked.fault })
  return looked.ok ? looked.value : text
}

type Looked = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly fault: string }

function fromEnvironment(name: string, { env }: References): Looked {
  if (!env) return { ok: false, fault: 'env: references are not allowed here' }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { ok: false, fault: 'expected the name of an environment variable after env:' }
  const value = env[name]?.trim()
  return value ? { ok: true, value } : { ok: false, fault: `the environment variable ${name} is not set` }
}

function fromFile(path: string, { readFile }: References): Looked {
  if (!readFile) return { ok: false, fault: 'file: references are not allowed here' }
  if (path === '' || path.length > 300 || path.includes('\n')) return { ok: false, fault: 'expected the path of a file after file:' }
  try {
    const value = readFile(path).trim()
    return value ? { ok: true, value } : { ok: false, fault: `the file ${path} is empty` }
  } catch (error) {
    return { ok: false, fault: `the file ${path} cannot be read (${reasonOf(error)})` }
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason'
