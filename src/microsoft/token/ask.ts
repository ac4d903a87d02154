/** Asks Entra for a token: client credentials by one form POST. */
import { AppError, hasCode } from '../../kit/errors/index.ts'
import { type Http, HttpFailure, type HttpReply } from '../../kit/http.ts'
import type { Log } from '../../kit/log.ts'
import { type Clock, type Instant, plus, seconds } from '../../kit/time.ts'
import type { AppCredential, MicrosoftApp } from '../app.ts'
import { below, segment } from '../url.ts'
import { tokenReply } from '../wire/token-reply.ts'
import { clientAssertion } from './assertion.ts'
import { loginUnavailable, refusal, unreadableToken } from './refusal.ts'

/** Both give tokens the marketplace takes; v1 names a resource, v2.0 a scope. */
export type TokenEndpoint = 'v2.0' | 'v1'

export interface AskOptions {
  readonly http: Http
  readonly loginUrl: URL
  readonly clock: Clock
  readonly log: Log
  readonly endpoint: TokenEndpoint
}

export interface FreshToken {
  readonly token: string
  readonly expiresAt: Instant
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** With the first credential that Entra takes. @throws the preferred credential's error when none is taken. */
export async function askForToken(options: AskOptions, app: MicrosoftApp, resource: string): Promise<FreshToken> {
  if (app.credentials.length === 0) throw new RangeError('the app has no credential')
  const refused: AppError[] = []
  for (const credential of app.credentials) {
    try {
      return await askWith(options, app, credential, resource)
    } catch (error) {
      if (!isForThisCredentialOnly(error)) throw error
      refused.push(error)
      options.log.warn({ clientId: app.clientId, code: error.code, credential: refused.length }, 'credential not accepted')
    }
  }
  throw refused[0] ?? new AppError('ERR_MS_CREDENTIAL_WRONG')
}

const isForThisCredentialOnly = (error: unknown): error is AppError =>
  hasCode(error, 'ERR_MS_CREDENTIAL_WRONG', 'ERR_MS_CREDENTIAL_EXPIRED', 'ERR_MS_CREDENTIAL_UNREADABLE')

export async function askWith(options: AskOptions, app: MicrosoftApp, credential: AppCredential, resource: string): Promise<FreshToken> {
  const url = tokenEndpointOf(options, app)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: app.clientId,
    ...(options.endpoint === 'v1' ? { resource } : { scope: `${resource}/.default` }),
    ...(await proofOf(credential, app, url, options.clock.now())),
  })
  const reply = await post(options.http, url, form)
  if (reply.status !== 200) throw refusal(reply)
  return readToken(reply, options.clock.now())
}

const tokenEndpointOf = ({ loginUrl, endpoint }: AskOptions, app: MicrosoftApp): URL =>
  below(loginUrl, `/${segment(app.tenantId)}/oauth2/${endpoint === 'v1' ? 'token' : 'v2.0/token'}`)

async function proofOf(credential: AppCredential, app: MicrosoftApp, url: URL, now: Instant): Promise<Record<string, string>> {
  if (credential.kind === 'secret') return { client_secret: credential.secret }
  return { client_assertion_type: ASSERTION_TYPE, client_assertion: await clientAssertion(credential, app.clientId, url, now) }
}

async function post(http: Http, url: URL, form: URLSearchParams): Promise<HttpReply> {
  try {
    return await http.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeout: seconds(10),
      repeatable: true,
    })
  } catch (error) {
    if (error instanceof HttpFailure) throw loginUnavailable(error)
    throw error
  }
}

function readToken(reply: HttpReply, now: Instant): FreshToken {
  const read = tokenReply.safeParse(reply.text)
  if (!read.success) throw unreadableToken(reply)
  return { token: read.data.access_token, expiresAt: plus(now, seconds(read.data.expires_in)) }
}
