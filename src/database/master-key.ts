/** The master keys secrets are sealed with: given as text, in a file, or made once beside the embedded data. */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../kit/errors/index.ts'
import { createKeyring, KEY_BYTES, type Keyring } from './secrets.ts'

export type MasterKeySource =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** Made the first time, readable by us only. */
  | { readonly kind: 'createdOnce'; readonly path: string }

/**
 * One key or several, separated by commas or lines, the current one first; each is 32 bytes as base64, base64url or 64 hexadecimal digits.
 * @throws AppError `ERR_MASTER_KEY`, naming the place and never the key.
 */
export const loadKeyring = (source: MasterKeySource): Keyring => {
  const keys = parseKeys(readSource(source), source.kind === 'value' ? 'value' : source.path)
  return createKeyring({ keys: keys.map((key) => ({ key })) })
}

function readSource(source: MasterKeySource): string {
  if (source.kind === 'value') return source.text
  try {
    if (source.kind === 'createdOnce') createOnce(source.path)
    return readFileSync(source.path, 'utf8')
  } catch (cause) {
    throw new AppError('ERR_MASTER_KEY', { message: 'The master key file cannot be read.', cause, facts: { path: source.path } })
  }
}

function parseKeys(text: string, from: string): readonly Uint8Array[] {
  const parts = new Set(text.split(/[\s,]+/).filter((part) => part !== ''))
  const keys = [...parts].map((part) => Buffer.from(part, /^[0-9a-fA-F]{64}$/.test(part) ? 'hex' : 'base64url'))
  if (keys.length === 0 || keys.some((key) => key.length !== KEY_BYTES)) throw new AppError('ERR_MASTER_KEY', { facts: { from } })
  return keys
}

/** Written whole beside it, then put in place in one step, so that of two first starts both read the same key. */
function createOnce(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(half, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(half, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(half)
  }
}
