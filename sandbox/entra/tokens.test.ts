import { createRemoteJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { days, instant } from '../../src/kit/time.ts'
import { marketplaceResourceId, people, publisher } from '../seed.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { accessToken, apiOf, askToken } from '../testing/publisher.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.stop())

const [mara = expect.fail()] = people
const tid = publisher.entraTenantId
const { clientId } = publisher.apiApp
const keysAt = (path: string) => createRemoteJWKSet(new URL(`${sandbox.urls.login}/${path}`))
const metadata = async (path: string) => (await fetch(`${sandbox.urls.login}/${path}/.well-known/openid-configuration`)).json()

test('a service token verifies against the published keys and says who, for what and from whom', async () => {
  const { payload } = await jwtVerify(await accessToken(sandbox), keysAt(`${tid}/discovery/v2.0/keys`), {
    issuer: `${sandbox.urls.sts}/${tid}/`,
    audience: marketplaceResourceId,
    algorithms: ['RS256'],
  })
  expect(payload).toMatchObject({ tid, appid: clientId, ver: '1.0' })
})

test('the classic endpoint answers in texts, the newer one in numbers', async () => {
  const classic = await askToken(sandbox, 'oauth2/token', { resource: marketplaceResourceId })
  expect(classic.json).toMatchObject({ token_type: 'Bearer', expires_in: '3600', expires_on: expect.stringMatching(/^\d+$/) })
  const newer = await askToken(sandbox, 'oauth2/v2.0/token', { scope: `${marketplaceResourceId}/.default` })
  expect(newer.json).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
})

test.each([
  ['a wrong secret', { client_secret: 'nonsense' }, tid, 401, 'invalid_client', 7000215],
  ['no secret', { client_secret: '' }, tid, 401, 'invalid_client', 7000215],
  ['an unknown app', { client_id: 'ffffffff-0000-4000-8000-000000000000' }, tid, 400, 'unauthorized_client', 700016],
  ['an app of another directory', {}, mara.tenantId, 400, 'unauthorized_client', 700016],
  ['an unknown directory', {}, 'ffffffff-0000-4000-8000-000000000000', 400, 'invalid_request', 90002],
  ['another grant', { grant_type: 'password' }, tid, 400, 'unsupported_grant_type', 70003],
  ['the old resource', { scope: '62d94f6c-d599-489b-a797-3e10e42fbe22/.default' }, tid, 400, 'invalid_resource', 500011],
  ['a scope without .default', { scope: marketplaceResourceId }, tid, 400, 'invalid_scope', 1002012],
])('%s is refused in Entra’s words', async (_what, fields, tenant, status, error, code) => {
  const scope = { scope: `${marketplaceResourceId}/.default` }
  const reply = await askToken(sandbox, 'oauth2/v2.0/token', { ...scope, ...fields }, tenant)
  expect(reply.status).toBe(status)
  expect(reply.json).toMatchObject({ error, error_codes: [code], trace_id: expect.any(String), correlation_id: expect.any(String) })
  expect(reply.json).toHaveProperty('error_description', expect.stringContaining(`AADSTS${code}`))
})

test('of two secrets both are good until one expires', async () => {
  const app = 'aaaaaaaa-1111-4222-8333-444444444444'
  const secrets = [{ value: 'old', expiresAt: instant('2020-01-01T00:00:00Z') }, { value: 'new' }]
  sandbox.worlds.entra.apps.set(app, { secrets })
  const ask = (client_secret: string) =>
    askToken(sandbox, 'oauth2/v2.0/token', { client_id: app, client_secret, scope: `${marketplaceResourceId}/.default` })
  expect((await ask('new')).status).toBe(200)
  expect((await ask('old')).json).toMatchObject({ error: 'invalid_client', error_codes: [7000222] })
})

test.each(['RS256', 'PS256'])('an assertion signed with a registered certificate (%s) is as good as a secret', async (algorithm) => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  const endpoint = `${sandbox.urls.login}/${tid}/oauth2/v2.0/token`
  const sign = (audience: string) =>
    new SignJWT({ iss: clientId, sub: clientId, jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: algorithm })
      .setAudience(audience)
      .setExpirationTime('5m')
      .sign(privateKey)
  const ask = async (audience: string) => {
    const form = {
      ...{ grant_type: 'client_credentials', client_id: clientId, scope: `${marketplaceResourceId}/.default` },
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await sign(audience),
    }
    return (await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) })).status
  }
  expect(await ask(endpoint)).toBe(401)
  sandbox.worlds.entra.registerCertificate(clientId, { ...(await exportJWK(publicKey)), alg: algorithm })
  expect(await ask(endpoint)).toBe(200)
  expect(await ask(`${sandbox.urls.login}/elsewhere`)).toBe(401)
})

test('metadata name the issuer of the directory, and leave it open for common', async () => {
  expect(await metadata(tid)).toMatchObject({ issuer: `${sandbox.urls.sts}/${tid}/`, jwks_uri: expect.stringMatching(/discovery\/keys$/) })
  expect(await metadata(`${tid}/v2.0`)).toMatchObject({ issuer: `${sandbox.urls.login}/${tid}/v2.0` })
  for (const open of ['common', 'organizations']) {
    expect(await metadata(`${open}/v2.0`)).toMatchObject({ issuer: `${sandbox.urls.login}/{tenantid}/v2.0` })
  }
})

test('webhook tokens come in the version of the app’s registration', async () => {
  const { entra } = sandbox.worlds
  const first = decodeJwt(await entra.tokens.forWebhook(entra.apps.set(clientId, { tokenVersion: 1 })))
  expect(first).toMatchObject({ ver: '1.0', aud: clientId, appid: marketplaceResourceId, iss: `${sandbox.urls.sts}/${tid}/` })
  const second = decodeJwt(await entra.tokens.forWebhook(entra.apps.set(clientId, { tokenVersion: 2 })))
  expect(second).toMatchObject({ ver: '2.0', aud: clientId, azp: marketplaceResourceId, iss: `${sandbox.urls.login}/${tid}/v2.0` })
})

test('after a rotation old tokens hold as long as their key is published', async () => {
  const { keys } = sandbox.worlds.entra
  const before = await accessToken(sandbox)
  const verifies = async () =>
    jwtVerify(before, keysAt(`${tid}/discovery/keys`)).then(
      () => true,
      () => false,
    )
  await keys.rotate()
  expect(await verifies()).toBe(true)
  await keys.rotate({ keepOld: false })
  expect(await verifies()).toBe(false)
})

test('a token outlives its hour neither on the sandbox’s clock', async () => {
  const api = await apiOf(sandbox)
  expect((await api.call('GET', '')).status).toBe(200)
  sandbox.clock.moveBy(days(1))
  expect((await api.call('GET', '')).status).toBe(401)
  expect((await (await apiOf(sandbox)).call('GET', '')).status).toBe(200)
})
