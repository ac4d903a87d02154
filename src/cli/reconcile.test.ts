import { expect, test } from 'vitest'
import { testDatabase } from '../../test/helpers/database.ts'
import { tenantId } from '../kit/ids.ts'
import { standingClock } from '../kit/time.ts'
import { keepFindings } from '../subscriptions/reconcile/findings.ts'
import { beginRun, countsOf, endRun } from '../subscriptions/reconcile/runs.ts'
import { runCli } from './program.ts'

const { db, url } = await testDatabase()
const clock = standingClock('2030-01-01T00:00:00Z')
const tenant = tenantId.parse('acme')

await db
  .insertInto('tenants')
  .values({ id: tenant, name: 'Acme', status: 'active', connect_api_url: null, created_at: new Date(0), updated_at: new Date(0) })
  .execute()

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const env = {
    SANDBOX: 'off',
    DATABASE_URL: url,
    BRIDGE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    PUBLIC_URL: 'https://shop.example',
  }
  const code = await runCli(['reconcile', ...args], { env, clock, out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join(''), err: err.join('') }
}

async function compared(): Promise<void> {
  const key = await beginRun(db, { tenantId: tenant, by: 'nightly', dryRun: false }, clock.now())
  const about = {
    environment: 'test' as const,
    subscriptionId: '11111111-2222-4333-8444-555555555555',
    assetId: 'AS-1',
    productId: 'PRD-1',
    offerId: '=offer',
  }
  const differences = [{ field: 'seats', microsoft: '12', connect: '10' }] as const
  await keepFindings(db, key, [{ ...about, standing: 'differs', differences, forecast: { will: 'step', step: 'change' } }], clock.now())
  await endRun(db, key, { faults: [], counts: countsOf((standing) => (standing === 'differs' ? 1 : 0)), preexisting: 1 }, clock.now())
}

test('confirm is refused before everything was compared once, and the first confirmation stands', async () => {
  expect(await run('confirm', 'acme')).toMatchObject({ code: 1, err: expect.stringContaining('ERR_RECONCILE_NOT_RUN') })
  expect((await run('report', 'acme')).err).toContain('ERR_RECONCILE_NOT_RUN')
  await compared()
  expect((await run('confirm', 'acme', '--by', 'ada')).out).toMatch(/^Confirmed/)
  expect((await run('confirm', 'acme')).out).toMatch(/confirmed before/)
})

test('report tells the same as text, JSON and CSV', async () => {
  await compared()
  const { out } = await run('report', 'acme')
  expect(out).toMatch(/1 {2}differs/)
  expect(out).toContain('AS-1  =offer  TEST')
  expect(out).toContain('seats: 12 at Microsoft, 10 in Connect')
  expect(out).toContain('the bridge: asks the vendor to change')
  expect(JSON.parse((await run('report', 'acme', '--json')).out)).toMatchObject({
    run: { counts: { differs: 1 }, faults: [] },
    findings: [
      { standing: 'differs', assetId: 'AS-1', environment: 'test', differences: [{ field: 'seats' }], bridge: 'asks the vendor to change' },
    ],
  })
  expect((await run('report', 'acme', '--csv')).out).toContain(
    "\r\ndiffers,11111111-2222-4333-8444-555555555555,AS-1,PRD-1,'=offer,seats,12,10,",
  )
  expect((await run('report', 'acme', '--csv')).out).toMatch(/,test\r\n$/)
})

test.each([
  [['report', 'acme', '--json', '--csv'], 2],
  [['release', 'acme', '--hours', '99'], 2],
  [['report', 'nobody'], 1],
  [['unmatch', '11111111-2222-4333-8444-555555555555'], 1],
])('%j is refused', async (args, code) => {
  expect((await run(...args)).code).toBe(code)
})

test('release says until when nothing is counted', async () => {
  expect((await run('release', 'acme', '--hours', '2')).out).toBe(
    'Nothing was paused.\nCancels and suspends are not counted until 2030-01-01T02:00:00.000Z.\n',
  )
})
