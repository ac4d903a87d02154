/** App-only tokens of Microsoft Entra: kept until shortly before they expire, one request in flight, never logged. */
import { createHash } from 'node:crypto'
import { AppError } from '../../kit/errors/index.ts'
import type { Http } from '../../kit/http.ts'
import type { Log } from '../../kit/log.ts'
import { type Clock, isBefore, minutes, plus, seconds } from '../../kit/time.ts'
import type { MicrosoftApp } from '../app.ts'
import { type AskOptions, askForToken, askWith, type FreshToken, type TokenEndpoint } from './ask.ts'
import { type OwnClaims, readOwnClaims } from './own-claims.ts'
import { unlessAborted } from './unless-aborted.ts'

export interface TokenSource {
  /**
   * A token of the app for a resource, from the cache while it is good.
   * @throws ApiError `ERR_MS_CREDENTIAL_WRONG`, `_EXPIRED`, `_UNREADABLE`, `ERR_MS_APP_UNKNOWN`, `ERR_MS_DIRECTORY_UNKNOWN`,
   *   `ERR_MS_LOGIN_REFUSED`, `ERR_MS_LOGIN_UNAVAILABLE` (the only one worth a repeat).
   */
  get(app: MicrosoftApp, resource: string, signal?: AbortSignal): Promise<string>
  /** The other side refused this token: the next `get` asks for a new one. */
  forget(app: MicrosoftApp, resource: string, token: string): void
  /** Tries each credential by itself, past the cache: for health checks and before a new secret is taken. */
  prove(app: MicrosoftApp, resource: string, signal?: AbortSignal): Promise<readonly CredentialProof[]>
}

/** In the order of `app.credentials`. */
export type CredentialProof =
  | { readonly ok: true; readonly claims: OwnClaims | undefined }
  | { readonly ok: false; readonly error: AppError }

export interface TokenSourceOptions {
  readonly http: Http
  /** Such as `https://login.microsoftonline.com`. */
  readonly loginUrl: URL
  readonly clock: Clock
  readonly log: Log
  /** Default v2.0. */
  readonly endpoint?: TokenEndpoint
}

/** Renewed in the background from here on, while the old one still serves. */
const RENEW_BEFORE_END = minutes(5)
/** Not used any more from here on: it could expire on the way. */
const UNUSED_BEFORE_END = seconds(30)

export function createTokens(options: TokenSourceOptions): TokenSource {
  const asking: AskOptions = { ...options, endpoint: options.endpoint ?? 'v2.0' }
  const kept = new Map<string, FreshToken>()
  const inFlight = new Map<string, Promise<FreshToken>>()

  function renew(key: string, app: MicrosoftApp, resource: string): Promise<FreshToken> {
    const running = inFlight.get(key)
    if (running) return running
    const started = askForToken(asking, app, resource)
      .then((fresh) => keep(key, fresh))
      .finally(() => inFlight.delete(key))
    inFlight.set(key, started)
    return started
  }

  function keep(key: string, fresh: FreshToken): FreshToken {
    const now = options.clock.now()
    for (const [other, { expiresAt }] of kept) if (!isBefore(now, expiresAt)) kept.delete(other)
    kept.set(key, fresh)
    return fresh
  }

  function renewInBackground(key: string, app: MicrosoftApp, resource: string): void {
    renew(key, app, resource).catch((error: unknown) => {
      options.log.warn({ clientId: app.clientId, code: error instanceof AppError ? error.code : 'ERR_INTERNAL' }, 'token not renewed yet')
    })
  }

  return {
    async get(app, resource, signal) {
      const key = keyOf(app, resource)
      const have = kept.get(key)
      const now = options.clock.now()
      if (!have || !isBefore(now, plus(have.expiresAt, -UNUSED_BEFORE_END))) {
        return (await unlessAborted(renew(key, app, resource), signal)).token
      }
      if (!isBefore(now, plus(have.expiresAt, -RENEW_BEFORE_END))) renewInBackground(key, app, resource)
      return have.token
    },
    forget(app, resource, token) {
      const key = keyOf(app, resource)
      if (kept.get(key)?.token === token) kept.delete(key)
    },
    async prove(app, resource, signal) {
      const proofs: CredentialProof[] = []
      for (const credential of app.credentials) {
        const asked = askWith(asking, app, credential, resource).then(
          ({ token }): CredentialProof => ({ ok: true, claims: readOwnClaims(token) }),
          (error: unknown): CredentialProof => {
            if (error instanceof AppError) return { ok: false, error }
            throw error
          },
        )
        proofs.push(await unlessAborted(asked, signal))
      }
      return proofs
    },
  }
}

/** The credentials are part of the key, hashed: who only knows another publisher's ids must not be served that publisher's token. */
function keyOf(app: MicrosoftApp, resource: string): string {
  const fingerprint = createHash('sha256').update(JSON.stringify(app.credentials)).digest('base64url')
  return JSON.stringify([app.tenantId, app.clientId, resource, fingerprint])
}
