/** The schedule of checks over the sandbox's worlds: what an operator sees of a credential, and what is told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import { listAttention } from '../../src/attention/index.ts'
import { days, hours, plus } from '../../src/kit/time.ts'
import { wakeCredentialChecks } from '../../src/tenants/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { createWorld, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ port: 39_100 })
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
