/** Credentials may be written as `env:NAME` or `file:PATH`, so that the set-up file itself holds no secret. */
import { basename } from 'node:path'
import { contentTypeOf, dataSource } from '../model/media.ts'
import type { Path, SetupFault } from './faults.ts'

/** Where references are looked up. Leave a way out to forbid it: a file sent through a screen must not read the server's disk. */
export interface References {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Reads a text file; a relative path is relative to the set-up file. Throws when it cannot. */
  readonly readFile?: (path: string) => string
  /** The same for pictures and PDFs. */
  readonly readBytes?: (path: string) => Uint8Array
}

export interface Resolved {
  readonly data: unknown
  readonly faults: readonly SetupFault[]
}

/**
 * Replaces every reference below `credentials` and `catalogue.leads` by what it stands for (spaces and line ends around it are dropped), and
 * `file:` below `catalogue.media` by the file itself.
 */
export function resolveReferences(data: unknown, references: References): Resolved {
  const faults: SetupFault[] = []
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return resolveAt(value, path, references, faults)
    if (Array.isArray(value)) return value.map((entry, index) => walk(entry, [...path, index]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, walk(entry, [...path, key])]))
  }
  return { data: walk(data, []), faults }
}

function resolveAt(value: string, path: Path, references: References, faults: SetupFault[]): string {
  if (holdsSecrets(path)) return resolveText(value, path, references, faults)
  return inCatalogue(path, 'media') ? resolveMedia(value, path, references, faults) : value
}

const holdsSecrets = (path: Path): boolean => (path[0] === 'tenants' && path[2] === 'credentials') || inCatalogue(path, 'leads')

const inCatalogue = (path: Path, part: string): boolean => path[4] === 'offers' && path[6] === 'catalogue' && path[7] === part

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

function resolveMedia(text: string, path: Path, { readBytes }: References, faults: SetupFault[]): string {
  const [, target] = /^file:(.*)$/s.exec(text.trim()) ?? []
  if (target === undefined) return text
  const fault = (message: string): string => {
    faults.push({ path, message })
    return text
  }
  if (!readBytes) return fault('file: references are not allowed here')
  const file = target.trim()
  if (file === '' || file.length > 300 || file.includes('\n')) return fault('expected the path of a file after file:')
  try {
    const content = readBytes(file)
    const contentType = contentTypeOf(content)
    return contentType ? dataSource(basename(file), contentType, content) : fault(`the file ${file} is neither a PNG picture nor a PDF`)
  } catch (error) {
    return fault(`the file ${file} cannot be read (${reasonOf(error)})`)
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason'
