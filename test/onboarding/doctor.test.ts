/** The preflight over the sandbox's worlds, from a publisher that is as it should be to links that are broken one by one. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSeed } from '../../sandbox/seed.ts'
import { days, minutes, plus } from '../../src/kit/time.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { listening } from '../helpers/listening.ts'
import { createWorld, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  world = await createWorld()
  env = await listening(world)
  await world.rest()
})
afterAll(() => world.stop())

const doctor = (...args: readonly string[]) => terminal(world, { env })('doctor', ...args)

interface Report {
  readonly result: Readonly<Record<string, number>>
  readonly checks: readonly { readonly code: string; readonly result: string; readonly sentence: string; readonly tenantId?: string }[]
}
const report = async (...args: readonly string[]): Promise<Report> => JSON.parse((await doctor(...args, '--json')).out)
const finding = async (code: string, ...args: readonly string[]) =>
  (await report(TENANT, NOTES, ...args)).checks.find((one) => one.code === code)

test('a publisher as it should be: each link is looked at for real, and what cannot be is said', async () => {
  const { checks } = await report(TENANT, NOTES)
  const not = checks.filter(({ result }) => result !== 'passed').map(({ code, result }) => [code, result])
  expect(not).toEqual([
    ['PUBLIC_ADDRESS', 'failed'],
    ['ACCOUNT_ENROLLED', 'skipped'],
    ['TAX_PROFILE', 'skipped'],
    ['PAYOUT_PROFILE', 'skipped'],
    ['PARTNER_CENTER_APP', 'skipped'],
    ['WEBHOOK_HEARD', 'warning'],
    ['CONNECT_WEBHOOK', 'skipped'],
    ['OFFER_IN_ACCOUNT', 'skipped'],
    ['TECHNICAL_CONFIGURATION', 'skipped'],
    ['DRAFT_PARITY', 'skipped'],
    ['SUBMISSIONS', 'skipped'],
    ['PLAN_PARITY', 'skipped'],
    ['DIMENSION_PARITY', 'skipped'],
    ['LEADS', 'skipped'],
    ['TEST_PURCHASE', 'warning'],
  ])
})

test('the text is grouped by the four steps, and the exit code says how it stands', async () => {
  const { code, out, err } = await doctor(TENANT, NOTES)
  expect(code).toBe(2)
  expect(err).toContain('Something failed.')
  expect(out.split('\n').filter((line) => /^\d\. /.test(line))).toEqual([
    '1. Be a partner of Microsoft',
    '2. The product in Connect',
    '3. The offer at Microsoft',
    '4. The bridge between them',
  ])
  expect(out).toContain('+ passed    MICROSOFT_API: The marketplace answers this app.')
  expect(out).not.toMatch(/sandbox-(provider-token|api-app-secret|sign-in-app-secret)/)
})

test('what no API tells is declared, shown as declared, grows old, and can be withdrawn', async () => {
  const as = terminal(world, { env })
  expect((await as('doctor', 'declare', TENANT, 'TAX_PROFILE', '--note', 'seen in Partner Center')).out).toContain('Declared by mara on')
  expect(await finding('TAX_PROFILE')).toMatchObject({ result: 'declared', sentence: expect.stringContaining('seen in Partner Center') })
  await world.database.db
    .updateTable('declarations')
    .set({ declared_at: new Date(plus(world.clock.now(), -days(400)).getTime()) })
    .execute()
  expect(await finding('TAX_PROFILE')).toMatchObject({
    result: 'warning',
    sentence: expect.stringContaining('more than twelve months ago'),
  })
  await as('doctor', 'declare', TENANT, 'TAX_PROFILE', '--withdraw')
  expect(await finding('TAX_PROFILE')).toMatchObject({ result: 'skipped' })
  expect(await as('doctor', 'declare', TENANT, 'CLOCK')).toMatchObject({ code: 2 })
})

test('work that waits too long is found', async () => {
  world.clock.moveBy(minutes(90))
  expect(await finding('QUEUE')).toMatchObject({ result: 'failed', sentence: expect.stringContaining('on the work list') })
  await world.rest()
  expect(await finding('QUEUE')).toMatchObject({ result: 'passed' })
})

test('the places a product may be set up with are listed as Connect shows them', async () => {
  const { code, out } = await terminal(world, { env })('connect', 'places', TENANT)
  expect(code).toBe(0)
  expect(out).toContain(connectSeed.marketplace.id)
  expect(out).toMatch(/production +CT-5501-7320-4401 +HB-6011-1401/)
  expect(out).toMatch(/test +CT-5501-7320-4501 +HB-6011-1402/)
})
