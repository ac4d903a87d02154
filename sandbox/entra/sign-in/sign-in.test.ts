import { createHash, randomBytes } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personalAccountsTenantId, publisher } from '../../seed.ts'
import { type Sandbox, startSandbox } from '../../start.ts'
import { type Browser, createBrowser, locationOf } from '../../testing/browser.ts'
import { replyOf } from '../../testing/publisher.ts'

const BRIDGE = 'http://127.0.0.1:3999'
const redirect = `${BRIDGE}/portal/signin`
const { clientId, secret } = publisher.signInApp

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, bridgeUrl: BRIDGE })
})
afterAll(() => sandbox.stop())

const endpoint = (name: string): string => `${sandbox.urls.login}/common/oauth2/v2.0/${name}`

function authorizeUrl(more: Readonly<Record<string, string>> = {}): { readonly url: URL; readonly verifier: string } {
  const verifier = randomBytes(32).toString('base64url')
  const query = {
    ...{ client_id: clientId, response_type: 'code', redirect_uri: redirect, scope: 'openid profile email', state: 'st', nonce: 'no' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  return { url: new URL(`${endpoint('authorize')}?${new URLSearchParams(query)}`), verifier }
}

async function pick(browser: Browser, url: URL, account: string): Promise<URL> {
  const picker = locationOf(await browser.get(url))
  const page = await browser.get(picker)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Pick an account')])
  const resume = locationOf(await browser.post(picker, { account }))
  return locationOf(await browser.get(resume))
}

const exchange = async (code: string, verifier: string, more: Readonly<Record<string, string>> = {}) => {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier }
  const body = new URLSearchParams({ ...form, client_id: clientId, client_secret: secret, ...more })
  return replyOf(await fetch(endpoint('token'), { method: 'POST', body }))
}

const idTokenOf = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'id_token' in json ? String(json.id_token) : expect.fail(JSON.stringify(json))

async function signIn(browser: Browser, account: string) {
  const { url, verifier } = authorizeUrl()
  const back = await pick(browser, url, account)
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirect, 'st'])
  return { reply: await exchange(back.searchParams.get('code') ?? '', verifier), back, verifier }
}

test('sign-in with PKCE ends in an ID token like Entra’s, from the person’s own directory', async () => {
  const { reply } = await signIn(createBrowser(), 'priya')
  const tid = 'e7b3d5a1-6c2f-4e8b-9d4a-1f0e2d3c4b5a'
  const keys = createRemoteJWKSet(new URL(`${sandbox.urls.login}/common/discovery/v2.0/keys`))
  const { payload, protectedHeader } = await jwtVerify(idTokenOf(reply.json), keys, {
    issuer: `${sandbox.urls.login}/${tid}/v2.0`,
    audience: clientId,
  })
  expect(protectedHeader.alg).toBe('RS256')
  expect(payload).toMatchObject({
    ...{ tid, oid: '22b1e2c3-0001-4b7c-8d4e-6f8091a20001', ver: '2.0', nonce: 'no', name: 'Priya Nair', given_name: 'Priya' },
    ...{ family_name: 'Nair', preferred_username: 'priya.nair@woodgrove.example', email: 'priya.nair@woodgrove.example' },
  })
  expect(payload.sub).not.toBe('priya')
})

test('personal accounts share one directory but not the object id', async () => {
  const read = async (account: string) => {
    const { reply } = await signIn(createBrowser(), account)
    return (await jwtVerify(idTokenOf(reply.json), createRemoteJWKSet(new URL(`${sandbox.urls.login}/common/discovery/v2.0/keys`)))).payload
  }
  const [sam, alex] = [await read('sam'), await read('alex')]
  expect([sam['tid'], alex['tid']]).toEqual([personalAccountsTenantId, personalAccountsTenantId])
  expect(sam['oid']).not.toBe(alex['oid'])
})

test('whoever is signed in passes silently, unless the app asks for a choice, and may switch', async () => {
  const browser = createBrowser()
  await signIn(browser, 'mara')
  const silent = locationOf(await browser.get(authorizeUrl().url))
  expect(silent.origin + silent.pathname).toBe(redirect)

  const { url, verifier } = authorizeUrl({ prompt: 'select_account' })
  const back = await pick(browser, url, 'jonas')
  const { json } = await exchange(back.searchParams.get('code') ?? '', verifier)
  const claims = JSON.parse(Buffer.from(idTokenOf(json).split('.')[1] ?? '', 'base64url').toString())
  expect(claims.name).toBe('Jonas Lind')
})

test('no PKCE, a wrong verifier, a wrong secret, a used code and a foreign redirect are all refused', async () => {
  const browser = createBrowser()
  const bare = authorizeUrl().url
  bare.searchParams.delete('code_challenge')
  bare.searchParams.delete('code_challenge_method')
  expect(locationOf(await browser.get(bare)).searchParams.get('error')).toBe('invalid_request')

  const foreign = await browser.get(authorizeUrl({ redirect_uri: 'https://evil.example/portal/signin' }).url)
  expect([foreign.status, foreign.headers.get('location')]).toEqual([400, null])

  const first = await signIn(browser, 'sam')
  const code = first.back.searchParams.get('code') ?? ''
  expect((await exchange(code, first.verifier)).json).toMatchObject({ error: 'invalid_grant' })

  const fresh = async () => locationOf(await browser.get(authorizeUrl().url)).searchParams.get('code') ?? ''
  expect((await exchange(await fresh(), 'x'.repeat(43))).json).toMatchObject({ error: 'invalid_grant' })
  expect((await exchange(await fresh(), first.verifier, { client_secret: 'wrong' })).status).toBe(401)
})

test('signing out ends the session and leads back to the app', async () => {
  const browser = createBrowser()
  const { reply } = await signIn(browser, 'mara')
  const query = new URLSearchParams({ id_token_hint: idTokenOf(reply.json), post_logout_redirect_uri: `${BRIDGE}/portal/signed-out` })
  const page = await browser.get(`${endpoint('logout')}?${query}`)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const back = locationOf(await browser.post(endpoint('logout/confirm'), { xsrf, logout: 'yes' }))
  expect(back.href).toBe(`${BRIDGE}/portal/signed-out`)
  expect(locationOf(await browser.get(authorizeUrl().url)).pathname).toMatch(/^\/entra\/signin\//)
})
