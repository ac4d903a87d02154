/** The schedule of checks over the sandbox's worlds: what an operator sees of a credential, and what is told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import { listAttention } from '../../src/attention/index.ts'
import { tenantId } from '../../src/kit/ids.ts'
import { days, hours, plus } from '../../src/kit/time.ts'
import { wakeCredentialChecks } from '../../src/tenants/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { createWorld, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  const app = { clientId: publisher.signInApp.clientId, secrets: ['rotated away', publisher.signInApp.secret], expiresAt: undefined }
  world = await createWorld({ port: 39_100, signInApp: app })
  world.sandbox.setBridgeUrl('http://127.0.0.1:39100')
  await wakeCredentialChecks(world.database.db, world.clock.now())
  await world.rest()
})
afterAll(() => world.stop())

const { signInApp, apiApp } = publisher
const env = { PUBLIC_URL: 'http://127.0.0.1:39100' }
const show = async () => (await terminal(world, { env })('tenant', 'show', TENANT)).out
const told = async () => {
  const items = await listAttention(world.database.db, { tenantId: TENANT }, world.clock.now())
  return items
    .filter(({ code, state }) => code.startsWith('CREDENTIAL_') && state !== 'resolved')
    .map(({ code, facts }) => [code, facts['credentials']])
}
const secretOfApp = (value: string) => world.sandbox.worlds.entra.apps.set(apiApp.clientId, { secrets: [{ value }] })

test('a tenant’s credentials are active once they were tried, and what is not set is said', async () => {
  const text = await show()
  expect(text).toMatch(/connect +primary +active/)
  expect(text).toMatch(/microsoft +primary +active/)
  expect(text).toMatch(/signIn +primary +active/)
  expect(text).toContain('Not set: partnerCenter')
  expect(await told()).toEqual([])
})

test('an end that comes near is told at 30, 14 and 3 days, and goes when it was replaced', async () => {
  const end = plus(world.clock.now(), days(40)).toISOString()
  const as = terminal(world, { env, input: signInApp.secret })
  await as('credential', 'set', TENANT, 'signIn', '--expires', end)
  expect(await told()).toEqual([])
  const day = end.slice(0, 10)
  for (const [length, stage] of [
    [days(11), 30],
    [days(16), 14],
    [days(11), 3],
  ] as const) {
    await world.pass(length)
    await wakeCredentialChecks(world.database.db, world.clock.now())
    await world.rest()
    expect(await told()).toEqual([['CREDENTIAL_EXPIRING', [`signIn primary: ${day}, within ${stage} days`]]])
  }
  expect(await show()).toMatch(/signIn +primary +expiring/)
  await as('credential', 'set', TENANT, 'signIn', '--secondary')
  expect(await told()).toEqual([])
})

test('a refused secret beside a good one is told with the cause, and shown since when', async () => {
  const as = terminal(world, { env, input: 'not the secret' })
  expect((await as('credential', 'set', TENANT, 'microsoft', '--secondary', '--unchecked')).code).toBe(0)
  await world.pass(hours(7))
  expect(await told()).toEqual([['CREDENTIAL_FAILS', ['microsoft secondary: ERR_MS_CREDENTIAL_WRONG']]])
  expect(await show()).toMatch(/microsoft secondary: Microsoft Entra does not accept .* last good never\./)
  const check = await as('credential', 'check', TENANT, 'microsoft')
  expect(check).toMatchObject({ code: 1, out: expect.stringContaining('ERR_MS_CREDENTIAL_WRONG') })
  await as('credential', 'drop', TENANT, 'microsoft', '--secondary', '--yes')
  expect(await told()).toEqual([])
})

test('a secret that is changed at the other side turns to error within the next check, and back once it is right again', async () => {
  secretOfApp('rotated elsewhere')
  await world.pass(hours(8))
  const text = await show()
  expect(text).toMatch(/microsoft +primary +error/)
  expect(text).toContain('ERR_MS_CREDENTIAL_WRONG')
  secretOfApp(apiApp.secret)
  await world.pass(hours(2))
  expect(await show()).toMatch(/microsoft +primary +active/)
}, 30_000)

test('the installation’s own sign-in app is on the schedule of every tenant without one, and told to that tenant', async () => {
  const shown = async () => (await terminal(world, { env })('tenant', 'show', 'acme')).out
  const items = async () => {
    const all = await listAttention(world.database.db, { tenantId: tenantId.parse('acme') }, world.clock.now())
    const told = all.filter(({ code, state }) => code.startsWith('CREDENTIAL_') && state !== 'resolved')
    return told.map(({ code, facts }) => [code, facts['credentials']])
  }
  expect((await terminal(world, { env })('tenant', 'create', 'acme', '--name', 'Acme')).code).toBe(0)
  await world.rest()
  expect(await shown()).toContain(`signIn: the installation’s app ${signInApp.clientId}, active`)
  expect(await shown()).toContain('signIn installation: The first secret of SIGN_IN_CLIENT_SECRET is not taken; an older one behind it is.')
  expect(await shown()).toContain('Not set: connect, microsoft, partnerCenter')
  world.sandbox.setBridgeUrl('http://127.0.0.1:39199') // another redirect address is registered
  await world.pass(hours(8))
  expect(await shown()).toMatch(
    /signIn: the installation’s app .*, error\nsignIn installation: Entra does not accept the app .* last good /,
  )
  expect(await items()).toEqual([['CREDENTIAL_FAILS', ['signIn installation: ERR_CREDENTIAL_UNFIT']]])
  world.sandbox.setBridgeUrl('http://127.0.0.1:39100')
  const own = { SIGN_IN_CLIENT_ID: signInApp.clientId, SIGN_IN_CLIENT_SECRET: signInApp.secret, SIGN_IN_CLIENT_SECRET_EXPIRES: dayIn(10) }
  expect((await terminal(world, { env: { ...env, ...own } })('credential', 'check', 'acme')).out).toContain('signIn installation')
  expect(await items()).toEqual([['CREDENTIAL_EXPIRING', [`signIn installation: ${dayIn(10)}, within 14 days`]]])
})

const dayIn = (count: number): string => plus(world.clock.now(), days(count)).toISOString().slice(0, 10)
