import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/helpers/database.ts'
import { wake } from '../database/work/index.ts'
import { tenantId } from '../kit/ids.ts'
import { instant, standingClock } from '../kit/time.ts'
import { DISCOVERY_WORK } from '../subscriptions/index.ts'
import { runCli } from './program.ts'

const { db, url } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'bridge-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
const env = {
  DATABASE_URL: url,
  BRIDGE_MASTER_KEY: 'ab'.repeat(32),
  PUBLIC_URL: 'https://shop.example',
  ACME_TOKEN: 'ApiKey SU-1:hush-hush',
}

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

const run = async (...args: readonly string[]): Promise<Ran> => {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(args, {
    env,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    clock: standingClock('2030-01-01T00:00:00Z'),
  })
  return { code, out: out.join(''), err: err.join('') }
}

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

writeFileSync(join(folder, 'sign-in-secret'), 'hush-hush\n')
const acme = (name: string) => `tenants:
  - id: acme
    name: ${name}
    credentials:
      connect: { primary: { apiKey: env:ACME_TOKEN } }
      signIn: { clientId: c9b2e8a4-1f63-4d0a-b7c5-3e2d9f8a6b40, primary: { secret: file:sign-in-secret } }
    products:
      - id: PRD-1
        name: Notes
        marketplace: MP-1
        connections: { test: { hub: HB-1, connection: CT-1 }, production: { hub: HB-2, connection: CT-2 } }
        tier1: { id: TA-1, parameters: { reseller_key: hush-hush } }
        offers: [{ id: notes, plans: [{ id: team, items: [{ id: PRD-1-0001, kind: reservation }] }] }]
`

test('as a program of its own: applies a file, tells what changed, and ends with 0', async () => {
  const path = file('acme.yaml', acme('Acme'))
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'apply', path]
  const ran = await new Promise<Ran>((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
  expect(ran.err).toBe('')
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('+ acme: plan notes / team added\n6 changes made.') })
}, 60_000)

test('apply, tenant list and tenant show never print a secret, in words or as JSON', async () => {
  await run('apply', file('acme.yaml', acme('Acme')))
  const runs = [
    await run('apply', file('acme.yaml', acme('Acme Ltd'))),
    await run('apply', '--json', file('acme.yaml', acme('Acme').replace('reseller_key: hush-hush', 'reseller_key: hush-hush-2'))),
    await run('tenant', 'list'),
    await run('tenant', 'list', '--json'),
    await run('tenant', 'show', 'acme'),
    await run('tenant', 'show', 'acme', '--json'),
  ]
  for (const { code, out, err } of runs) {
    expect(code).toBe(0)
    expect(out + err).not.toMatch(/hush-hush|v1\./)
  }
  expect(runs[0]?.out).toContain('name: Acme -> Acme Ltd\n1 change made.')
  expect(JSON.parse(runs[1]?.out ?? '').changes).toHaveLength(2)
  expect(runs[4]?.out).toContain('https://shop.example/portal/acme/PRD-1/start')
  expect(runs[4]?.out).toMatch(/listing\.goLive: confirm/)
  expect(runs[4]?.out).not.toContain('[object')
  expect(JSON.parse(runs[5]?.out ?? '')).toMatchObject({ id: 'acme', products: [{ tier1: { id: 'TA-1', parameters: ['reseller_key'] } }] })
})

test('a dry run says so and leaves everything', async () => {
  await run('apply', file('acme.yaml', acme('Acme')))
  expect(await run('apply', '--dry-run', file('acme.yaml', acme('Changed')))).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 change to make; nothing was changed (dry run).'),
  })
  expect((await run('apply', file('acme.yaml', acme('Acme')))).out).toMatch(/^Nothing to change\.\n/)
})

test('faults go to standard error with file, place and line, and end with 1', async () => {
  const path = file('faulty.yaml', acme('Acme').replace('kind: reservation', 'kind: seats').replace('marketplace', 'bazaar'))
  const ran = await run('apply', path)
  expect(ran).toMatchObject({ code: 1, out: '' })
  expect(ran.err.split('\n')).toEqual([
    `${path} has 3 faults; nothing was changed:`,
    '  tenants[0].products[0].marketplace (line 8): is missing: expected text',
    '  tenants[0].products[0] (line 8): the key "bazaar" is not known',
    '  tenants[0].products[0].offers[0].plans[0].items[0].kind (line 13): expected reservation or payAsYouGo',
    '',
  ])
  const json = await run('apply', '--json', path)
  expect(JSON.parse(json.out).faults).toContainEqual({
    path: 'tenants[0].products[0].marketplace',
    line: 8,
    message: 'is missing: expected text',
  })
})

test.each<[readonly string[], number, RegExp]>([
  [['apply', '/nowhere.yaml'], 1, /nowhere\.yaml cannot be read \(ENOENT\)/],
  [['tenant', 'show', 'nobody'], 1, /no such tenant.*\n.*bridge tenant list/i],
  [['tenant', 'show', 'Not A Tenant'], 1, /no such tenant/],
  [['work', 'wake', 'nonsense', 'x'], 1, /No worker looks at "nonsense"/],
  [['work', 'list', '--limit', '0'], 2, /1 to 1000/],
  [['tenant', 'show'], 2, /missing required argument/],
  [['frobnicate'], 2, /unknown command/],
])('%j ends with %i and says why', async (args, code, message) => {
  const ran = await run(...args)
  expect(ran).toMatchObject({ code, out: '' })
  expect(ran.err).toMatch(message)
})

test('every fault of the configuration is told before anything is opened', async () => {
  const err: string[] = []
  const context = {
    env: { PORT: 'x', LOG_LEVEL: 'x' },
    out: () => {},
    err: (text: string) => err.push(text),
    clock: standingClock('2030-01-01T00:00:00Z'),
  }
  expect(await runCli(['tenant', 'list'], context)).toBe(1)
  expect(err.join('')).toMatch(/^PORT: .*\nLOG_LEVEL: .*\n$/)
})

test('purchases of a tenant set up while the bridge runs are looked for from then on', async () => {
  await run('apply', file('later.yaml', 'tenants: [{ id: later, name: Later }]'))
  expect(JSON.parse((await run('work', 'list', '--tenant', 'later', '--kind', DISCOVERY_WORK, '--json')).out)).toMatchObject([
    { tenantId: 'later', kind: DISCOVERY_WORK, dueAt: '2030-01-01T00:00:00.000Z' },
  ])
})

test('work list shows what waits, and wake makes it due now', async () => {
  const object = { tenantId: tenantId.parse('acme'), kind: 'subscription', key: 'sub-1' }
  await db.insertInto('work_kind').values({ kind: 'subscription', priority: 50 }).execute()
  await wake(db, object, instant('2030-06-01T00:00:00Z'))
  expect((await run('work', 'list')).out).toMatch(/acme +subscription +sub-1 +2030-06-01T00:00:00\.000Z/)
  expect(await run('work', 'wake', 'subscription', 'sub-1', '--tenant', 'acme')).toMatchObject({
    code: 0,
    out: 'subscription sub-1 is due now.\n',
  })
  expect(JSON.parse((await run('work', 'list', '--key', 'sub-1', '--json')).out)).toMatchObject([
    { ...object, dueAt: '2030-01-01T00:00:00.000Z' },
  ])
  expect((await run('work', 'list', '--kind', 'other')).out).toBe('Nothing on the work list.\n')
  expect((await run('work', 'wake', 'subscription', 'sub-1', '--tenant', 'nobody')).code).toBe(1)
})
