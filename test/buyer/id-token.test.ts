import { createHash } from 'node:crypto'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { createKeys } from '../../sandbox/entra/keys.ts'
import { publisher } from '../../sandbox/seed.ts'
import { createSignIn } from '../../src/identity/index.ts'
import { bought, buyer } from '../helpers/buyer-records.ts'
import { aToken, openDoor, PUBLIC_URL } from './door.ts'
import { startForgingEntra } from './forging-entra.ts'

const entra = await startForgingEntra()
const door = await openDoor({ loginUrl: entra.loginUrl })
const record = bought()
const TENANT = buyer.entraTenantId
const STRANGER = 'e7b3d5a1-6c2f-4e8b-9d4a-1f0e2d3c4b5a'

beforeEach(() => {
  entra.keyIssuer = undefined
  door.world.records.set(record.subscriptionId, record)
})

const seconds = () => Math.floor(door.clock.now().getTime() / 1000)

const claimsFor = (nonce: string): JWTPayload => ({
  ...{ iss: `${entra.loginUrl}/${TENANT}/v2.0`, aud: publisher.signInApp.clientId, sub: 'pairwise', tid: TENANT, oid: buyer.objectId },
  ...{ nonce, ver: '2.0', iat: seconds(), nbf: seconds(), exp: seconds() + 3600, name: 'Mara Vogt', preferred_username: buyer.email ?? '' },
})

/** Begins a sign-in and comes back with the token that `make` makes of the right claims. */
async function signInWith(make: (claims: JWTPayload) => Promise<string> | string) {
  const token = aToken()
  door.world.tokens.set(token, record.subscriptionId)
  const browser = door.browser()
  const start = `/portal/larkspur/${record.productId}/start?token=${encodeURIComponent(token)}`
  const authorize = new URL((await browser.get(start, { follow: false })).headers['location'] ?? '').searchParams
  entra.idToken = await make(claimsFor(authorize.get('nonce') ?? ''))
  const answer = await browser.get(`/portal/signin?code=a-code&state=${authorize.get('state')}`)
  return { answer, authorize, signedIn: browser.cookies.has('bridge-buyer-larkspur') }
}

const signed = (change: JWTPayload) => (claims: JWTPayload) => entra.keys.sign({ ...claims, ...change })

test('a sign-in asks only for what every user may grant, with PKCE, and proves both to the code exchange', async () => {
  const { answer, authorize, signedIn } = await signInWith(signed({}))
  expect([answer.status, signedIn]).toEqual([200, true])
  expect(Object.fromEntries(authorize)).toMatchObject({
    ...{ scope: 'openid profile email', response_type: 'code', response_mode: 'query', code_challenge_method: 'S256' },
    ...{ client_id: publisher.signInApp.clientId, redirect_uri: `${PUBLIC_URL}/portal/signin` },
  })
  expect(authorize.has('prompt')).toBe(false)
  const { code_verifier: verifier = '', redirect_uri: redirectUri, code } = entra.exchanged
  expect([redirectUri, code]).toEqual([`${PUBLIC_URL}/portal/signin`, 'a-code'])
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(authorize.get('code_challenge'))
})

test('times may differ by five minutes between Entra and this machine', async () => {
  expect((await signInWith((claims) => entra.keys.sign({ ...claims, exp: seconds() - 290 }))).signedIn).toBe(true)
  expect((await signInWith((claims) => entra.keys.sign({ ...claims, nbf: seconds() + 290 }))).signedIn).toBe(true)
})

describe('an ID token is refused', () => {
  const strangeKeys = createKeys()

  /** Why the last token was refused, according to the log. */
  const lastDetail = (): string | undefined => [...door.logged().matchAll(/"ERR_SIGN_IN_TOKEN_REFUSED".*"detail":"([^"]+)"/g)].at(-1)?.[1]

  test.each<[string, string, (claims: JWTPayload) => Promise<string> | string]>([
    ['of another audience', 'claim aud', signed({ aud: 'c9b2e8a4-0000-4d0a-b7c5-3e2d9f8a6b40' })],
    ['of another issuer', 'claim iss', signed({ iss: 'https://login.evil.example/v2.0' })],
    ['of version 1', 'claim iss', signed({ iss: `https://sts.windows.net/${TENANT}/` })],
    ['whose directory is another than its issuer says', 'claim iss', signed({ tid: STRANGER })],
    ['with the template as issuer', 'claim iss', (claims) => entra.keys.sign({ ...claims, iss: `${entra.loginUrl}/{tenantid}/v2.0` })],
    ['of another sign-in', 'claim nonce', signed({ nonce: 'another' })],
    ['without a nonce', 'claim nonce', ({ nonce: _, ...claims }) => entra.keys.sign(claims)],
    ['that has expired', 'claim exp', (claims) => entra.keys.sign({ ...claims, exp: seconds() - 310 })],
    ['that never expires', 'claim exp', ({ exp: _, ...claims }) => entra.keys.sign(claims)],
    ['from the future', 'claim nbf', (claims) => entra.keys.sign({ ...claims, nbf: seconds() + 310 })],
    ['without an object id', 'claim oid', ({ oid: _, ...claims }) => entra.keys.sign(claims)],
    ['whose object id is none', 'claim oid', signed({ oid: 'mara' })],
    ['signed by a key Entra does not publish', 'ERR_JWKS_NO_MATCHING_KEY', (claims) => strangeKeys.sign(claims)],
    ['signed by nobody', 'ERR_JOSE_ALG_NOT_ALLOWED', (claims) => new UnsecuredJWT(claims).encode()],
    [
      'signed with the public key as a shared secret',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async (claims) => {
        const [key] = await entra.keys.published()
        return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: key?.kid ?? '' }).sign(Buffer.from(key?.n ?? '', 'base64url'))
      },
    ],
    [
      'whose content was changed after signing',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      async (claims) => {
        const [header, , signature] = (await entra.keys.sign(claims)).split('.')
        const forged = Buffer.from(JSON.stringify({ ...claims, oid: '11a0f1d2-0002-4a6b-9c3d-5e7f80910002' })).toString('base64url')
        return `${header}.${forged}.${signature}`
      },
    ],
    ['that is no token', 'ERR_JWS_INVALID', () => 'not.a.token'],
  ])('%s', async (_name, reason, make) => {
    const { answer, signedIn } = await signInWith(make)
    expect([answer.status, signedIn, lastDetail()]).toEqual([401, false, reason])
    expect(door.logged()).not.toContain(entra.idToken)
  })
})

describe('metadata that would send the visitor or the secret elsewhere is not followed', () => {
  test.each([
    ['another sign-in page', { authorization_endpoint: 'https://evil.example/authorize' }],
    ['another code exchange', { token_endpoint: 'https://evil.example/token' }],
    ['other keys', { jwks_uri: 'https://evil.example/keys' }],
    ['another issuer', { issuer: 'https://evil.example/{tenantid}/v2.0' }],
  ])('%s', async (_name, metadata) => {
    entra.metadata = metadata
    const begin = createSignIn(door.identity).begin({
      tenantId: record.tenantId,
      arrival: { productId: record.productId ?? fail() },
      browser: 'B'.repeat(43),
    })
    await expect(begin).rejects.toMatchObject({ code: 'ERR_SIGN_IN_UNAVAILABLE' })
    entra.metadata = {}
  })
})

test('a key that is published for all directories, or for the one of the visitor, is good', async () => {
  for (const issuer of [`${entra.loginUrl}/{tenantid}/v2.0`, `${entra.loginUrl}/${TENANT}/v2.0`]) {
    entra.keyIssuer = issuer
    await entra.keys.rotate({ keepOld: false })
    const fresh = await openDoorSignIn()
    expect(fresh, issuer).toBe(true)
  }
})

/** A door that has read no keys yet. */
async function openDoorSignIn(): Promise<boolean> {
  const signIn = createSignIn(door.identity)
  const begin = { tenantId: record.tenantId, arrival: { productId: record.productId ?? fail() }, browser: 'B'.repeat(43) }
  const authorize = (await signIn.begin(begin)).searchParams
  entra.idToken = await entra.keys.sign(claimsFor(authorize.get('nonce') ?? ''))
  const callback = new URLSearchParams({ code: 'a-code', state: authorize.get('state') ?? '' })
  return (await signIn.complete(callback, begin.browser)).outcome === 'signedIn'
}

function fail(): never {
  throw new Error('the record has a product')
}

test('a key that is published for another directory proves nothing', async () => {
  entra.keyIssuer = `${entra.loginUrl}/${STRANGER}/v2.0`
  await entra.keys.rotate({ keepOld: false })
  expect(await openDoorSignIn()).toBe(false)
})
