/** One set-up file, from an empty database to offers that are live, and the first sale. The sandbox plays Microsoft and Connect. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { people, publisher } from '../../sandbox/seed.ts'
import { type OfferTree, offerTree } from '../../src/catalogue/rules/resources/tree.ts'
import { offerId, productId } from '../../src/kit/ids.ts'
import { minutes } from '../../src/kit/time.ts'
import { type Terminal, terminal } from '../helpers/at-terminal.ts'
import { withIngestion } from '../helpers/ingestion-of.ts'
import { buy, confirm, createWorld, land, TENANT, type World } from '../helpers/world.ts'

const FILE = 'examples/first-offer/offer.yaml'
const INSIGHTS = productId.parse('PRD-417-220-907')
const SEATS = offerId.parse('larkspur-insights')
const USAGE = offerId.parse('larkspur-insights-usage')

let world: World
beforeAll(async () => {
  world = await createWorld({ fromNothing: true })
})
afterAll(() => world.stop())

/** While a command waits, the bridge beside it works. */
const bridge = (args: readonly string[], more: Terminal = {}) =>
  terminal(world, { env: { PUBLIC_URL: world.config.publicUrl }, pause: () => world.pass(minutes(1)).then(() => true), ...more })(...args)
const center = () => world.sandbox.worlds.partnerCenter
/** Stages only: on a busy machine a connection may break, which is told, too. */
const told = (out: string, offer: string) =>
  out
    .split('\n')
    .flatMap((line) => line.split(`  ${offer}: `)[1] ?? [])
    .filter((line) => !line.startsWith('The answer to a request was lost'))

test('from an empty database to live offers: one command, each stage told as it comes', async () => {
  expect(await world.database.db.selectFrom('tenants').select('id').execute()).toEqual([])
  const { code, out, err } = await bridge(['apply', FILE, '--wait'])
  expect([code, err]).toEqual([0, ''])
  for (const offer of [SEATS, USAGE]) {
    expect(told(out, offer)).toEqual([
      'Wanted at live, with a yes to it: that buyers see it. (mara)',
      'Partner Center’s draft is as wanted.',
      'Submitted to Microsoft.',
      'Review: Microsoft certifies the offer and makes its preview.',
      'The review is passed.',
      'Staging: the preview stands.',
      'Staging is over.',
      'Publishing: it was agreed that buyers see it.',
      'Published.',
      'Live: buyers see it.',
    ])
    expect(out).toContain(`${offer}: live.`)
    expect(center().product(offer).live).toBeDefined()
  }
})

test('what buyers see then holds every part of the offer: read back from Partner Center, part by part', async () => {
  const [seats, usage] = await Promise.all([liveTree(SEATS), liveTree(USAGE)])
  const portal = `${world.config.publicUrl}/portal/${TENANT}/${INSIGHTS}`
  const parts: readonly (readonly [part: string, tree: OfferTree, type: string, key: string, holds: object])[] = [
    ['offer', seats, 'product', '', { identity: { externalId: SEATS }, type: 'softwareAsAService', alias: 'Larkspur Insights' }],
    ['set-up', seats, 'commercial-marketplace-setup', '', { sellThroughMicrosoft: true }],
    ['properties', seats, 'property', '', { categories: { 'developer-tools-saas': ['devService'] }, termsConditions: 'standardMicrosoft' }],
    [
      'listing texts',
      seats,
      'listing',
      'en-us',
      {
        title: 'Larkspur Insights',
        searchResultSummary: 'Dashboards that answer the question you asked.',
        description: expect.stringMatching(/^<p>Larkspur Insights turns .*<\/li><\/ul>$/s),
        gettingStartedInstructions: expect.stringContaining('invite your colleagues'),
        searchKeywords: ['dashboards', 'analytics', 'reports'],
        generalLinks: [{ displayText: 'First steps', link: 'https://larkspur.example/first-steps' }],
        privacyPolicyLink: 'https://larkspur.example/privacy',
        supportContact: expect.objectContaining({ email: 'support@larkspur.example', url: 'https://support.larkspur.example' }),
        engineeringContact: expect.objectContaining({ email: 'engineering@larkspur.example' }),
      },
    ],
    ['logo', seats, 'listing-asset', 'azureLogoLarge en-us 0', { fileName: expect.stringMatching(/^[0-9a-f]{12}-logo\.png$/) }],
    ['screenshot', seats, 'listing-asset', 'azureLogoScreenshot en-us 0', { description: 'What came in this month' }],
    [
      'technical configuration',
      seats,
      'software-as-a-service-technical-configuration',
      '',
      {
        ...{ landingPageUrl: `${portal}/start`, connectionWebhook: `${portal}/notification` },
        ...{ azureAdTenantId: publisher.entraTenantId, azureAdAppId: publisher.apiApp.clientId },
      },
    ],
    [
      'preview audience',
      seats,
      'price-and-availability-offer',
      '',
      { previewAudiences: [expect.objectContaining({ id: people[0]?.email })] },
    ],
    ['lead destination', seats, 'customer-leads', '', { leadDestination: 'none' }],
    ['resale', seats, 'reseller', '', { resellerChannelState: 'none' }],
    ['plan', seats, 'plan', 'analyst', { identity: { externalId: 'analyst' }, alias: 'Analyst', displayRank: 1 }],
    ['plan listing', seats, 'plan-listing', 'analyst en-us', { name: 'Analyst', description: expect.stringContaining('by the seat') }],
    [
      'pricing per user',
      seats,
      'price-and-availability-plan',
      'analyst',
      {
        ...{ visibility: 'visible', audience: 'public', customerMarkets: 'allTaxRemittedMarkets', trial: { type: 'month', value: 1 } },
        pricing: {
          recurrentPrice: expect.objectContaining({
            ...{ recurrentPriceMode: 'perUser', userLimits: { min: 1, max: 500 } },
            prices: [term('month', 12), term('year', 120)],
          }),
        },
      },
    ],
    [
      'dimensions',
      usage,
      'price-and-availability-custom-meter',
      '',
      {
        customMeters: {
          'queries-thousand': { displayName: 'Queries (thousand)', unitOfMeasure: '1000 queries' },
          'scanned-data': { displayName: 'Scanned data', unitOfMeasure: 'GB' },
        },
      },
    ],
    [
      'flat rate with dimensions',
      usage,
      'price-and-availability-plan',
      'pay-as-you-go',
      {
        pricing: expect.objectContaining({
          customMeters: expect.objectContaining({
            meters: {
              'queries-thousand': { pricePerPaymentInUsd: 0.4, includedQuantities: [included(10)] },
              'scanned-data': { pricePerPaymentInUsd: 0.12, includedQuantities: [included(0)] },
            },
          }),
        }),
      },
    ],
    [
      'private audience',
      usage,
      'price-and-availability-plan',
      'woodgrove',
      { audience: 'private', privateAudiences: [{ type: 'tenant', id: people[2]?.tenantId, label: 'Woodgrove Bank' }] },
    ],
  ]
  for (const [part, tree, type, key, holds] of parts) expect(tree.find(type, key), part).toMatchObject(holds)
})

const MONTH = { type: 'month', value: 1 }
const term = (type: 'month' | 'year', price: number) => ({
  ...{ billingTerm: { type, value: 1 }, paymentOption: { type, value: 1 } },
  pricePerPaymentInUsd: price,
})
const included = (quantity: number) => ({ billingTerm: MONTH, quantity, isInfinite: false })

const liveTree = (offer: typeof SEATS): Promise<OfferTree> =>
  withIngestion(world, TENANT, async (ingestion) => {
    const product = await ingestion.findProduct(offer)
    return offerTree((product && (await ingestion.readTree(product.productId, 'live')))?.resources ?? [])
  })

test('applied again it changes nothing, on no side, and says so at once', async () => {
  const jobs = center().jobs().length
  const again = await bridge(['apply', FILE, '--wait'])
  expect(again).toMatchObject({ code: 0, err: '' })
  expect(again.out.split('\n')).toEqual([
    'Nothing to change.',
    `Offer ${SEATS} is wanted at live already.`,
    `Offer ${USAGE} is wanted at live already.`,
    `${SEATS}: live.`,
    `${USAGE}: live.`,
    '',
  ])
  await world.rest()
  expect(center().jobs()).toHaveLength(jobs)
  for (const offer of [SEATS, USAGE]) expect((await bridge(['offer', 'plan', TENANT, offer])).out).toBe('Nothing to change.\n')
})

test('the vendor’s listing request is completed, and the first sale works on that offer', async () => {
  const { connect } = world.sandbox.worlds
  await world.until('listed', () => connect.listingRequests(INSIGHTS).every(({ state }) => state === 'completed'))
  connect.setMode(INSIGHTS, { kind: 'automatic' })
  const bought = buy(world, { offerId: SEATS, planId: 'analyst', quantity: 4, buyer: 'mara' })
  await land(world, bought, INSIGHTS)
  await confirm(world, bought)
  await world.until('active', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')
  expect(connect.assets({ externalUid: bought.key.subscriptionId })).toMatchObject([{ status: 'active' }])
})

test('the history says who did what, and the status shows it', async () => {
  const { out } = await bridge(['offer', 'status', TENANT, SEATS])
  expect(out).toMatch(/goToMarket +done/)
  expect(out).toMatch(/mara: Changed by a set-up file: offer larkspur-insights \(add\)/)
  expect(out).toContain('bridge: Live: buyers see it.')
})

test('who has had enough of waiting stops the telling only, and is told how to look again', async () => {
  const run = (more: Terminal, ...options: readonly string[]) =>
    bridge(['offer', 'apply', TENANT, SEATS, '--to', 'live', '--yes', '--wait', ...options], more)
  const stopped = await run({ pause: async () => false })
  expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining(`bridge offer status ${TENANT} ${SEATS}`) })
  const long = await run({ pause: async () => world.clock.moveBy(minutes(1)) === undefined }, '--at-most', '40m')
  expect(long).toMatchObject({ code: 4, err: expect.stringMatching(/Is the bridge running[\s\S]*goes on with it/) })
  expect(await run({})).toMatchObject({ code: 0, out: expect.stringContaining(`${SEATS}: live.`) })
})

test('what blocks it ends the waiting with the reason, and a yes given beforehand goes on', async () => {
  center().editByHand(SEATS, { type: 'property', change: { appVersion: '9.9' } })
  const changed = await edited((text) => text.replace('title: Larkspur Insights\n', 'title: Larkspur Insights 2\n'))
  const blocked = await bridge(['apply', changed, '--wait'])
  expect(blocked).toMatchObject({ code: 1, err: expect.stringMatching(/larkspur-insights is blocked:\n {2}property › appVersion: .*9\.9/) })
  expect(blocked.out).toContain(`${USAGE}: live.`)
  const agreed = await bridge(['apply', changed, '--wait', '--yes', '--json'])
  expect([agreed.code, agreed.err]).toEqual([0, ''])
  expect(JSON.parse(agreed.out).followed).toMatchObject([{ offerId: SEATS, end: { kind: 'there' } }, { end: { kind: 'there' } }])
  expect((await liveTree(SEATS)).find('property', '')).toMatchObject({ appVersion: '9.9' })
})

/** The example with something changed, beside its pictures' addresses. */
async function edited(change: (text: string) => string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-first-offer-'))
  folders.push(folder)
  const path = join(folder, 'offer.yaml')
  writeFileSync(
    path,
    change(readFileSync(FILE, 'utf8')).replaceAll(/file:(\w+\.png)/g, (_, name: string) => `file:${resolve(dirname(FILE), name)}`),
  )
  return path
}
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

test('who may buy a private plan changes for buyers at once, without a publication', async () => {
  const submissions = center().product(USAGE).submissions.length
  const other = '22222222-93b5-4f0c-8f0e-4f7a1c2d3e44'
  const path = await edited((text) => text.replace(/^( +)(- \{ id: e7b3d5a1.*)$/m, `$1$2\n$1- { id: ${other}, note: Northwind }`))
  const told = await bridge(['apply', path, '--wait', '--yes'])
  expect([told.code, told.err]).toEqual([0, ''])
  const sold = (await liveTree(USAGE)).find('price-and-availability-plan', 'woodgrove')
  expect(sold?.['privateAudiences']).toMatchObject([{ label: 'Woodgrove Bank' }, { id: other, label: 'Northwind' }])
  expect(center().product(USAGE).submissions).toHaveLength(submissions)
  expect((await bridge(['offer', 'plan', TENANT, USAGE])).out).toBe('Nothing to change.\n')
})
