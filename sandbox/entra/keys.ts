/** The keys Entra signs with: RS256, made at start, published for everybody to verify by, and rotated on request. */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly jwk: JWK
}

export interface Keys {
  /** The public half of every key that may still be met, newest first. */
  published(): Promise<readonly JWK[]>
  /** Signs with the newest key. The claims are taken as they are: times and issuer included. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, string>>): Promise<string>
  /** The public key of a published `kid`. */
  find(kid: string | undefined): Promise<CryptoKey | undefined>
  /** The newest key with its private half, for the sign-in library. */
  privateJwk(): Promise<JWK>
  /** A new key signs from now on; `keepOld: false` withdraws the others at once. */
  rotate(options?: { readonly keepOld?: boolean }): Promise<void>
}

export function createKeys(): Keys {
  // Making a key takes a moment: start-up does not wait for it, the first user does.
  let made = makeKey().then((key) => [key])
  made.catch(() => undefined) // told to whoever asks for a key

  return {
    published: async () => (await made).map((key) => key.jwk),
    async sign(claims, header = {}) {
      const { kid, privateKey } = newestOf(await made)
      return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, ...header }).sign(privateKey)
    },
    find: async (kid) => (await made).find((key) => key.kid === kid)?.publicKey,
    privateJwk: async () => {
      const { privateKey, kid } = newestOf(await made)
      return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }
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
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  const { kty = 'RSA', n = '', e = '' } = await exportJWK(publicKey)
  const kid = n.slice(0, 27) // Entra's are thumbprints of that length
  return { kid, privateKey, publicKey, jwk: { kty, use: 'sig', kid, x5t: kid, n, e } }
}
