/**
 * The keys Entra signs with: RS256, made at start, published for everybody to verify by, and rotated on request.
 * A signature is made on the spot, not in another thread: with thousands of tokens the way there and back takes longer than signing.
 */
import { generateKeyPair as generate, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK, JWTPayload } from 'jose'

interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly jwk: JWK
}

export interface Keys {
  /** The public half of every key that may still be met, newest first. */
  published(): Promise<readonly JWK[]>
  /** Signs with the newest key. The claims are taken as they are: times and issuer included. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, string>>): Promise<string>
  /** Whether it is signed by the published key of this `kid`. What it says is not judged. */
  hasSigned(token: string, kid: string | undefined): Promise<boolean>
  /** The newest key with its private half, for the sign-in library. */
  privateJwk(): Promise<JWK>
  /** A new key signs from now on; `keepOld: false` withdraws the others at once. */
  rotate(options?: { readonly keepOld?: boolean }): Promise<void>
}

const generateKeyPair = promisify(generate)
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

export function createKeys(): Keys {
  // Making a key takes a moment: start-up does not wait for it, the first user does.
  let made = makeKey().then((key) => [key])
  made.catch(() => undefined) // told to whoever asks for a key

  return {
    published: async () => (await made).map((key) => key.jwk),
    async sign(claims, header = {}) {
      const { kid, privateKey } = newestOf(await made)
      const signed = [{ typ: 'JWT', alg: 'RS256', kid, ...header }, claims].map(encoded).join('.')
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
    },
    async hasSigned(token, kid) {
      const key = (await made).find((one) => one.kid === kid)
      const end = token.lastIndexOf('.')
      if (!key || end < 0) return false
      return verify('sha256', Buffer.from(token.slice(0, end)), key.publicKey, Buffer.from(token.slice(end + 1), 'base64url'))
    },
    privateJwk: async () => {
      const { privateKey, kid } = newestOf(await made)
      return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
    },
    async rotate({ keepOld = true } = {}) {
      const before = made
      made = Promise.all([makeKey(), before]).then(([fresh, old]) => (keepOld ? [fresh, ...old] : [fresh]))
      await made
    },
  }
}

function newestOf([newest]: readonly SigningKey[]): SigningKey {
  if (!newest) throw new Error('the key set is never empty')
  return newest
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('rsa', { modulusLength: 2048 })
  const { kty = 'RSA', n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const kid = n.slice(0, 27) // Entra's are thumbprints of that length
  return { kid, privateKey, publicKey, jwk: { kty, use: 'sig', kid, x5t: kid, n, e } }
}
