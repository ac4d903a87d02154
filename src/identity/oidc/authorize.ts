import { calculatePKCECodeChallenge } from 'oauth4webapi'

export interface AuthorizeRequest {
  readonly endpoint: URL
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Shows the account picker although somebody is signed in at Microsoft. */
  readonly otherAccount: boolean
}

/** Only what an ordinary user may consent to: anything more would lock buyers out until an administrator approves. */
export const SCOPES = 'openid profile email'

/** Where the browser signs in. Microsoft identity platform, "OAuth 2.0 authorization code flow" with PKCE (RFC 7636, S256). */
export async function authorizeUrl(request: AuthorizeRequest): Promise<URL> {
  const url = new URL(request.endpoint)
  const parameters = {
    client_id: request.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: request.redirectUri,
    scope: SCOPES,
    state: request.state,
    nonce: request.nonce,
    code_challenge: await calculatePKCECodeChallenge(request.codeVerifier),
    code_challenge_method: 'S256',
    ...(request.otherAccount ? { prompt: 'select_account' } : {}),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}
