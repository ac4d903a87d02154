import { expect, test } from 'vitest'
import { testDatabase } from '../../test/helpers/database.ts'
import { recognizeApiKey } from '../identity/index.ts'
import { days, plus, standingClock } from '../kit/time.ts'
import { runCli } from './program.ts'

const { db, url } = await testDatabase()
const clock = standingClock('2030-01-01T00:00:00Z')
await db
  .insertInto('tenants')
  .values({ id: 'acme', name: 'Acme', status: 'active', connect_api_url: null, created_at: new Date(0), updated_at: new Date(0) })
  .execute()

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const env = { DATABASE_URL: url, BRIDGE_MASTER_KEY: 'ab'.repeat(32), USER: 'mara' }
  const code = await runCli(args, { env, out: (text) => out.push(text), err: (text) => err.push(text), clock })
  return { code, out: out.join(''), err: err.join('') }
}

test('a key is shown once, works, and ends when it is revoked', async () => {
  const made = await run('api-key', 'create', '--tenant', 'acme', '--name', 'nightly', '--scopes', 'read,operate', '--expires-in', '90d')
  expect(made).toMatchObject({ code: 0, err: '' })
  const [text = ''] = made.out.split('\n')
  const key = await recognizeApiKey(db, text, clock.now())
  expect(key).toMatchObject({ tenantId: 'acme', name: 'nightly', scopes: ['read', 'operate'], createdBy: 'mara' })
  expect(await recognizeApiKey(db, text, plus(clock.now(), days(90)))).toBeUndefined()
  const listed = await run('api-key', 'list', '--tenant', 'acme')
  expect(listed.out).toMatch(/nightly +read,operate +2030-01-01 00:00:00 by mara +2030-04-01 00:00:00 +.* valid\n/)
  expect(listed.out).not.toContain(text.slice(-43))
  expect((await run('api-key', 'revoke', key?.id ?? '')).out).toContain('is not valid any more')
  expect(await recognizeApiKey(db, text, clock.now())).toBeUndefined()
  expect((await run('api-key', 'list', '--tenant', 'acme')).out).toContain('revoked 2030-01-01 00:00:00 by mara')
})

test.each([
  [['create', '--tenant', 'acme', '--name', 'x', '--scopes', 'everything'], 2, '--scopes'],
  [['create', '--tenant', 'acme', '--name', ' '], 2, '--name'],
  [['create', '--tenant', 'acme', '--name', 'x', '--expires-in', 'soon'], 2, '--expires-in'],
  [['create', '--tenant', 'nobody', '--name', 'x'], 1, 'ERR_TENANT_NOT_FOUND'],
  [['revoke', '0000000000000000'], 1, 'ERR_API_KEY_NOT_FOUND'],
] as const)('%j is refused', async (args, code, told) => {
  expect(await run('api-key', ...args)).toMatchObject({ code, err: expect.stringContaining(told) })
})
