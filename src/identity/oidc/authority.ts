/** Entra as an OpenID provider: its metadata and its keys, kept and refreshed. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { Http } from '../../kit/http.ts'
import { type Clock, hours, type Instant, isBefore, minutes, plus, seconds } from '../../kit/time.ts'
import { fetchBy, unavailable } from './fetch.ts'

export interface Metadata {
  readonly authorizationEndpoint: URL
  readonly tokenEndpoint: URL
  readonly keysUrl: URL
}

export interface Authority {
  /** @throws AppError `ERR_SIGN_IN_UNAVAILABLE` while it was never read and Entra does not answer. */
  metadata(): Promise<Metadata>
  readonly key: JWTVerifyGetKey
  /** The issuer a key is published for, with the literal `{tenantid}`; absent when the key set does not say. */
  issuerOfKey(kid: string): string | undefined
}

const METADATA_LIFE = hours(12)
const RETRY_METADATA = minutes(5)

const document = z.object({ issuer: z.string(), authorization_endpoint: z.url(), token_endpoint: z.url(), jwks_uri: z.url() })

/** The authority for work, school and personal accounts alike: `{login}/common/v2.0`. */
export function createAuthority({ http, clock, loginUrl }: { http: Http; clock: Clock; loginUrl: string }): Authority {
  let known: { readonly metadata: Metadata; readonly until: Instant } | undefined
  let reading: Promise<Metadata> | undefined
  let keys: { readonly url: string; readonly set: ReturnType<typeof createRemoteJWKSet> } | undefined

  async function refresh(): Promise<Metadata> {
    try {
      const metadata = await readMetadata(http, loginUrl)
      known = { metadata, until: plus(clock.now(), METADATA_LIFE) }
      return metadata
    } catch (error) {
      if (!known) throw error
      known = { ...known, until: plus(clock.now(), RETRY_METADATA) } // Entra's endpoints hardly ever change: better old than no sign-in
      return known.metadata
    } finally {
      reading = undefined
    }
  }

  async function metadata(): Promise<Metadata> {
    if (known && isBefore(clock.now(), known.until)) return known.metadata
    reading ??= refresh()
    return reading
  }

  return {
    metadata,
    async key(header, token) {
      const { href: url } = (await metadata()).keysUrl
      if (keys?.url !== url) keys = { url, set: keySet(new URL(url), http) }
      return keys.set(header, token).catch(throwKeyFailure)
    },
    issuerOfKey: (kid) => keyIssuer.parse(keys?.set.jwks()?.keys.find((key) => key.kid === kid) ?? {}).issuer,
  }
}

/** Keys out of reach say nothing about the token. */
function throwKeyFailure(error: unknown): never {
  const outOfReach = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid
  throw outOfReach || (error instanceof errors.JOSEError && error.code === errors.JOSEError.code) ? unavailable('no keys', error) : error
}

const keyIssuer = z.object({ issuer: z.string().optional() })

/** An unknown key id causes a fetch, at most one every five seconds. */
const keySet = (url: URL, http: Http) => createRemoteJWKSet(url, { cooldownDuration: seconds(5), [customFetch]: fetchBy(http) })

/** OpenID Connect Discovery 1.0; Entra's issuer is a template there (Microsoft identity platform, `common` metadata). */
async function readMetadata(http: Http, loginUrl: string): Promise<Metadata> {
  const url = `${loginUrl}/common/v2.0/.well-known/openid-configuration`
  const reply = await fetchBy(http)(url, { method: 'GET', headers: { accept: 'application/json' } })
  if (reply.status !== 200) throw unavailable(`the metadata answered ${reply.status}`)
  const read = document.safeParse(await reply.json().catch(() => undefined))
  if (!read.success) throw unavailable('the metadata is not what OpenID Connect Discovery describes')
  if (read.data.issuer !== issuerTemplate(loginUrl)) throw unavailable('the metadata is of another issuer')
  return {
    authorizationEndpoint: ownEndpoint(read.data.authorization_endpoint, loginUrl),
    tokenEndpoint: ownEndpoint(read.data.token_endpoint, loginUrl),
    keysUrl: ownEndpoint(read.data.jwks_uri, loginUrl),
  }
}

export const issuerTemplate = (loginUrl: string): string => `${loginUrl}/{tenantid}/v2.0`

/** The app's secret and the visitor go to the configured host only. */
function ownEndpoint(text: string, loginUrl: string): URL {
  const url = new URL(text)
  if (url.origin !== new URL(loginUrl).origin) throw unavailable('the metadata points to another host')
  return url
}
