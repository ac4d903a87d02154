/** Fetches the public keys Entra signs a directory's tokens with. */
import { type CryptoKey, importJWK } from 'jose'
import type { Http } from '../../kit/http.ts'
import type { EntraTenantId } from '../../kit/ids.ts'
import { seconds } from '../../kit/time.ts'
import { below, segment } from '../url.ts'
import { keySet } from '../wire/key-set.ts'
import type { TokenVersion } from './claims.ts'

/** By key id. */
export type Keys = ReadonlyMap<string, CryptoKey>

/** Microsoft waits for our answer meanwhile. */
const TIMEOUT = seconds(3)
const ATTEMPTS = 2

/** @throws HttpFailure or Error when Entra does not give them; what it says is not repeated. */
export async function fetchKeys(http: Http, loginUrl: URL, tenantId: EntraTenantId, version: TokenVersion): Promise<Keys> {
  const url = below(loginUrl, `/${segment(tenantId)}/discovery/${version === 'v2' ? 'v2.0/keys' : 'keys'}`)
  const reply = await http.send({ method: 'GET', url, timeout: TIMEOUT, maxAttempts: ATTEMPTS })
  if (reply.status !== 200) throw new Error(`discovery keys: HTTP ${reply.status}`)
  return readKeys(reply.text)
}

async function readKeys(text: string): Promise<Keys> {
  const keys = keySet.parse(JSON.parse(text))
  if (keys.length === 0) throw new Error('discovery keys: none')
  const imported = await Promise.all(keys.map(async (key) => [key.kid, await importJWK({ ...key, alg: 'RS256' }, 'RS256')] as const))
  return new Map(imported.flatMap(([kid, key]) => (key instanceof Uint8Array ? [] : [[kid, key] as const])))
}
