/**
 * Sealed secrets: AES-256-GCM, written as `v1.<key id>.<iv>.<ciphertext and tag>` (base64url). The tenant and the column are bound in, so a
 * sealed value copied to another row's tenant or another column does not open. Two keys live: new values take the first, old ones open with either.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { AppError } from '../kit/errors/index.ts'

export interface SecretPlace {
  /** Empty for secrets of the whole installation. */
  readonly tenantId: string
  /** `table.column`, and whatever else tells two secrets of one row apart. */
  readonly column: string
}

export interface Keyring {
  seal(text: string, place: SecretPlace): string
  /** @throws AppError `ERR_SECRET_UNREADABLE`: changed, from another place, or sealed with a key that is not on the ring. */
  open(sealed: string, place: SecretPlace): string
  /** True when it was sealed with an older key than the current one: seal it again and store it. */
  isStale(sealed: string): boolean
}

export interface KeyringKey {
  /** 32 bytes. */
  readonly key: Uint8Array
  /** Derived from the key when left out. */
  readonly kid?: string
}

export const KEY_BYTES = 32
const VERSION = 'v1'
const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const ENVELOPE = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/

/** @param keys the first seals; all open. */
export function createKeyring({ keys }: { readonly keys: readonly KeyringKey[] }): Keyring {
  const ring = new Map(keys.map(({ key, kid }) => [kid ?? keyId(key), key]))
  const [current] = ring
  if (!current || ring.size !== keys.length || keys.some(({ key }) => key.length !== KEY_BYTES)) {
    throw new RangeError('a keyring needs one key or more, different from each other, of 32 bytes each')
  }
  const [currentKid, currentKey] = current
  return {
    seal: (text, place) => seal(currentKid, currentKey, text, place),
    open: (sealed, place) => open(ring, sealed, place),
    isStale: (sealed) => ENVELOPE.exec(sealed)?.[1] !== currentKid,
  }
}

/** The key's own name: the beginning of its hash, which says nothing about it. */
export const keyId = (key: Uint8Array): string => createHash('sha256').update('bridge key id').update(key).digest('hex').slice(0, 8)

function seal(kid: string, key: Uint8Array, text: string, place: SecretPlace): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(kid, place))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [VERSION, kid, iv.toString('base64url'), body.toString('base64url')].join('.')
}

function open(ring: ReadonlyMap<string, Uint8Array>, sealed: string, place: SecretPlace): string {
  const [, kid = '', iv = '', encoded = ''] = ENVELOPE.exec(sealed) ?? []
  const key = ring.get(kid)
  const body = Buffer.from(encoded, 'base64url')
  const canonical = body.toString('base64url') === encoded // base64 has spare bits: one secret, one way to write it
  if (!key || !canonical) throw new AppError('ERR_SECRET_UNREADABLE', { facts: { kid: kid || undefined, column: place.column } })
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES })
  decipher.setAAD(boundTo(kid, place)).setAuthTag(body.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    throw new AppError('ERR_SECRET_UNREADABLE', { facts: { kid, column: place.column } })
  }
}

/** JSON keeps the parts apart: no other tenant and column give the same bytes. */
const boundTo = (kid: string, { tenantId, column }: SecretPlace): Buffer => Buffer.from(JSON.stringify([VERSION, kid, tenantId, column]))
