/** An operator at a terminal makes a publisher and gives it its credentials: each is tried in the sandbox's worlds before it is kept. */
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSeed, publisher } from '../../sandbox/seed.ts'
import { tenantId } from '../../src/kit/ids.ts'
import { signInCredential } from '../../src/tenants/index.ts'
import { certificateKeyPem, certificatePem } from '../../src/tenants/setup/certificate.fixture.ts'
import { type Terminal, terminal } from '../helpers/at-terminal.ts'
import { selfSigned } from '../helpers/self-signed.ts'
import { createWorld, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
const folder = mkdtempSync(join(tmpdir(), 'bridge-credentials-'))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.stop()
})

const { apiApp, signInApp, entraTenantId } = publisher
const OTHER_APP = 'b7d1a2c3-4e5f-4a6b-8c7d-9e0f1a2b3c4d'
const run = (given: Terminal, ...args: readonly string[]) => terminal(world, given)(...args)
const credential = (input: string, ...args: readonly string[]) => run({ input }, 'credential', ...args)
const stored = async (tenant: string, kind: string) =>
  world.database.db
    .selectFrom('credentials')
    .select('slot')
    .where('tenant_id', '=', tenant)
    .where('kind', '=', kind as 'connect')
    .execute()

test('a publisher is made, changed, archived after a yes, and restored', async () => {
  expect(await run({}, 'tenant', 'create', 'acme', '--name', 'Acme')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Made: acme, Acme.'),
  })
  expect(await run({}, 'tenant', 'create', 'acme', '--name', 'Acme')).toMatchObject({
    code: 1,
    err: expect.stringContaining('ERR_TENANT_EXISTS'),
  })
  expect(await run({}, 'tenant', 'create', 'No Good', '--name', 'Acme')).toMatchObject({ code: 2 })
  expect(await run({}, 'tenant', 'edit', 'acme', '--name', 'Acme Ltd')).toMatchObject({ code: 0, out: 'acme  Acme Ltd  (active)\n' })
  expect(await run({}, 'tenant', 'archive', 'acme')).toMatchObject({
    code: 3,
    out: expect.stringContaining('no subscription that is alive'),
  })
  expect(await run({ answer: true }, 'tenant', 'archive', 'acme')).toMatchObject({ code: 0, out: expect.stringContaining('(archived)') })
  expect(await run({}, 'tenant', 'restore', 'acme')).toMatchObject({ code: 0, out: 'acme  Acme Ltd  (active)\n' })
})

test('Connect’s token is kept once Connect has said whose it is and what it may do', async () => {
  const kept = await credential(connectSeed.provider.token, 'set', 'acme', 'connect')
  expect(kept).toMatchObject({ code: 0, err: '' })
  expect(kept.out).toContain('account: PA-601-114 (Northlight Distribution)')
  expect(kept.out).toContain('marketplaces: MP-48120 (Microsoft Marketplace)')
  expect(kept.out).toContain('Kept: connect primary of acme, without a known end.')
  expect(kept.out).not.toContain('sandbox-provider-token')
})

test('a vendor’s token, a wrong one and one that is none are not kept, and the operator reads why', async () => {
  const vendor = await credential(connectSeed.vendor.token, 'set', 'acme', 'connect', '--secondary')
  expect(vendor).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed.') })
  expect(vendor.out).toContain("The token is of the vendor's account VA-310-441 (Larkspur Software).")
  const wrong = await credential('ApiKey SU-1:wrong', 'set', 'acme', 'connect', '--secondary')
  expect(wrong.out).toContain('ERR_CONNECT_UNAUTHORIZED')
  const none = await credential('hush-hush', 'set', 'acme', 'connect', '--secondary')
  expect(none.err).toContain("expected Connect's token as it is shown there")
  expect(`${none.err}${none.out}${wrong.out}`).not.toMatch(/hush|SU-1:wrong/)
  expect(await stored('acme', 'connect')).toEqual([{ slot: 'primary' }])
})

test('modules that are not granted are told: needed ones refuse the token, others are noted', async () => {
  world.sandbox.worlds.faults.add({ world: 'connect', method: 'GET', path: '/usage/files', kind: 'status', status: 403 })
  const noted = await credential(connectSeed.provider.token, 'set', 'acme', 'connect')
  expect(noted.out).toContain('note: Usage is not granted: no usage is billed.')
  world.sandbox.worlds.faults.add({ world: 'connect', method: 'GET', path: '/public/v1/requests', kind: 'status', status: 403 })
  const refused = await credential(connectSeed.provider.token, 'set', 'acme', 'connect')
  expect(refused.out).toContain('is not granted Fulfillment requests. Grant it in Connect under Integrations, Tokens.')
})

test('one publisher’s app is refused to another, at the terminal and in a set-up file', async () => {
  const ids = ['--tenant-id', entraTenantId, '--client-id', apiApp.clientId.toUpperCase()]
  const foreign = await credential(apiApp.secret, 'set', 'acme', 'microsoft', ...ids)
  expect(foreign).toMatchObject({ code: 1, err: expect.stringContaining('This app is that of the tenant larkspur') })
  expect(foreign.err).toContain('ERR_APP_OF_ANOTHER_TENANT')
  expect(await credential(apiApp.secret, 'set', 'acme', 'microsoft', ...ids, '--unchecked')).toMatchObject({ code: 1 })
  const app = `{ tenantId: ${entraTenantId}, clientId: ${apiApp.clientId}, primary: { secret: s } }`
  const file = join(folder, 'foreign.yaml')
  writeFileSync(file, `tenants: [{ id: acme, name: Acme, credentials: { microsoft: ${app} } }]`)
  const applied = await run({}, 'apply', file)
  expect(applied.code).not.toBe(0)
  expect(`${applied.out}${applied.err}`).toContain('this app is that of the tenant larkspur: Microsoft lets one app')
  expect(await stored('acme', 'microsoft')).toEqual([])
})

test('the Microsoft app is kept with the claims of a token it really got and an answer of the marketplace', async () => {
  world.sandbox.worlds.entra.apps.set(OTHER_APP, { tenantId: entraTenantId, secrets: [{ value: 'first' }, { value: 'second' }] })
  const ids = ['--tenant-id', entraTenantId, '--client-id', OTHER_APP]
  const wrong = await credential('nonsense', 'set', 'acme', 'microsoft', ...ids)
  expect(wrong.out).toContain('ERR_MS_CREDENTIAL_WRONG')
  world.sandbox.worlds.faults.add({ world: 'marketplace', method: 'GET', kind: 'status', status: 403 })
  const forbidden = await credential('first', 'set', 'acme', 'microsoft', ...ids)
  expect(forbidden.out).toContain('enterprise application (service principal)')
  const kept = await credential('first', 'set', 'acme', 'microsoft', ...ids, '--expires', '2031-01-31')
  expect(kept).toMatchObject({ code: 0 })
  expect(kept.out).toContain(`app ${OTHER_APP} of directory ${entraTenantId}`)
  expect(kept.out).toContain('Kept: microsoft primary of acme, until 2031-01-31.')
})

test('a second secret goes beside the first of the same app only, and either can be dropped', async () => {
  const otherIds = ['--client-id', 'b7d1a2c3-4e5f-4a6b-8c7d-000000000000']
  expect((await credential('second', 'set', 'acme', 'microsoft', '--secondary', ...otherIds)).err).toContain('drop the primary one first')
  expect(await credential('second', 'set', 'acme', 'microsoft', '--secondary')).toMatchObject({ code: 0 })
  expect(await stored('acme', 'microsoft')).toEqual([{ slot: 'primary' }, { slot: 'secondary' }])
  expect(await run({}, 'credential', 'drop', 'acme', 'microsoft')).toMatchObject({ code: 3 })
  expect(await run({ answer: true }, 'credential', 'drop', 'acme', 'microsoft')).toMatchObject({ code: 0 })
  expect(await run({}, 'credential', 'drop', 'acme', 'microsoft', '--yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('has no microsoft credential in the primary slot'),
  })
  expect(await stored('acme', 'microsoft')).toEqual([{ slot: 'secondary' }])
})

const acme = tenantId.parse('acme')
const clients = () => world.bridge.subscriptions.clientsFor(acme)

test('a certificate in place of a secret: a token is really fetched with a statement it signs, and its end is noted', async () => {
  const [pem, key] = [join(folder, 'app.pem'), join(folder, 'app.key')]
  writeFileSync(pem, certificatePem)
  writeFileSync(key, certificateKeyPem)
  const set = () => run({}, 'credential', 'set', 'acme', 'microsoft', '--certificate', pem, '--secret-from', `file:${key}`)
  const unknown = await set()
  expect(unknown).toMatchObject({ code: 1, out: expect.stringContaining('ERR_MS_CREDENTIAL_WRONG') })
  expect(unknown.out).toContain('The secondary one is used as before.')
  const certificates = [{ ...new X509Certificate(certificatePem).publicKey.export({ format: 'jwk' }), alg: 'PS256' }] as JWK[]
  world.sandbox.worlds.entra.apps.set(OTHER_APP, { certificates })
  const kept = await set()
  expect(kept).toMatchObject({ code: 0, out: expect.stringContaining(`app ${OTHER_APP} of directory ${entraTenantId}`) })
  expect(kept.out).toContain('Kept: microsoft primary of acme, until 2126-10-29.')
  expect((await run({}, 'tenant', 'show', 'acme')).out).toMatch(/microsoft +primary +active .*certificate [0-9A-F]{40} +2126-10-29/)
  const other = join(folder, 'other.key')
  writeFileSync(other, selfSigned().privateKey)
  const mixed = await run({}, 'credential', 'set', 'acme', 'microsoft', '--certificate', pem, '--secret-from', `file:${other}`)
  expect(mixed.err).toContain('is not the key of the certificate')
})

test('while a secret is replaced both are live: the new one is used first and said to be, the old one where Entra takes only that', async () => {
  const { apps } = world.sandbox.worlds.entra
  const takes = (...values: readonly string[]) => apps.set(OTHER_APP, { secrets: values.map((value) => ({ value })), certificates: [] })
  await run({}, 'credential', 'drop', 'acme', 'microsoft', '--yes')
  takes('second')
  expect(await credential('second', 'set', 'acme', 'microsoft')).toMatchObject({ code: 0 })
  await run({}, 'credential', 'drop', 'acme', 'microsoft', '--secondary', '--yes')
  const tooEarly = await credential('third', 'set', 'acme', 'microsoft', '--secondary')
  expect(tooEarly).toMatchObject({ code: 1, out: expect.stringContaining('The primary one is used as before.') })
  const works = async () => {
    for await (const page of (await clients()).microsoft.listSubscriptions()) return page.length >= 0
    return true
  }
  expect(await works()).toBe(true)
  takes('second', 'third')
  const kept = await credential('third', 'set', 'acme', 'microsoft', '--secondary')
  expect(kept.out).toContain('Used first from now on: secondary. The primary one stays behind it')
  expect(kept.out).toContain('bridge credential drop acme microsoft --primary')
  for (const onlyOne of ['second', 'third']) {
    takes(onlyOne)
    await world.restart() // no token is kept
    expect(await works()).toBe(true)
  }
})

test('of two Connect tokens the newest is used, until it is refused: then the other', async () => {
  const { token, accountId } = connectSeed.provider
  await credential(token, 'set', 'acme', 'connect')
  await credential('ApiKey SU-9:revoked', 'set', 'acme', 'connect', '--secondary', '--unchecked')
  const asked = async () => (await clients()).connect.context()
  await expect(asked()).rejects.toMatchObject({ code: 'ERR_CONNECT_UNAUTHORIZED' })
  expect(await run({}, 'credential', 'check', 'acme', 'connect')).toMatchObject({ code: 1 })
  expect(await asked()).toMatchObject({ accountId })
  await run({}, 'credential', 'drop', 'acme', 'connect', '--secondary', '--yes')
})

test('the sign-in app is kept when Entra objects to neither app, secret nor redirect address', async () => {
  const args = ['set', 'acme', 'signIn', '--client-id', signInApp.clientId] as const
  const wrong = await credential('nonsense', ...args)
  expect(wrong.out).toContain('Entra does not accept the app')
  world.sandbox.setBridgeUrl('http://127.0.0.1:3000')
  const kept = await run({ input: signInApp.secret, env: { PUBLIC_URL: 'http://127.0.0.1:3000' } }, 'credential', ...args)
  expect(kept.out).toContain('redirect: http://127.0.0.1:3000/portal/signin')
  expect(kept).toMatchObject({ code: 0 })
  const elsewhere = await run({ input: signInApp.secret, env: { PUBLIC_URL: 'http://127.0.0.1:3999' } }, 'credential', ...args)
  expect(elsewhere.out).toContain('does not let people come back to http://127.0.0.1:3999/portal/signin')
  expect(
    (await signInCredential({ db: world.database.db, keyring: world.keyring }, tenantId.parse('acme'), world.clock.now()))?.clientId,
  ).toBe(signInApp.clientId)
})

test('a secret is never taken from the command line, and comes from a variable as well', async () => {
  const typed = await run({}, 'credential', 'set', 'acme', 'connect', '--secret-from', 'ApiKey SU-1:typed')
  expect(typed).toMatchObject({ code: 2, err: expect.stringContaining('A secret is not taken from the command line.') })
  expect(typed.err).not.toContain('typed')
  const env = { TOKEN: connectSeed.provider.token }
  expect(await run({ env }, 'credential', 'set', 'acme', 'connect', '--secret-from', 'env:TOKEN')).toMatchObject({ code: 0 })
  expect(await run({ env }, 'credential', 'set', 'acme', 'connect', '--secret-from', 'env:MISSING')).toMatchObject({ code: 1 })
})

test('a side that does not answer says nothing about a credential: only --unchecked keeps it', async () => {
  const fault = { world: 'connect', method: 'GET', path: '/auth/context', kind: 'status', status: 503, times: 100 } as const
  world.sandbox.worlds.faults.add(fault)
  const unclear = await credential(connectSeed.provider.token, 'set', 'acme', 'connect', '--secondary')
  expect(unclear).toMatchObject({ code: 1, out: expect.stringContaining('Tried without an answer') })
  const unchecked = await credential(connectSeed.provider.token, 'set', 'acme', 'connect', '--secondary', '--unchecked')
  expect(unchecked).toMatchObject({ code: 0, out: expect.stringContaining('Kept, unchecked: connect secondary of acme') })
}, 30_000)
