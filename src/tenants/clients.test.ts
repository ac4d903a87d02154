import { createServer } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/helpers/database.ts'
import { createKeyring } from '../database/secrets.ts'
import { createHttp } from '../kit/http.ts'
import { offerId, tenantId } from '../kit/ids.ts'
import { silentLog } from '../kit/log.ts'
import { standingClock } from '../kit/time.ts'
import { createTokens } from '../microsoft/index.ts'
import { createTenantClients } from './clients.ts'
import { applySetup } from './setup/apply.ts'
import { readSetup } from './setup/read-file.ts'

const { db } = await testDatabase()
const keyring = createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] })
const clock = standingClock('2030-01-01T00:00:00Z')
const http = createHttp({ clock })

/** Answers 403 to everything and remembers who asked for what, and with which credential. */
const asked: string[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const secret = new URLSearchParams(Buffer.concat(chunks).toString()).get('client_secret')
    asked.push(`${request.url?.split('?')[0]} ${request.headers.authorization ?? secret}`)
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"no"}')
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
afterAll(async () => {
  await http.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const tokens = createTokens({ http, loginUrl: new URL(`${base}/login`), clock, log: silentLog })
const outside = {
  marketplace: `${base}/marketplace/api`,
  metering: `${base}/metering/api`,
  ingestion: `${base}/ingestion`,
  connect: `${base}/connect`,
}
const clients = createTenantClients({ db, keyring, http, tokens, outside, clock, log: silentLog })

const apply = async (yaml: string) => {
  const reading = readSetup(yaml, {})
  if (!reading.ok) throw new Error('the test has a faulty set-up')
  await applySetup(reading.setup, { db, keyring, clock })
}
const acme = tenantId.parse('acme')
const setup = (token: string, more = '') => `tenants: [{ id: acme, name: Acme, ${more} credentials: {
  connect: { primary: { apiKey: "ApiKey SU-1:${token}" } },
  microsoft: { tenantId: 6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201, clientId: a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10, primary: { secret: app-${token} } } } }]`

const askedBy = async (call: Promise<unknown>): Promise<readonly string[]> => {
  const before = asked.length
  await expect(call).rejects.toThrow()
  return asked.slice(before)
}

test("clients carry the tenant's own credentials to the configured addresses, and are kept while nothing changes", async () => {
  await apply(setup('one'))
  const first = await clients.clientsFor(acme)
  expect(await askedBy(first.connect.context())).toEqual([expect.stringMatching(/^\/connect\/\S+ ApiKey SU-1:one$/)])
  const [login] = await askedBy(first.microsoft.resolve('token'))
  expect(login).toMatch(/^\/login\/6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201\/\S+ app-one$/)
  const again = await clients.clientsFor(acme)
  expect(again.connect).toBe(first.connect)
  expect(again.microsoft).toBe(first.microsoft)
})

test('a changed credential counts at the very next call', async () => {
  await apply(setup('two'))
  const { connect, microsoft } = await clients.clientsFor(acme)
  expect(await askedBy(connect.context())).toEqual([expect.stringContaining('SU-1:two')])
  expect(await askedBy(microsoft.resolve('token'))).toContainEqual(expect.stringContaining('app-two'))
})

test("a tenant's own Connect address is used instead of the installation's", async () => {
  await apply(setup('two', `connectApiUrl: "${base}/own-connect/",`))
  expect(await askedBy((await clients.connectFor(acme)).context())).toEqual([expect.stringMatching(/^\/own-connect\//)])
})

test('without a credential, and for an unknown tenant, there is a code and no call', async () => {
  await apply('tenants: [{ id: bare, name: Bare }]')
  await expect(clients.microsoftFor(tenantId.parse('bare'))).rejects.toMatchObject({ code: 'ERR_CREDENTIAL_MISSING' })
  await expect(clients.connectFor(tenantId.parse('bare'))).rejects.toMatchObject({ code: 'ERR_CREDENTIAL_MISSING' })
  await expect(clients.connectFor(tenantId.parse('nobody'))).rejects.toMatchObject({ code: 'ERR_TENANT_NOT_FOUND' })
})

test('offers are managed by the Partner Center app alone; without one the reason names the credential that is missing', async () => {
  await apply(setup('three'))
  await expect(clients.ingestionFor(acme)).rejects.toMatchObject({ code: 'ERR_CREDENTIAL_MISSING', facts: { kind: 'partnerCenter' } })
  const app = 'tenantId: 6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201, clientId: a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e11'
  await apply(setup('three').replace('credentials: {', `credentials: { partnerCenter: { ${app}, primary: { secret: publishing } },`))
  const ingestion = await clients.ingestionFor(acme)
  expect(await clients.ingestionFor(acme)).toBe(ingestion)
  expect(await askedBy(ingestion.findProduct(offerId.parse('an-offer')))).toEqual([
    expect.stringMatching(/oauth2\/v2\.0\/token publishing$/),
  ])
})
