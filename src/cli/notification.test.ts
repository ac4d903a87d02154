import { expect, test } from 'vitest'
import { testDatabase } from '../../test/helpers/database.ts'
import { tenantId } from '../kit/ids.ts'
import { instant, standingClock } from '../kit/time.ts'
import { readNotice } from '../microsoft/index.ts'
import type { Delivery } from '../subscriptions/notification/row.ts'
import { addNotices } from '../subscriptions/notification/store.ts'
import { runCli } from './program.ts'

const { db, url } = await testDatabase()
const clock = standingClock('2030-01-01T00:00:00Z')
const SUBSCRIPTION = '37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const OPERATION = '74dfb4db-c193-4891-827d-eb05fbdc64b0'
const tenant = tenantId.parse('acme')

await db
  .insertInto('tenants')
  .values({ id: tenant, name: 'Acme', status: 'active', connect_api_url: null, created_at: new Date(0), updated_at: new Date(0) })
  .execute()

async function add(text: string): Promise<string> {
  const delivery: Delivery = {
    tenantId: tenant,
    productId: 'PRD-1',
    receivedAt: clock.now(),
    headers: { 'user-agent': 'marketplace' },
    body: { text, bytes: text.length, truncated: false },
    reading: readNotice(text),
    claims: { aud: 'app', iss: 'https://sts.windows.net/x/', tid: 'x', ver: '1.0', appid: 'y', exp: 1 },
    version: 'v1',
  }
  const [id = expect.fail('not stored')] = await addNotices(db, [{ delivery, now: clock.now() }])
  return id
}

const change = await add(
  JSON.stringify({
    id: OPERATION,
    subscriptionId: SUBSCRIPTION,
    action: 'ChangePlan',
    planId: 'gold',
    subscription: { id: SUBSCRIPTION, beneficiary: { emailId: 'mara.vogt@fabrikam.example' } },
  }),
)
const nonsense = await add('no JSON \u001b[31m')

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const env = { DATABASE_URL: url, BRIDGE_MASTER_KEY: 'ab'.repeat(32) }
  const code = await runCli(args, { env, out: (text) => out.push(text), err: (text) => err.push(text), clock })
  return { code, out: out.join(''), err: err.join('') }
}

test('list shows each notice and can be narrowed down', async () => {
  const all = await run('notification', 'list')
  expect(all).toMatchObject({ code: 0, err: '' })
  expect(all.out).toMatch(/ChangePlan +37f9dea2.* open\n/)
  expect(all.out).toContain('unreadable (notJson)')
  const ids = async (...args: readonly string[]) =>
    (JSON.parse((await run('notification', 'list', '--json', ...args)).out) as { id: string }[]).map(({ id }) => id)
  expect(await ids()).toEqual([nonsense, change])
  expect(await ids('--open')).toEqual([change])
  expect(await ids('--unreadable')).toEqual([nonsense])
  expect(await ids('--subscription', SUBSCRIPTION, '--operation', OPERATION, '--tenant', 'acme')).toEqual([change])
  expect(await ids('--limit', '1')).toEqual([nonsense])
})

test.each([
  [['list', '--limit', '0'], 2],
  [['list', '--operation', 'x'], 2],
  [['list', '--tenant', 'NO'], 1],
  [['show', 'x'], 1],
  [['show', SUBSCRIPTION], 1],
  [['replay', SUBSCRIPTION], 1],
] as const)('notification %o ends with %i', async (args, code) => {
  const ran = await run('notification', ...args)
  expect([ran.code, ran.err]).toEqual([code, expect.stringMatching(/./)])
})

test('show tells everything of a notice but whom it is about, and nothing in it moves the terminal', async () => {
  const shown = await run('notification', 'show', change)
  expect(shown.out).toContain('no answer of ours has left')
  expect(shown.out).toContain('user-agent: marketplace')
  expect(shown.out + (await run('notification', 'show', change, '--json')).out).not.toContain('mara')
  expect((await run('notification', 'show', nonsense)).out).not.toContain('\u001b')
})

test('replay makes the operation and its subscription due again; what cannot be read is refused with what to do', async () => {
  await db.deleteFrom('work').execute()
  expect(await run('notification', 'replay', change)).toMatchObject({ code: 0, out: expect.stringContaining(`operation ${OPERATION}`) })
  const woken = await db.selectFrom('work').select(['kind', 'key']).orderBy('due_at').execute()
  expect(woken).toEqual([
    { kind: 'subscription.operation', key: OPERATION },
    { kind: 'subscription', key: SUBSCRIPTION },
  ])
  expect(await run('notification', 'replay', nonsense)).toMatchObject({ code: 1, err: expect.stringContaining('ERR_NOTICE_UNREADABLE') })
})

test('tenant show tells which token Microsoft sends, and when it last called', async () => {
  const { out } = await run('tenant', 'show', 'acme')
  expect(out).toContain('First token accepted 2030-01-01T00:00:00.000Z: v1, caller in appid, audience app')
  expect(JSON.parse((await run('tenant', 'show', 'acme', '--json')).out).webhook.lastHeardAt).toBe(instant('2030-01-01').toISOString())
})
