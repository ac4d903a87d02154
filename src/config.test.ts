import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Variable, variables } from './config/variables.ts'
import { type Config, describeFaults, type Environment, readConfig } from './config.ts'

const APP = 'c9b2e8a4-1f63-4d0a-b7c5-3e2d9f8a6b40'
const key = 'ab'.repeat(32)
const real = { PUBLIC_URL: 'https://shop.larkspur.example', DATABASE_URL: 'postgres://u:hush-hush@db/bridge', BRIDGE_MASTER_KEY: key }

const configOf = (env: Environment): Config => {
  const reading = readConfig(env)
  if (!reading.ok) throw new Error(describeFaults(reading.faults))
  return reading.config
}
const faultsOf = (env: Environment) => {
  const reading = readConfig(env)
  return reading.ok ? [] : reading.faults
}

test('an empty environment runs on this machine with the embedded database and the sandbox, and reaches nothing outside', () => {
  const config = configOf({})
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    trustProxy: false,
    logLevel: 'warn',
    database: { kind: 'embedded', dataDir: './data' },
    masterKey: { kind: 'createdOnce', path: 'data/master-key' },
    sandbox: { on: true, port: 3100, url: 'http://127.0.0.1:3100' },
  })
  for (const url of Object.values(config.outside)) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3100\//)
})

test("a real installation gets Microsoft's and Connect's own addresses and no sandbox", () => {
  const config = configOf(real)
  expect(config.sandbox.on).toBe(false)
  expect(config.database).toEqual({ kind: 'url', url: real.DATABASE_URL })
  expect(config.outside).toEqual({
    marketplace: 'https://marketplaceapi.microsoft.com/api',
    metering: 'https://marketplaceapi.microsoft.com/api',
    login: 'https://login.microsoftonline.com',
    sts: 'https://sts.windows.net',
    ingestion: 'https://graph.microsoft.com/rp/product-ingestion',
    connect: 'https://api.connect.cloudblue.com/public/v1',
    tierRequest: undefined,
  })
})

test('the metering URL follows the marketplace URL unless set itself', () => {
  expect(configOf({ MICROSOFT_MARKETPLACE_URL: 'https://emulator.example/api/' }).outside.metering).toBe('https://emulator.example/api')
  expect(configOf({ ...real, MICROSOFT_METERING_URL: 'https://m.example' }).outside.metering).toBe('https://m.example')
})

test.each<[Environment, boolean]>([
  [{ SANDBOX: 'off' }, false],
  [{ MICROSOFT_LOGIN_URL: 'https://login.example' }, false],
  [{ CONNECT_API_URL: 'https://connect.example' }, false],
  [{ PUBLIC_URL: 'https://shop.example' }, false],
  [{ PUBLIC_URL: 'http://localhost:8080' }, true],
  [{ ...real, SANDBOX: 'on' }, true],
  [{ LOG_LEVEL: 'debug', PORT: '4000', DATA_DIR: '/var/lib/bridge' }, true],
])('the sandbox is on by itself only where nothing real is configured: %j', (env, on) => {
  expect(configOf(env).sandbox.on).toBe(on)
})

test('with the sandbox on, an outside URL set by hand stays', () => {
  const { outside } = configOf({ SANDBOX: 'on', CONNECT_API_URL: 'https://connect.example/public/v1' })
  expect(outside.connect).toBe('https://connect.example/public/v1')
  expect(outside.login).toBe('http://127.0.0.1:3100/entra')
})

test.each<[Environment, string, RegExp]>([
  [{ PORT: '0' }, 'PORT', /1 to 65535/],
  [{ PORT: '3000x' }, 'PORT', /port/],
  [{ HOST: 'a b' }, 'HOST', /host name/],
  [{ HOST: '0.0.0.0' }, 'PUBLIC_URL', /not a loopback/],
  [{ PUBLIC_URL: 'http://shop.example' }, 'PUBLIC_URL', /https/],
  [{ PUBLIC_URL: 'https://shop.example/path' }, 'PUBLIC_URL', /without a path/],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY', /number of proxies/],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /warn/],
  [{ DATABASE_URL: 'mysql://u:hush-hush@db/x', BRIDGE_MASTER_KEY: key }, 'DATABASE_URL', /postgres:/],
  [{ DATABASE_URL: 'postgres://db/x' }, 'BRIDGE_MASTER_KEY', /because DATABASE_URL/],
  [{ BRIDGE_MASTER_KEY: 'hush-hush' }, 'BRIDGE_MASTER_KEY', /32 bytes/],
  [{ BRIDGE_MASTER_KEY: key, BRIDGE_MASTER_KEY_FILE: '/run/key' }, 'BRIDGE_MASTER_KEY_FILE', /absent/],
  [{ MICROSOFT_LOGIN_URL: 'http://login.example' }, 'MICROSOFT_LOGIN_URL', /https/],
  [{ MICROSOFT_STS_URL: 'https://sts.example?x=1' }, 'MICROSOFT_STS_URL', /without query/],
  [{ CONNECT_API_URL: 'https://me:hush-hush@connect.example' }, 'CONNECT_API_URL', /https/],
  [{ CONNECT_TIER_REQUEST_URL: 'https://portal.example/tiers' }, 'CONNECT_TIER_REQUEST_URL', /\{id\}/],
  [{ CONNECT_TIER_REQUEST_URL: 'https://portal.example/?id={id}' }, 'CONNECT_TIER_REQUEST_URL', /without query/],
  [{ SIGN_IN_CLIENT_ID: APP }, 'SIGN_IN_CLIENT_SECRET', /because SIGN_IN_CLIENT_ID is set \(or take SIGN_IN_CLIENT_ID away/],
  [{ SIGN_IN_CLIENT_SECRET: 'hush-hush' }, 'SIGN_IN_CLIENT_ID', /because SIGN_IN_CLIENT_SECRET is set/],
  [
    { SIGN_IN_CLIENT_ID: 'bridge-app', SIGN_IN_CLIENT_SECRET: 'hush-hush' },
    'SIGN_IN_CLIENT_ID',
    /a GUID as its overview in Entra shows it/,
  ],
  [{ SIGN_IN_CLIENT_ID: APP, SIGN_IN_CLIENT_SECRET: 'hush-hush,' }, 'SIGN_IN_CLIENT_SECRET', /none of them empty/],
  [
    { REACHABILITY_PROBE_URL: 'http://probe.example/?code=hush-hush' },
    'REACHABILITY_PROBE_URL',
    /leave it out to have our addresses called from here/,
  ],
  [{ SIGN_IN_CLIENT_SECRET_EXPIRES: '2027-13-01' }, 'SIGN_IN_CLIENT_SECRET_EXPIRES', /the day the newest secret ends/],
  [{ REACHABILITY_PROBE_URL: 'probe.example' }, 'REACHABILITY_PROBE_URL', /the https URL of a probe that runs outside/],
  [{ SANDBOX: 'yes' }, 'SANDBOX', /auto, on or off/],
  [{ SANDBOX_PORT: '3000' }, 'SANDBOX_PORT', /other than PORT/],
  [{ MICROSOFT_LOGIN_URI: 'https://login.example' }, 'MICROSOFT_LOGIN_URI', /MICROSOFT_LOGIN_URL/],
  [{ DATABASE_URI: 'postgres://u:hush-hush@db/x' }, 'DATABASE_URI', /DATABASE_URL/],
  [{ database_url: 'postgres://u:hush-hush@db/x' }, 'database_url', /DATABASE_URL/],
  [{ BRIDGE_MASTERKEY: 'hush-hush' }, 'BRIDGE_MASTERKEY', /BRIDGE_MASTER_KEY/],
])('%j names %s and what was expected', (env, variable, expected) => {
  const faults = faultsOf(env)
  expect(faults.map((fault) => fault.variable)).toEqual([variable])
  expect(faults[0]?.expected).toMatch(expected)
  expect(JSON.stringify(faults)).not.toContain('hush-hush')
  expect(describeFaults(faults)).toContain(`${variable}: expected `)
})

test('a probe keeps the key in its query, and without one its address as given', () => {
  expect(configOf({ REACHABILITY_PROBE_URL: 'https://probe.example/reach/?code=a%2Fb' }).reachabilityProbe).toBe(
    'https://probe.example/reach?code=a%2Fb',
  )
  expect(configOf({ REACHABILITY_PROBE_URL: 'https://probe.example/reach' }).reachabilityProbe).toBe('https://probe.example/reach')
})

test('all faults are told at once', () => {
  const faults = faultsOf({ PORT: 'x', LOG_LEVEL: 'x', MICROSOFT_STS_URL: 'x', DATABASE_URL: 'x', DATABASE_URI: 'x' })
  expect(faults.map((fault) => fault.variable).sort()).toEqual([
    'BRIDGE_MASTER_KEY',
    'DATABASE_URI',
    'DATABASE_URL',
    'LOG_LEVEL',
    'MICROSOFT_STS_URL',
    'PORT',
  ])
})

test('names that are only near ours are left alone', () => {
  expect(faultsOf({ PORTS: '1', HOSTNAME: 'x', CONNECT_TOKEN: 'x', MICROSOFT_CLIENT_SECRET: 'x', TEST_DATABASE_URL: 'x' })).toEqual([])
})

test('plain http is taken for loopback hosts only, whatever the host', () => {
  const host = fc.domain().filter((name) => !name.endsWith('.localhost') && name !== 'localhost')
  fc.assert(fc.property(host, (name) => faultsOf({ CONNECT_API_URL: `http://${name}/v1` }).length === 1))
  for (const name of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'bridge.localhost']) {
    expect(faultsOf({ CONNECT_API_URL: `http://${name}:3100/v1` })).toEqual([])
  }
  for (const name of ['127.0.0.1.evil.example', 'localhost.evil.example', '128.0.0.1', '[::2]']) {
    expect(faultsOf({ CONNECT_API_URL: `http://${name}/v1` })).toHaveLength(1)
  }
})

test('docs/configuration.md says of every variable what the code says', () => {
  const rows = readFileSync('docs/configuration.md', 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name]) => name?.startsWith('`'))
    .map(([, ...cells]) => cells.slice(0, 4))
  expect(rows).toEqual(
    Object.entries<Variable>(variables).map(([name, { about, expected, otherwise }]) => [`\`${name}\``, about, expected, otherwise]),
  )
})

test('versions of Microsoft’s offer resources may be named one by one; a name or version that is none is a fault', () => {
  const env = { ...real, MICROSOFT_INGESTION_VERSIONS: 'listing=2022-03-01-preview5, plan = 2022-07-01' }
  expect(configOf(env).ingestionVersions).toEqual({ listing: '2022-03-01-preview5', plan: '2022-07-01' })
  expect(configOf(real).ingestionVersions).toEqual({})
  for (const text of ['listng=2022-07-01', 'listing=latest', 'listing', 'listing=2022-07-01,listing=2022-07-02', 'plan=2022-07-01=x'])
    expect(faultsOf({ ...real, MICROSOFT_INGESTION_VERSIONS: text }).map(({ variable }) => variable)).toEqual([
      'MICROSOFT_INGESTION_VERSIONS',
    ])
})
