import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectSeed, products, publisher } from '../../../sandbox/seed.ts'
import { testDatabase } from '../../../test/helpers/database.ts'
import { createKeyring, type Keyring } from '../../database/secrets.ts'
import type { Db } from '../../database/types.ts'
import { offerId, planId, productId, tenantId } from '../../kit/ids.ts'
import { standingClock } from '../../kit/time.ts'
import { connectCredential, microsoftCredential, signInCredential } from '../credentials.ts'
import { defaultPolicies } from '../model/policies.ts'
import { findProductByOffer, getProduct, getTenant, listPlanMappings, listProducts, planMapping } from '../read.ts'
import { type ApplyOutcome, applySetup } from './apply.ts'
import { describeChange, describeFault } from './describe.ts'
import { readSetup } from './read-file.ts'

const { db } = await testDatabase()
const keyring = createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] })
const clock = standingClock('2030-01-01T00:00:00Z')
const sandboxYaml = readFileSync('examples/sandbox.yaml', 'utf8')

const apply = (text: string, { ring = keyring, dryRun = false }: { ring?: Keyring; dryRun?: boolean } = {}): Promise<ApplyOutcome> => {
  const reading = readSetup(text, {})
  if (!reading.ok) throw new Error(reading.faults.map((fault) => describeFault(fault)).join('\n'))
  return applySetup(reading.setup, { db, keyring: ring, clock, dryRun })
}
const linesOf = (outcome: ApplyOutcome): readonly string[] =>
  outcome.ok ? outcome.changes.flatMap(describeChange) : outcome.faults.map((fault) => describeFault(fault))

/** The sandbox's set-up under another tenant id and with an app of its own, so that tests do not meet. */
const sandboxAs = (tenant: string): string =>
  sandboxYaml.replace('id: larkspur\n', `id: ${tenant}\n`).replace(publisher.apiApp.clientId, appOf(tenant))
const appOf = (tenant: string): string => `a3f0c6de-7d55-4c1b-8f39-${Buffer.from(tenant.padEnd(6).slice(0, 6)).toString('hex')}`
const dump = async (on: Db): Promise<string> => {
  const rows = await sql`select to_jsonb(t) - 'secret' as row from (select * from credentials) t
    union all select to_jsonb(t) from tenants t union all select to_jsonb(t) from products t
    union all select to_jsonb(t) from offers t union all select to_jsonb(t) from plan_map t`.execute(on)
  return JSON.stringify(rows.rows)
}

/** The seed has others that wait for an offer. */
const sold = products.filter(({ offers }) => offers.length > 0)

test("examples/sandbox.yaml is the sandbox's seed, told from the bridge's side", async () => {
  await apply(sandboxYaml)
  const tenant = tenantId.parse(publisher.tenantId)
  expect(await getTenant(db, tenant)).toEqual({ id: tenant, name: publisher.name, status: 'active', connectApiUrl: undefined })
  const now = clock.now()
  expect(await connectCredential({ db, keyring }, tenant, now)).toEqual({ apiKeys: [connectSeed.provider.token] })
  expect(await microsoftCredential({ db, keyring }, tenant, now)).toEqual({
    tenantId: publisher.entraTenantId,
    clientId: publisher.apiApp.clientId,
    credentials: [{ kind: 'secret', secret: publisher.apiApp.secret }],
  })
  expect(await signInCredential({ db, keyring }, tenant, now)).toEqual({
    clientId: publisher.signInApp.clientId,
    secrets: [publisher.signInApp.secret],
  })
  expect(
    (await listProducts(db, tenant)).map(({ id, name, marketplaceId, connections, tier1 }) => ({
      id,
      name,
      marketplaceId,
      connections,
      tier1,
    })),
  ).toEqual(
    sold.map(({ id, name, connections }) => ({
      id,
      name,
      marketplaceId: connectSeed.marketplace.id,
      connections: {
        production: { hub: connectSeed.hubs.production.id, connection: connections.production },
        test: { hub: connectSeed.hubs.test.id, connection: connections.test },
      },
      tier1: { id: connectSeed.reseller.id, parameters: {} },
    })),
  )
})

test.each(products.flatMap((product) => product.offers.map((offer) => ({ product, offer, name: offer.offerId }))))(
  "the plans of $name are mapped to the seed's items, a flat-rate plan to every pay-as-you-go item",
  async ({ product, offer }) => {
    const tenant = tenantId.parse(publisher.tenantId)
    expect((await findProductByOffer(db, tenant, offerId.parse(offer.offerId)))?.id).toBe(product.id)
    const mapped = await listPlanMappings(db, tenant, offerId.parse(offer.offerId))
    const wanted = offer.plans.map((plan) => ({
      offerId: offer.offerId,
      planId: plan.planId,
      name: plan.name,
      status: 'active',
      items: product.items
        .filter((item) => (offer.model === 'flatRate' ? item.type === 'PPU' : item.planId === plan.planId))
        .map((item) => ({ itemId: item.id, kind: offer.model === 'flatRate' ? 'payAsYouGo' : 'reservation', dimension: item.dimensionId })),
    }))
    expect(mapped).toEqual(wanted.sort((a, b) => a.planId.localeCompare(b.planId)))
  },
)

test('applying the same file again changes nothing, to the last byte', async () => {
  const first = await apply(sandboxAs('again'))
  expect(linesOf(first)).toContain('+ again: product PRD-417-220-901 added')
  const before = await dump(db)
  clock.moveBy(1000)
  expect(await apply(sandboxAs('again'))).toEqual({ ok: true, changes: [], warnings: [] })
  expect(await dump(db)).toBe(before)
})

test('a dry run says the same and changes nothing', async () => {
  const before = await dump(db)
  const said = await apply(sandboxAs('dry'), { dryRun: true })
  expect(await dump(db)).toBe(before)
  expect(linesOf(await apply(sandboxAs('dry')))).toEqual(linesOf(said))
})

test('what changed is told field by field, and no secret nor its sealed form among it', async () => {
  await apply(sandboxAs('told'))
  const outcome = await apply(
    sandboxAs('told')
      .replace('name: Larkspur Notes\n        marketplace', 'name: Larkspur Jotter\n        marketplace')
      .replace('onVendorFailure: cancelAtMicrosoft', 'onVendorFailure: attention')
      .replace('sandbox-provider-token', 'another-provider-token'),
  )
  expect(linesOf(outcome)).toEqual([
    '~ told: credential connect primary changed',
    '    secret: changed (not shown)',
    '~ told: product PRD-417-220-901 changed',
    '    name: Larkspur Notes -> Larkspur Jotter',
    '~ told: product PRD-417-220-903 changed',
    '    policies.onVendorFailure: cancelAtMicrosoft -> attention',
  ])
  expect(JSON.stringify(outcome)).not.toMatch(/provider-token|v1\./)
})

test('a plan no longer listed is archived and still found, and comes back as it was', async () => {
  await apply(sandboxAs('plans'))
  const without = sandboxAs('plans').replace(/ {14}- id: basic\n.*\n.*\n.*\n/, '')
  expect(linesOf(await apply(without))).toEqual([
    '- plans: plan larkspur-projects / basic archived',
    '    subscriptions on it keep it; a new purchase of it waits for an operator',
  ])
  const tenant = tenantId.parse('plans')
  const find = () => planMapping(db, tenant, offerId.parse('larkspur-projects'), planId.parse('basic'))
  expect(await find()).toMatchObject({ status: 'archived', items: [{ itemId: 'PRD-417-220-902-0001', kind: 'reservation' }] })
  expect(linesOf(await apply(without))).toEqual([])
  expect(linesOf(await apply(sandboxAs('plans')))).toEqual([
    '~ plans: plan larkspur-projects / basic changed',
    '    status: archived -> active',
  ])
})

test('products and tenants the file does not list stay as they are', async () => {
  await apply(sandboxAs('stay'))
  const onlyNotes = sandboxAs('stay').split('\n      # Several Reservation')[0] ?? ''
  expect(linesOf(await apply(onlyNotes))).toEqual([])
  expect(await getProduct(db, tenantId.parse('stay'), productId.parse('PRD-417-220-905'))).toMatchObject({ status: 'active' })
})

test('an offer moves to another product only when the file lists both', async () => {
  const product = (id: string, offers: string) => `      - id: ${id}
        name: ${id}
        marketplace: MP-1
        connections: { test: { hub: HB-1, connection: CT-${id} } }
        tier1: { id: TA-1 }
        offers: ${offers}
`
  const file = (...list: readonly string[]) => `tenants:\n  - id: moves\n    name: Moves\n    products:\n${list.join('')}`
  const offer = '[{ id: o, plans: [{ id: p, items: [{ id: i, kind: reservation }] }] }]'
  await apply(file(product('A', offer), product('B', '[]')))
  expect(linesOf(await apply(file(product('B', offer))))).toEqual([
    'tenants[0].products[0].offers[0]: this offer belongs to A: list that product without it, to move it here',
  ])
  expect(linesOf(await apply(file(product('A', '[]'), product('B', offer))))).toEqual(['~ moves: offer o changed', '    product: A -> B'])
  expect((await findProductByOffer(db, tenantId.parse('moves'), offerId.parse('o')))?.id).toBe('B')
})

const rotating = (slots: string) =>
  `tenants:\n  - id: rotating\n    name: R\n    credentials: { signIn: { clientId: ${publisher.signInApp.clientId}, ${slots} } }\n`

test('while two secrets are live the newer is used first; one taken out of the file is gone', async () => {
  const tenant = tenantId.parse('rotating')
  const secrets = async () => (await signInCredential({ db, keyring }, tenant, clock.now()))?.secrets
  await apply(rotating('primary: { secret: old }'))
  clock.moveBy(1000)
  await apply(rotating('primary: { secret: old }, secondary: { secret: new }'))
  expect(await secrets()).toEqual(['new', 'old'])
  const gone = await apply(rotating('primary: { secret: new }'))
  expect(linesOf(gone)).toContain('- rotating: credential signIn secondary removed')
  expect(await secrets()).toEqual(['new'])
  await apply('tenants: [{ id: rotating, name: R }]')
  expect(await secrets()).toEqual(['new'])
})

test('an expired secret is used last', async () => {
  await apply(rotating('primary: { secret: good }, secondary: { secret: ended, expiresAt: 2029-12-31 }').replace('rotating', 'ending'))
  expect((await signInCredential({ db, keyring }, tenantId.parse('ending'), clock.now()))?.secrets).toEqual(['good', 'ended'])
})

test('under a new master key a second apply seals anew; with the old key lost it stores what the file says', async () => {
  const key = (n: number) => ({ key: Buffer.alloc(32, n) })
  const file = rotating('primary: { secret: kept }').replace('rotating', 'resealed')
  await apply(file)
  const both = createKeyring({ keys: [key(8), key(7)] })
  expect(linesOf(await apply(file, { ring: both }))).toEqual([
    '~ resealed: credential signIn primary changed',
    '    masterKey: changed (not shown)',
  ])
  expect(linesOf(await apply(file, { ring: both }))).toEqual([])
  const lost = createKeyring({ keys: [key(9)] })
  expect(linesOf(await apply(file, { ring: lost }))).toHaveLength(3)
  expect(await signInCredential({ db, keyring: lost }, tenantId.parse('resealed'), clock.now())).toMatchObject({ secrets: ['kept'] })
})

test('two at once do not meet: one of them writes, the other finds nothing to do', async () => {
  const outcomes = await Promise.all([apply(sandboxAs('both')), apply(sandboxAs('both'))])
  expect(outcomes.map((outcome) => linesOf(outcome).length > 0).sort()).toEqual([false, true])
})

test('an app of one publisher is refused to another, whether both stand in the file or one is stored', async () => {
  const owner = (id: string, clientId: string) =>
    `  - { id: ${id}, name: N, credentials: { microsoft: { tenantId: ${publisher.entraTenantId}, clientId: ${clientId}, primary: { secret: s } } } }\n`
  const [one, two] = [appOf('owns-1'), appOf('owns-2')]
  expect(linesOf(await apply(`tenants:\n${owner('owner', one)}${owner('other', one)}`))).toEqual([
    expect.stringContaining('tenants[1].credentials.microsoft.clientId: this app is that of the tenant owner'),
  ])
  await apply(`tenants:\n${owner('owner', one)}`)
  expect(linesOf(await apply(`tenants:\n${owner('other', one.toUpperCase())}`))).toEqual([
    expect.stringContaining('is that of the tenant owner'),
  ])
  const swapped = await apply(`tenants:\n${owner('owner', two)}${owner('other', one)}`)
  expect(swapped.ok).toBe(true)
})

test('what a publisher should know is a warning, not a fault', async () => {
  const text = `tenants:
  - id: warned
    name: Warned
    credentials: { connect: { primary: { apiKey: "ApiKey SU-1:x", expiresAt: 2030-01-15 } } }
    products:
      - { id: A, name: A, marketplace: MP-1, connections: { production: { hub: HB-1, connection: CT-1 } }, tier1: { id: TA-1 }, offers: [] }
`
  const outcome = await apply(text)
  expect(outcome.ok ? outcome.warnings.map((warning) => describeFault(warning)) : outcome).toEqual([
    "tenants[0].credentials.microsoft: there is no credential: Microsoft's marketplace cannot be called",
    'tenants[0].credentials.signIn: there is no credential: buyers cannot sign in',
    'tenants[0].credentials.connect.primary: expires on 2030-01-15',
    'tenants[0].products[0].connections.test: missing: preview and test purchases will wait for an operator',
    'tenants[0].products[0].offers: empty: nothing of this product can be bought',
  ])
})

test('a stored setting of a newer version is passed over; one that cannot be read is an error with its place', async () => {
  await apply(sandboxAs('newer'))
  const tenant = tenantId.parse('newer')
  const product = productId.parse('PRD-417-220-901')
  await sql`update products set policies = policies || '{"onTransfer": "ask"}' where tenant_id = 'newer'`.execute(db)
  expect((await getProduct(db, tenant, product))?.policies).toEqual(defaultPolicies)
  await sql`update products set policies = '{"onVendorFailure": "panic"}' where tenant_id = 'newer'`.execute(db)
  await expect(getProduct(db, tenant, product)).rejects.toMatchObject({
    code: 'ERR_TENANT_DATA_UNREADABLE',
    message: expect.stringContaining('products.policies'),
  })
})
