/**
 * A sign-in app, tried without a buyer: is Entra there, does it know the app, does it take the secret, may people come back to our address? A code
 * nobody was given is redeemed, which Entra refuses either for the client or for the code; and somebody not signed in is sent to sign in silently,
 * which it answers by sending them back, if the address is registered. Source: Microsoft identity platform, "OAuth 2.0 authorization code flow".
 */
import type { Http } from '../../kit/http.ts'
import type { Clock } from '../../kit/time.ts'
import { createAuthority, type Metadata } from './authority.ts'
import { authorizeUrl } from './authorize.ts'
import { redeemCode } from './redeem.ts'
import { entraNumber } from './refusals.ts'

export interface SignInProbeDeps {
  readonly http: Http
  readonly clock: Clock
  readonly loginUrl: string
}

export interface SignInAppToProbe {
  readonly clientId: string
  readonly secret: string
  readonly redirectUri: string
}

export interface SignInProbe {
  /** `notRefused`: Entra objected to the code only, which says that it took app and secret. `unclear`: `detail` says what came. */
  readonly client: 'notRefused' | 'refused' | 'unclear'
  readonly redirect: 'registered' | 'notRegistered' | 'unclear'
  /** Entra's own number (`AADSTS7000215`), or what came in its place. */
  readonly detail: string
}

/** Long enough to be read as a code, and nobody's. */
const CODE_OF_NOBODY = '0.'.padEnd(120, 'bridge-probe-')
const VERIFIER = 'bridge-probe-'.repeat(4)

/** @throws AppError `ERR_SIGN_IN_UNAVAILABLE` when Entra does not answer, or not as OpenID Connect Discovery describes. */
export async function probeSignInApp(deps: SignInProbeDeps, app: SignInAppToProbe): Promise<SignInProbe> {
  const metadata = await createAuthority(deps).metadata()
  const client = await probeClient(deps.http, metadata, app)
  const redirect = await probeRedirect(deps.http, metadata, app)
  return { client: client.result, redirect: redirect.result, detail: [client.detail, redirect.detail].filter(Boolean).join(', ') }
}

async function probeClient(http: Http, metadata: Metadata, { clientId, secret, redirectUri }: SignInAppToProbe) {
  const state = 'probe'
  const callback = new URLSearchParams({ code: CODE_OF_NOBODY, state })
  const app = { clientId, secrets: [secret] }
  const redeemed = await redeemCode({ http, metadata, app, callback, state, codeVerifier: VERIFIER, redirectUri })
  if (redeemed.ok) return { result: 'unclear', detail: 'a code of nobody was taken' } as const
  if (redeemed.refusal === 'appRefused') return { result: 'refused', detail: redeemed.detail } as const
  return /^(AADSTS(70000|70008|9002313|54005|501481)|invalid_grant)$/.test(redeemed.detail)
    ? ({ result: 'notRefused', detail: '' } as const)
    : ({ result: 'unclear', detail: redeemed.detail } as const)
}

async function probeRedirect(http: Http, metadata: Metadata, { clientId, redirectUri }: SignInAppToProbe) {
  const request = { endpoint: metadata.authorizationEndpoint, clientId, redirectUri, state: 'probe', nonce: 'probe' }
  const url = await authorizeUrl({ ...request, codeVerifier: VERIFIER, otherAccount: false })
  url.searchParams.set('prompt', 'none')
  const reply = await http.send({ method: 'GET', url, headers: { accept: 'text/html' } })
  if (reply.status >= 300 && reply.status < 400) {
    const back = (reply.headers['location'] ?? '').startsWith(`${redirectUri}?`)
    return back ? ({ result: 'registered', detail: '' } as const) : ({ result: 'unclear', detail: 'sent elsewhere' } as const)
  }
  const number = entraNumber(reply.text)
  if (number === 'AADSTS50011' || /redirect_uri/.test(reply.text)) return { result: 'notRegistered', detail: number ?? '' } as const
  return { result: 'unclear', detail: number ?? `status ${reply.status}` } as const
}

/** Whether Entra's metadata for sign-in can be read. @throws AppError `ERR_SIGN_IN_UNAVAILABLE` */
export const readSignInMetadata = (deps: SignInProbeDeps): Promise<Metadata> => createAuthority(deps).metadata()
