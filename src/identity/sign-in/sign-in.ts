/** Signing a buyer in with Entra: authorization code flow with PKCE, any organisation and personal accounts. */
import { generateRandomCodeVerifier } from 'oauth4webapi'
import { AppError } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import { type IdentityDeps, redirectUri, type SignInApp } from '../deps.ts'
import { type Authority, createAuthority } from '../oidc/authority.ts'
import { authorizeUrl } from '../oidc/authorize.ts'
import { verifyIdToken } from '../oidc/id-token.ts'
import { redeemCode } from '../oidc/redeem.ts'
import type { SignInRefusal } from '../oidc/refusals.ts'
import type { Person } from '../person.ts'
import { pruneIdentity } from '../prune.ts'
import { randomToken } from '../random.ts'
import { type Arrival, type Attempt, keepAttempt, readAttempt, takeAttempt } from './attempts.ts'

export interface BeginSignIn {
  readonly tenantId: TenantId
  readonly arrival: Arrival
  /** The secret in the browser's sign-in cookie. */
  readonly browser: string
  /** Lets the visitor pick another account than the one signed in at Microsoft. */
  readonly otherAccount?: boolean
}

/** `detail` is a short code for the log. */
export type SignInOutcome =
  | { readonly outcome: 'signedIn'; readonly tenantId: TenantId; readonly arrival: Arrival; readonly person: Person }
  | {
      readonly outcome: 'refused'
      readonly refusal: SignInRefusal | 'tokenRefused'
      readonly detail: string
      readonly tenantId: TenantId
      readonly arrival: Arrival
    }
  /** Expired, used already, of another browser, or never ours. */
  | { readonly outcome: 'unknown'; readonly tenantId: TenantId | undefined }

export interface SignIn {
  /**
   * Where to send the browser.
   * @throws AppError `ERR_SIGN_IN_NOT_CONFIGURED`, `ERR_SIGN_IN_UNAVAILABLE`.
   */
  begin(request: BeginSignIn): Promise<URL>
  /**
   * What the browser came back with; works once.
   * @throws AppError `ERR_SIGN_IN_NOT_CONFIGURED`, `ERR_SIGN_IN_UNAVAILABLE`.
   */
  complete(callback: URLSearchParams, browser: string): Promise<SignInOutcome>
  /** Keeps an arrival for a second try with the same browser; the ticket goes into a link and is worth nothing elsewhere. */
  park(request: ParkArrival): Promise<string>
  /** The parked arrival, for 15 minutes, as often as asked. */
  parked(ticket: string, browser: string): Promise<Parked | undefined>
}

export interface ParkArrival {
  readonly tenantId: TenantId
  readonly arrival: Arrival
  readonly browser: string
  /** The visitor comes from signing in. */
  readonly justSignedIn?: boolean
}

export interface Parked {
  readonly tenantId: TenantId
  readonly arrival: Arrival
  readonly justSignedIn: boolean
}

export function createSignIn(deps: IdentityDeps): SignIn {
  const authority = createAuthority(deps)
  return {
    begin: (request) => begin(deps, authority, request),
    complete: (callback, browser) => complete(deps, authority, callback, browser),
    park: (request) => keep(deps, request, { arrival: request.arrival, justSignedIn: request.justSignedIn }),
    async parked(ticket, browser) {
      const tenant = tenantOf(ticket)
      const attempt = tenant && (await readAttempt(deps, { tenantId: tenant, state: ticket, browser }))
      if (!tenant || !attempt || attempt.proof) return undefined
      return { tenantId: tenant, arrival: attempt.arrival, justSignedIn: attempt.justSignedIn ?? false }
    },
  }
}

async function begin(deps: IdentityDeps, authority: Authority, request: BeginSignIn): Promise<URL> {
  const app = await appOf(deps, request.tenantId)
  const { authorizationEndpoint } = await authority.metadata()
  await pruneIdentity(deps.db, deps.clock.now())
  const proof = { codeVerifier: generateRandomCodeVerifier(), nonce: randomToken() }
  const state = await keep(deps, request, { arrival: request.arrival, proof })
  return authorizeUrl({
    endpoint: authorizationEndpoint,
    clientId: app.clientId,
    redirectUri: redirectUri(deps),
    state,
    otherAccount: request.otherAccount ?? false,
    ...proof,
  })
}

async function complete(deps: IdentityDeps, authority: Authority, callback: URLSearchParams, browser: string): Promise<SignInOutcome> {
  const state = callback.get('state') ?? ''
  const tenant = tenantOf(state)
  const attempt = tenant && (await takeAttempt(deps, { tenantId: tenant, state, browser }))
  if (!tenant || !attempt?.proof) return { outcome: 'unknown', tenantId: tenant }
  const { arrival, proof } = attempt
  const app = await appOf(deps, tenant)
  const proved = await prove(deps, authority, { app, callback, state, proof })
  return proved.ok
    ? { outcome: 'signedIn', tenantId: tenant, arrival, person: proved.person }
    : { outcome: 'refused', refusal: proved.refusal, detail: proved.detail, tenantId: tenant, arrival }
}

interface Proving {
  readonly app: SignInApp
  readonly callback: URLSearchParams
  readonly state: string
  readonly proof: NonNullable<Attempt['proof']>
}

type Proved =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly refusal: SignInRefusal | 'tokenRefused'; readonly detail: string }

async function prove(deps: IdentityDeps, authority: Authority, { app, callback, state, proof }: Proving): Promise<Proved> {
  const { http, loginUrl, clock } = deps
  const metadata = await authority.metadata()
  const { codeVerifier, nonce } = proof
  const redeemed = await redeemCode({ http, metadata, app, callback, state, codeVerifier, redirectUri: redirectUri(deps) })
  if (!redeemed.ok) return redeemed
  const { idToken } = redeemed
  const verified = await verifyIdToken({ idToken, authority, loginUrl, clientId: app.clientId, nonce, now: clock.now() })
  return verified.ok ? verified : { ok: false, refusal: 'tokenRefused', detail: verified.reason }
}

/** The state names the tenant, so that one redirect address serves all of them; the rest of it cannot be guessed. */
async function keep(deps: IdentityDeps, { tenantId, browser }: ParkArrival, attempt: Attempt): Promise<string> {
  const state = `${tenantId}.${randomToken()}`
  await keepAttempt(deps, { tenantId, state, browser }, attempt)
  return state
}

const tenantOf = (state: string): TenantId | undefined => tenantId.safeParse(state.split('.')[0]).data

async function appOf(deps: IdentityDeps, tenant: TenantId): Promise<SignInApp> {
  const app = await deps.signInApp(tenant)
  if (!app || app.secrets.length === 0) throw new AppError('ERR_SIGN_IN_NOT_CONFIGURED', { facts: { tenantId: tenant } })
  return app
}
