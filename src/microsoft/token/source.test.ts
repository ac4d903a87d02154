import { X509Certificate } from 'node:crypto'
import { importX509, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Script, startScriptedServer } from '../../../test/helpers/scripted-server.ts'
import { selfSigned } from '../../../test/helpers/self-signed.ts'
import { createHttp } from '../../kit/http.ts'
import { entraClientId, entraTenantId } from '../../kit/ids.ts'
import { createLog } from '../../kit/log.ts'
import { minutes, seconds, standingClock } from '../../kit/time.ts'
import { type AppCredential, MARKETPLACE_RESOURCE, type MicrosoftApp } from '../app.ts'
import type { TokenEndpoint } from './ask.ts'
import { createTokens } from './source.ts'

const secret = (value: string): AppCredential => ({ kind: 'secret', secret: value })
const TENANT = '6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201'

const appWith = (...credentials: AppCredential[]): MicrosoftApp => ({
  tenantId: entraTenantId.parse(TENANT),
  clientId: entraClientId.parse('a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10'),
  credentials,
})

async function scriptedEntra(script: Script, endpoint: TokenEndpoint = 'v2.0') {
  const server = await startScriptedServer(script)
  const lines: string[] = []
  const log = createLog('trace', { write: (line) => lines.push(line) })
  const clock = standingClock('2030-05-01T12:00:00Z')
  const http = createHttp({ clock, log, pause: () => Promise.resolve() })
  onTestFinished(() => http.close())
  const tokens = createTokens({ http, loginUrl: new URL('/login/', server.url), clock, log, endpoint })
  const get = (app: MicrosoftApp, signal?: AbortSignal) => tokens.get(app, MARKETPLACE_RESOURCE, signal)
  const forms = () => server.seen.map((request) => Object.fromEntries(new URLSearchParams(request.body)))
  return { server, tokens, get, clock, forms, logged: () => lines.join('') }
}

/** Numbered tokens, an hour each. */
const numbered = (): Script => {
  let issued = 0
  return () => ({ body: { access_token: `token-${++issued}`, expires_in: 3600 } })
}

const refusal = (aadsts: number, error = 'invalid_client', status = 401) => ({
  status,
  body: { error, error_description: `AADSTS${aadsts}: no. Trace ID: t`, error_codes: [aadsts], trace_id: 't-1', correlation_id: 'c-1' },
})

describe('the request', () => {
  test('is the v2.0 form with a scope', async () => {
    const entra = await scriptedEntra(numbered())
    expect(await entra.get(appWith(secret('s&=+')))).toBe('token-1')
    expect(entra.server.seen[0]).toMatchObject({ method: 'POST', path: `/login/${TENANT}/oauth2/v2.0/token` })
    expect(entra.forms()).toEqual([
      {
        grant_type: 'client_credentials',
        client_id: 'a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10',
        client_secret: 's&=+',
        scope: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7/.default',
      },
    ])
  })

  test('is the v1 form with a resource where asked for, and its numbers written as text are read', async () => {
    const body = { token_type: 'Bearer', expires_in: '3600', ext_expires_in: '0', expires_on: '1577836800', access_token: 'token-v1' }
    const entra = await scriptedEntra(() => ({ body }), 'v1')
    await entra.get(appWith(secret('s')))
    entra.clock.moveBy(minutes(54))
    expect(await entra.get(appWith(secret('s')))).toBe('token-v1')
    expect(entra.server.seen).toHaveLength(1)
    expect(entra.server.seen[0]).toMatchObject({ path: `/login/${TENANT}/oauth2/token` })
    expect(entra.forms()[0]).toMatchObject({ resource: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7' })
  })
})

describe('a token', () => {
  test('is asked for once by any number of callers', async () => {
    const entra = await scriptedEntra(numbered())
    const app = appWith(secret('s'))
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => entra.get(app))))).toEqual(new Set(['token-1']))
    expect(entra.server.seen).toHaveLength(1)
  })

  test('is renewed behind the back of the callers while it still serves', async () => {
    const entra = await scriptedEntra(numbered())
    const app = appWith(secret('s'))
    await entra.get(app)
    entra.clock.moveBy(minutes(56))
    expect(await entra.get(app)).toBe('token-1')
    await expect.poll(() => entra.get(app)).toBe('token-2')
    expect(entra.server.seen).toHaveLength(2)
  })

  test('still serves when its renewal fails, until its end', async () => {
    let up = true
    const entra = await scriptedEntra(() => (up ? { body: { access_token: 'old', expires_in: 3600 } } : { status: 503 }))
    const app = appWith(secret('s'))
    await entra.get(app)
    up = false
    entra.clock.moveBy(minutes(59))
    expect(await entra.get(app)).toBe('old')
    await expect.poll(() => entra.logged()).toContain('token not renewed yet')
    entra.clock.moveBy(seconds(40))
    await expect(entra.get(app)).rejects.toMatchObject({ code: 'ERR_MS_LOGIN_UNAVAILABLE', retryable: true })
  })

  test('that was refused is replaced, and only that one', async () => {
    const entra = await scriptedEntra(numbered())
    const app = appWith(secret('s'))
    const first = await entra.get(app)
    entra.tokens.forget(app, MARKETPLACE_RESOURCE, first)
    expect(await entra.get(app)).toBe('token-2')
    entra.tokens.forget(app, MARKETPLACE_RESOURCE, first)
    expect(await entra.get(app)).toBe('token-2')
  })

  test('is never served to somebody who only knows the ids of its app', async () => {
    const entra = await scriptedEntra(({ body }) => (body.includes('right') ? { body: { access_token: 'a' } } : refusal(7000215)))
    await entra.get(appWith(secret('right')))
    await expect(entra.get(appWith(secret('guessed')))).rejects.toMatchObject({ code: 'ERR_MS_CREDENTIAL_WRONG' })
  })

  test('is waited for by the others when one caller gives up', async () => {
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    const entra = await scriptedEntra(async () => {
      await held
      return { body: { access_token: 'a' } }
    })
    const giveUp = new AbortController()
    const impatient = entra.get(appWith(secret('s')), giveUp.signal)
    const patient = entra.get(appWith(secret('s')))
    giveUp.abort(new Error('given up'))
    await expect(impatient).rejects.toThrow('given up')
    answer()
    expect(await patient).toBe('a')
    expect(entra.server.seen).toHaveLength(1)
  })
})

describe('two live secrets', () => {
  const newOnly: Script = ({ body }) => (body.includes('new') ? { body: { access_token: 'a' } } : refusal(7000222))

  test('the second is tried when the first is refused', async () => {
    const entra = await scriptedEntra(newOnly)
    expect(await entra.get(appWith(secret('old'), secret('new')))).toBe('a')
    expect(entra.forms().map((form) => form['client_secret'])).toEqual(['old', 'new'])
  })

  test('each is told apart by a proof', async () => {
    const entra = await scriptedEntra(newOnly)
    expect(await entra.tokens.prove(appWith(secret('old'), secret('new')), MARKETPLACE_RESOURCE)).toMatchObject([
      { ok: false, error: { code: 'ERR_MS_CREDENTIAL_EXPIRED' } },
      { ok: true },
    ])
  })

  test('are not both tried when the fault lies elsewhere', async () => {
    const entra = await scriptedEntra(() => refusal(700016, 'unauthorized_client', 400))
    await expect(entra.get(appWith(secret('old'), secret('new')))).rejects.toMatchObject({ code: 'ERR_MS_APP_UNKNOWN' })
    expect(entra.server.seen).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test.each([
    [refusal(7000215), 'ERR_MS_CREDENTIAL_WRONG'],
    [refusal(700027), 'ERR_MS_CREDENTIAL_WRONG'],
    [{ status: 401, body: { error: 'invalid_client' } }, 'ERR_MS_CREDENTIAL_WRONG'],
    [{ status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000222: expired' } }, 'ERR_MS_CREDENTIAL_EXPIRED'],
    [refusal(700016, 'unauthorized_client', 400), 'ERR_MS_APP_UNKNOWN'],
    [refusal(7000229, 'unauthorized_client', 401), 'ERR_MS_APP_UNKNOWN'],
    [refusal(90002, 'invalid_request', 400), 'ERR_MS_DIRECTORY_UNKNOWN'],
    [refusal(53003, 'access_denied', 400), 'ERR_MS_LOGIN_REFUSED'],
    [{ status: 404, body: '<html>' }, 'ERR_MS_LOGIN_REFUSED'],
    [{ status: 503, body: 'busy' }, 'ERR_MS_LOGIN_UNAVAILABLE'],
    [{ status: 429 }, 'ERR_MS_LOGIN_UNAVAILABLE'],
    ['hangUp' as const, 'ERR_MS_LOGIN_UNAVAILABLE'],
    [{ status: 200, body: '<html>' }, 'ERR_MS_UNEXPECTED_ANSWER'],
    [{ status: 200, body: { token_type: 'Bearer' } }, 'ERR_MS_UNEXPECTED_ANSWER'],
  ])('%j is told as %s, without the secret', async (reply, code) => {
    const entra = await scriptedEntra(() => reply)
    const error = await entra.get(appWith(secret('the-secret-value'))).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(`${error}${JSON.stringify(error)}${entra.logged()}`).not.toContain('the-secret-value')
  })

  test('carries Entra’s ids for a support case', async () => {
    const entra = await scriptedEntra(() => refusal(7000215))
    await expect(entra.get(appWith(secret('s')))).rejects.toMatchObject({
      requestId: 't-1',
      correlationId: 'c-1',
      facts: { aadsts: [7000215] },
    })
  })

  test('is asked about again, not remembered', async () => {
    let right = false
    const entra = await scriptedEntra(() => (right ? { body: { access_token: 'a' } } : refusal(7000215)))
    await expect(entra.get(appWith(secret('s')))).rejects.toMatchObject({ code: 'ERR_MS_CREDENTIAL_WRONG' })
    right = true
    expect(await entra.get(appWith(secret('s')))).toBe('a')
  })
})

describe('a certificate', () => {
  const makePair = () => ({ kind: 'certificate', ...selfSigned() }) as const

  test.each(['PS256', 'RS256'] as const)('signs a statement Entra can check with it (%s)', async (algorithm) => {
    const pair = makePair()
    const entra = await scriptedEntra(numbered())
    await entra.get(appWith({ ...pair, algorithm }))
    const { client_assertion, client_assertion_type, client_secret } = entra.forms()[0] ?? {}
    expect([client_assertion_type, client_secret]).toEqual(['urn:ietf:params:oauth:client-assertion-type:jwt-bearer', undefined])
    const { payload, protectedHeader } = await jwtVerify(client_assertion ?? '', await importX509(pair.certificate, algorithm), {
      audience: new URL(`/login/${TENANT}/oauth2/v2.0/token`, entra.server.url).href,
      issuer: 'a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10',
      subject: 'a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10',
      currentDate: new Date('2030-05-01T12:00:00Z'),
      requiredClaims: ['jti', 'exp', 'nbf'],
    })
    const thumbprint = new X509Certificate(pair.certificate).fingerprint256.replaceAll(':', '')
    expect(Buffer.from(String(protectedHeader['x5t#S256']), 'base64url').toString('hex').toUpperCase()).toBe(thumbprint)
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
  })

  test('that cannot be used is told before Entra is asked, without quoting it', async () => {
    const [one, other] = [makePair(), makePair()]
    const entra = await scriptedEntra(numbered())
    for (const credential of [
      { ...one, privateKey: other.privateKey },
      { ...one, certificate: 'none' },
      { ...one, privateKey: 'top secret' },
    ]) {
      const error = await entra.get(appWith(credential)).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'ERR_MS_CREDENTIAL_UNREADABLE', cause: undefined })
    }
    entra.clock.moveBy(minutes(60 * 24 * 365 * 20))
    await expect(entra.get(appWith(one))).rejects.toMatchObject({ code: 'ERR_MS_CREDENTIAL_EXPIRED' })
    expect(entra.server.seen).toHaveLength(0)
  })
})
