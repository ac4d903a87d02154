import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSeed, products, publisher } from '../../sandbox/seed.ts'
import { days, minutes, plus } from '../../src/kit/time.ts'
import { installationChecks, productChecks, tenantChecks } from '../../src/preflight/index.ts'
import { wakeConnectWebhooks } from '../../src/subscriptions/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { findingsIn } from '../helpers/doctor-report.ts'
import { faultsOfCommand } from '../helpers/known-commands.ts'
import { listening } from '../helpers/listening.ts'
import { meanwhile } from '../helpers/meanwhile.ts'
import { startScriptedServer } from '../helpers/scripted-server.ts'
import { buy, catalogueProduct, createWorld, land, NOTES, TENANT, type World } from '../helpers/world.ts'

const SIGNALS = products.find(({ name }) => name === 'Larkspur Signals')?.id ?? ''
const ALL = 10_000

let world: World
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  world = await createWorld()
  env = await listening(world)
  world.sandbox.worlds.connect.options.webhooks = 'refused'
  await wakeConnectWebhooks(world.database.db, world.clock.now())
  await world.rest()
})
afterAll(() => world.stop())

/** Codes of checks that were seen to fail, and whose sentence was read. */
const seenFailing = new Set<string>()

/** Runs the preflight and reads of each code the given words; what is to be done is there, and every command in it exists. */
async function reads(args: readonly string[], expected: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) {
  const { out } = await terminal(world, { env: { ...env, ...more } })('doctor', ...args)
  const found = findingsIn(out)
  for (const [code, sentence] of Object.entries(expected)) {
    expect({ code, ...found.get(code) }).toMatchObject({ code, sentence: expect.stringContaining(sentence) })
    expect(['failed', 'warning']).toContain(found.get(code)?.result)
    expect({ code, todo: found.get(code)?.todo }).toEqual({ code, todo: expect.stringMatching(/\S/) })
    seenFailing.add(code)
  }
  const commands = [...found.values()].flatMap(({ todo }) =>
    [...(todo ?? '').matchAll(/`bridge ([^`]+)`/g)].map(([, command = '']) => command),
  )
  expect(commands.flatMap(faultsOfCommand)).toEqual([])
  expect(commands.join('\n')).not.toMatch(/TENANT|PRODUCT\b/)
}

const fault = (where: 'marketplace' | 'entra' | 'connect', path: string, status: number) =>
  world.sandbox.worlds.faults.add({ world: where, method: 'GET', path, kind: 'status', status, times: ALL })

test('what nobody has done yet: an address for the public, a purchase of the preview, declarations that grew old', async () => {
  const as = terminal(world, { env })
  for (const code of ['ACCOUNT_ENROLLED', 'TAX_PROFILE', 'PAYOUT_PROFILE']) await as('doctor', 'declare', TENANT, code)
  const long = new Date(plus(world.clock.now(), -days(400)).getTime())
  await world.database.db.updateTable('declarations').set({ declared_at: long }).execute()
  await reads([TENANT, NOTES], {
    PUBLIC_ADDRESS: 'nobody but this machine can reach it',
    ACCOUNT_ENROLLED: 'The publisher is enrolled in the commercial marketplace program. Declared by mara on ',
    TAX_PROFILE: 'more than twelve months ago',
    PAYOUT_PROFILE: 'more than twelve months ago',
    WEBHOOK_HEARD: 'Microsoft has not called the webhook yet.',
    CONNECT_WEBHOOK: 'Connect is only read, not heard',
    TEST_PURCHASE: 'No preview purchase has been made yet.',
  })
})

test('in Connect: a product that ends, a question the form cannot ask, a shelf without the product', async () => {
  const product = catalogueProduct(world, NOTES)
  const { state, options } = world.sandbox.worlds.connect
  const listingId = product.seed.listingId
  const listing = state.listings.get(listingId)
  if (!listing) throw new Error('no listing')
  const before = { status: product.status, parameters: product.parameters }
  product.status = 'endofsale'
  product.parameters = [
    ...product.parameters,
    {
      ...{ name: 'seat_plan', title: 'Seat plan', description: '', type: 'hologram' as 'text' },
      ...{ scope: 'asset', phase: 'ordering', required: true },
    },
  ]
  state.listings.set(listingId, { ...listing, status: 'unlisted' })
  const undo = () => {
    Object.assign(product, before)
    state.listings.set(listingId, listing)
    options.unlistedOrders = 'test'
  }
  await meanwhile(undo, async () => {
    await reads([TENANT, NOTES], {
      PRODUCT_VISIBLE: `${NOTES} has reached its end of sale.`,
      PRODUCT_LISTED: `${NOTES} is not listed on ${connectSeed.marketplace.id}`,
      ORDERING_PARAMETERS: 'The order form cannot ask for seat_plan (hologram), which the vendor requires.',
      TEST_ORDER: `Connect refuses a test order of larkspur-notes / team: it refuses orders while the product is not listed on ${connectSeed.marketplace.id}`,
    })
  })
})

test('a reseller the vendor has not set up is told; the draft of the test order leaves nothing but itself', async () => {
  const projects = products.find(({ name }) => name === 'Larkspur Projects')?.id ?? ''
  const { state } = world.sandbox.worlds.connect
  const before = state.requests.size
  await reads([TENANT, projects], { RESELLER: 'has not set this one up for production and test' })
  const made = [...state.requests.values()].slice(before)
  expect(made.map(({ status, type }) => [status, type])).toEqual([['draft', 'purchase']])
  expect(state.tierConfigRequests.size).toBe(0)
})

test('in the set-up: connections, items and pricing that are not those of Connect, an offer without plans', async () => {
  const { db } = world.database
  const product = () => db.updateTable('products').where('tenant_id', '=', TENANT).where('id', '=', NOTES)
  const plans = () => db.updateTable('plan_map').where('tenant_id', '=', TENANT).where('offer_id', '=', 'larkspur-notes')
  const [row, plan] = await Promise.all([
    db.selectFrom('products').selectAll().where('id', '=', NOTES).executeTakeFirstOrThrow(),
    db.selectFrom('plan_map').selectAll().where('offer_id', '=', 'larkspur-notes').executeTakeFirstOrThrow(),
  ])
  await product()
    .set({ connections: JSON.stringify({ test: { hub: 'HB-1', connection: 'CT-1' } }) })
    .execute()
  await plans()
    .set({ items: JSON.stringify([{ id: `${NOTES}-0001`, kind: 'payAsYouGo' }]) })
    .execute()
  const undo = async () => {
    await product()
      .set({ connections: JSON.stringify(row.connections) })
      .execute()
    await plans()
      .set({ items: JSON.stringify(plan.items), status: 'active' })
      .execute()
  }
  await meanwhile(undo, async () => {
    await reads([TENANT, NOTES], {
      CONNECTIONS: 'Connect has no connection CT-1 of this product (test).',
      ITEMS: `${NOTES}-0001 is seats, and mapped as Pay-as-you-go`,
      TEST_ORDER: 'it does not take the test connection',
    })
    await plans().set({ status: 'archived' }).execute()
    await reads([TENANT, NOTES], { OFFER_MAPPED: 'larkspur-notes has no plan.' })
  })
})

test('Connect’s token: a module it is not granted, one Connect no longer takes, and a publisher without a product', async () => {
  fault('connect', '/usage/files', 403)
  const { options } = world.sandbox.worlds.connect
  const status = (to: 'active' | 'archived') => world.database.db.updateTable('products').set({ status: to }).execute()
  const undo = async () => {
    world.sandbox.worlds.faults.clear()
    options.providerToken = 'active'
    await status('active')
  }
  await meanwhile(undo, async () => {
    await reads([TENANT, NOTES], { CONNECT_MODULES: 'Usage is not granted: no usage is billed.' })
    options.providerToken = 'expired'
    await status('archived')
    await reads([TENANT], { CONNECT_TOKEN: 'Connect', PRODUCTS: 'No product is set up.' })
  })
})

test('through a subscription that lives: plans and dimensions that Connect, plan map and Microsoft do not share', async () => {
  for (const [offerId, planId, product] of [
    ['larkspur-notes', 'team', NOTES],
    ['larkspur-signals', 'metered', SIGNALS],
  ] as const) {
    const bought = buy(world, { offerId, planId, buyer: 'mara', ...(product === NOTES ? { quantity: 3 } : {}) })
    await land(world, bought, product as typeof NOTES)
  }
  const { db } = world.database
  const [map] = await db
    .selectFrom('plan_map')
    .selectAll()
    .where('offer_id', '=', 'larkspur-signals')
    .where('plan_id', '=', 'metered')
    .execute()
  const items = JSON.stringify(map?.items)
  const set = (text: string) =>
    db.updateTable('plan_map').set({ items: text }).where('offer_id', '=', 'larkspur-signals').where('plan_id', '=', 'metered').execute()
  const named = (from: string, to: string) =>
    db.updateTable('plan_map').set({ plan_id: to }).where('offer_id', '=', 'larkspur-notes').where('plan_id', '=', from).execute()
  await set(items.replace('"events"', '"happenings"'))
  await named('team', 'crew')
  await meanwhile(
    async () => [await set(items), await named('crew', 'team')],
    async () => {
      await reads([TENANT, SIGNALS], { DIMENSION_PARITY: 'Microsoft does not meter larkspur-signals / metered / happenings' })
      await reads([TENANT, NOTES], { PLAN_PARITY: 'Microsoft offers what is not mapped: larkspur-notes / team.' })
    },
  )
})

test('in Partner Center: an app without the role, an offer that is elsewhere, a draft that lacks something, addresses that are not ours', async () => {
  const { clientId, secret } = publisher.partnerCenterApp
  const set = ['credential', 'set', TENANT, 'partnerCenter', '--tenant-id', publisher.entraTenantId, '--client-id', clientId]
  expect(await terminal(world, { env, input: secret })(...set)).toMatchObject({ code: 0 })
  const { partnerCenter } = world.sandbox.worlds
  const edit = (type: string, change: object) => partnerCenter.editByHand('larkspur-notes', { type, change: { ...change } })
  const away = () => partnerCenter.state.products.delete(partnerCenter.product('larkspur-notes').guid)
  await meanwhile(
    () => partnerCenter.reset(),
    async () => {
      edit('software-as-a-service-technical-configuration', { connectionWebhook: 'https://elsewhere.example/hook' })
      edit('listing', { title: '' })
      partnerCenter.editByHand('larkspur-notes', { type: 'plan', planId: 'team', change: { identity: { externalId: 'crew' } } })
      const product = partnerCenter.product('larkspur-notes')
      const live = new Map([...(product.live ?? [])].filter(([, { type }]) => type !== 'customer-leads'))
      partnerCenter.state.products.set(product.guid, { ...product, live })
      await reads([TENANT, NOTES], {
        TECHNICAL_CONFIGURATION: 'The draft of larkspur-notes has https://elsewhere.example/hook as its webhook, not ',
        DRAFT_PARITY: 'The draft lacks what is mapped: larkspur-notes / team.',
        SUBMISSIONS: 'Microsoft says to the draft: larkspur-notes: ',
        LEADS: 'Nobody has said where the leads of larkspur-notes go.',
      })
      away()
      await reads([TENANT, NOTES], { OFFER_IN_ACCOUNT: 'Partner Center has no offer larkspur-notes in this account.' })
      partnerCenter.setOptions({ appRole: 'none' })
      await reads([TENANT, NOTES], { PARTNER_CENTER_APP: 'Partner Center' })
    },
  )
})

test('in Entra and at the marketplace: a secret that is another, an app that is not the offer’s, an address that is not registered', async () => {
  const { apps } = world.sandbox.worlds.entra
  const { clientId, secret } = publisher.apiApp
  fault('marketplace', '/saas/subscriptions', 403)
  await meanwhile(
    () => [apps.set(clientId, { secrets: [{ value: secret }] }), world.sandbox.worlds.faults.clear()],
    async () => {
      await reads([TENANT, NOTES], { MICROSOFT_API: 'Microsoft does not let this app act on the publisher' })
      apps.set(clientId, { secrets: [{ value: 'another' }] })
      const nobody = { PUBLIC_URL: 'http://127.0.0.1:9' }
      const expected = {
        MICROSOFT_TOKEN: 'does not accept the app',
        SIGN_IN_APP: 'does not let people come back to http://127.0.0.1:9/portal/signin',
        LANDING_PAGE: `The landing page http://127.0.0.1:9/portal/${TENANT}/${NOTES}/start cannot be reached (from here only`,
        WEBHOOK_ADDRESS: 'cannot be reached (from here only',
      }
      await reads([TENANT, NOTES], expected, nobody)
    },
  )
})

test('from outside: a probe that reaches both addresses, and one that reaches neither', async () => {
  const answers = { GET: 200, POST: 401 } as Record<string, number | null>
  const probe = await startScriptedServer(({ query }) => ({ body: { status: answers[query.get('method') ?? ''] ?? null } }))
  const probed = { REACHABILITY_PROBE_URL: `${probe.url.href}reach?key=hush` }
  const { out } = await terminal(world, { env: { ...env, ...probed } })('doctor', TENANT, NOTES)
  expect(findingsIn(out).get('LANDING_PAGE')).toMatchObject({ result: 'passed', sentence: 'The landing page answers (from outside).' })
  expect(findingsIn(out).get('WEBHOOK_ADDRESS')).toMatchObject({ result: 'passed', sentence: 'The webhook answers (from outside).' })
  expect(out).not.toContain('hush')
  expect(probe.seen.map(({ query }) => [query.get('key'), query.get('method'), new URL(query.get('url') ?? '').pathname])).toEqual([
    ['hush', 'GET', `/portal/${TENANT}/${NOTES}/start`],
    ['hush', 'POST', `/portal/${TENANT}/${NOTES}/notification`],
  ])
  answers['GET'] = null
  answers['POST'] = 200
  const expected = { LANDING_PAGE: 'cannot be reached (from outside)', WEBHOOK_ADDRESS: 'answers 200 (from outside)' }
  await reads([TENANT, NOTES], expected, probed)
})

test('here: work that waits and fails, secrets that end, a clock that is wrong, keys that open nothing, a database that is away or ahead', async () => {
  const { db } = world.database
  await db
    .updateTable('credentials')
    .set({ expires_at: new Date(plus(world.clock.now(), days(10)).getTime()) })
    .where('kind', '=', 'connect')
    .execute()
  await db
    .updateTable('work')
    .set({ last_error_code: 'ERR_MS_FORBIDDEN', failing_since: new Date(plus(world.clock.now(), -minutes(90)).getTime()) })
    .where('tenant_id', '=', TENANT)
    .where('kind', '=', 'subscription.discovery')
    .execute()
  world.clock.moveBy(minutes(95))
  fault('entra', 'openid-configuration', 503)
  await reads([TENANT, NOTES], { SIGN_IN_METADATA: 'Entra’s metadata for sign-in cannot be read' })
  world.sandbox.worlds.faults.clear()
  await reads(
    [TENANT, NOTES],
    {
      QUEUE: 'on the work list',
      LOOKS: `For more than an hour this fails: ${TENANT} `,
      CLOCK: 'Our clock is ',
      SECRETS: 'Within 30 days ends connect primary on ',
      MASTER_KEY: 'No master key at hand opens ',
    },
    { BRIDGE_MASTER_KEY: Buffer.alloc(32, 8).toString('hex') },
  )
  await reads([TENANT, NOTES], { DATABASE: 'Nothing else could be looked at.' }, { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
  await db
    .insertInto('kysely_migration' as 'tenants')
    .values({ name: '9999_of_a_newer_release', timestamp: 'later' } as never)
    .execute()
  await reads([TENANT, NOTES], { MIGRATIONS: 'newer' })
})

test('no check is without a case that breaks its link and reads the sentence', () => {
  const codes = [installationChecks, tenantChecks, productChecks].flatMap((checks) => Object.keys(checks))
  expect(codes.filter((code) => !seenFailing.has(code))).toEqual([])
})
