/** Private offers at a terminal, from nothing to accepted, over the sandbox's Partner Center. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { billingAccounts } from '../../sandbox/partner-center/private-offers/billing-accounts.ts'
import { publisher } from '../../sandbox/seed.ts'
import {
  askForPrivateOffer,
  followPrivateOffers,
  judgeDraft,
  type PrivateOfferDeps,
  type PrivateOfferDraft,
  readPrivateOfferActions,
} from '../../src/catalogue/index.ts'
import { crashAt } from '../../src/kit/crash-point.ts'
import { createHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { days, minutes } from '../../src/kit/time.ts'
import { tenantClients } from '../../src/main/subscriptions.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { anOrder, buy, confirm, createWorld, land, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  const { clientId, secret } = publisher.partnerCenterApp
  const set = terminal(world, { input: secret, env: env() })
  const ran = await set('credential', 'set', TENANT, 'partnerCenter', '--client-id', clientId, '--tenant-id', publisher.entraTenantId)
  expect(ran).toMatchObject({ code: 0 })
  center().setOptions({ privateOfferTakes: minutes(1) }) // nothing ends by itself while it is looked at
})
afterAll(() => world.stop())

const env = () => ({ MICROSOFT_INGESTION_URL: world.sandbox.urls.ingestion })
const bridge = (...args: readonly string[]) => terminal(world, { env: env() })('private-offer', ...args)
const center = () => world.sandbox.worlds.partnerCenter
const account = billingAccounts().find(({ name }) => name === 'Woodgrove Bank')?.id ?? ''
const later = (months: number, day: 'first' | 'last'): string => {
  const now = world.clock.now()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + (day === 'last' ? 1 : 0), day === 'last' ? 0 : 1))
    .toISOString()
    .slice(0, 10)
}
const made = async (name: string) => JSON.parse((await bridge('show', TENANT, name, '--json')).out)
const worked = async () => {
  world.clock.moveBy(minutes(2))
  await world.sandbox.settled()
}

let number = 0
let name = ''
beforeEach(() => {
  number += 1
  name = `Woodgrove ${number}`
})
const create = (...more: readonly string[]) =>
  bridge(
    ...['create', TENANT, '--name', name, '--customer', account, '--customer-name', 'Woodgrove Bank'],
    ...['--end', later(12, 'last'), '--accept-by', later(1, 'last'), ...more],
  )
const discount = (...more: readonly string[]) => create('--plan', 'larkspur-notes/team', '--discount', '12.5', ...more)

test('a discount is told before it is made, published, handed over by its link, and locked once it is accepted', async () => {
  const preview = await discount()
  expect(preview).toMatchObject({ code: 3, out: expect.stringContaining('12.5 % off the list price') })
  expect(center().privateOffers()).toEqual([])

  expect(await discount('--yes', '--note', 'renewal')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Partner Center works on it'),
  })
  await worked()
  expect(await made(name)).toMatchObject({
    privateOffer: {
      status: 'draft',
      beneficiaries: [{ description: 'Woodgrove Bank' }],
      lines: [{ planName: 'Team', discountPercentage: 12.5 }],
    },
    actions: [{ kind: 'create', outcome: 'done', askedBy: 'mara', note: 'renewal' }],
  })
  expect(await bridge('link', TENANT, name)).toMatchObject({ code: 1, err: expect.stringContaining('It is a draft') })

  const asked = await bridge('publish', TENANT, name)
  expect(asked).toMatchObject({ code: 3, out: expect.stringContaining('only a support ticket at Microsoft ends it') })
  expect(await bridge('publish', TENANT, name, '--yes')).toMatchObject({ code: 0 })
  expect(await bridge('withdraw', TENANT, name, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('UNDER_WAY') })
  await worked()
  expect((await bridge('list', TENANT)).out).toMatch(/Woodgrove 1 +waits for the customer +Woodgrove Bank/)
  expect((await bridge('link', TENANT, name)).out).toMatch(/^https:\/\/portal\.azure\.com\/\S+\n$/)

  const { privateOffer } = await made(name)
  center().accept(privateOffer.id)
  expect((await bridge('show', TENANT, privateOffer.id)).out).toContain('state     accepted')
  expect(await bridge('withdraw', TENANT, name, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('support ticket') })
})

test('what is live and not accepted is withdrawn, and can be published again', async () => {
  await discount('--yes')
  await worked()
  expect(await bridge('withdraw', TENANT, name, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('nothing to withdraw') })
  for (const [step, status] of [
    ['publish', 'pendingAcceptance'],
    ['withdraw', 'withdrawn'],
    ['publish', 'pendingAcceptance'],
  ] as const) {
    expect(await bridge(step, TENANT, name, '--yes')).toMatchObject({ code: 0 })
    await worked()
    expect((await made(name)).privateOffer).toMatchObject({ status, lines: [{ discountPercentage: 12.5 }] })
  }
})

test('a plan of its own keeps the terms priced, and its customer alone can buy it', async () => {
  const newPlan = ['--new-plan', 'Team for Woodgrove', '--new-plan-text', 'Paid by the year.']
  expect(await create('--plan', 'larkspur-notes/team', '--price', '1 year=30', ...newPlan, '--yes')).toMatchObject({ code: 0 })
  await worked()
  await bridge('publish', TENANT, name, '--yes')
  await worked()
  const { privateOffer } = await made(name)
  expect(privateOffer).toMatchObject({ status: 'pendingAcceptance', lines: [{ newPlan: 'Team for Woodgrove' }] })
  center().accept(privateOffer.id)
  const planId = `team-${privateOffer.id.slice(0, 8)}`
  const order = { offerId: 'larkspur-notes', planId, quantity: 5, buyer: 'priya' }
  expect(world.sandbox.worlds.marketplace.purchase({ ...order, termUnit: 'P1Y' }).subscriptionId).toMatch(/-/)
  expect(() => world.sandbox.worlds.marketplace.purchase({ ...order, termUnit: 'P1M' })).toThrow()
})

test.each(['inPlan', 'inComponents', 'untold'] as const)(
  'a customer who buys the plan of its private offer gets what its base is made of, and both tell of each other (source %s)',
  async (sourceOffers) => {
    world.sandbox.worlds.marketplace.setOptions({ sourceOffers })
    const newPlan = ['--new-plan', name, '--new-plan-text', 'Paid by the year.']
    await create('--plan', 'larkspur-notes/team', '--price', '1 year=30', ...newPlan, '--yes')
    await worked()
    await bridge('publish', TENANT, name, '--yes')
    await worked()
    const { id } = (await made(name)).privateOffer
    center().accept(id)
    const planId = `team-${id.slice(0, 8)}`
    const bought = buy(world, { offerId: 'larkspur-notes', planId, quantity: 5, buyer: 'priya', termUnit: 'P1Y' })
    expect(await land(world, bought)).toMatchObject({ outcome: 'landed' })
    await confirm(world, bought, anOrder, 'priya')
    await world.rest()
    const ordered = (await world.read(bought.key)).connect.openRequest
    expect(ordered).toMatchObject({ type: 'purchase', items: expect.arrayContaining([expect.objectContaining({ quantity: 5 })]) })
    world.sandbox.worlds.connect.approve(ordered?.id ?? '')
    await world.until('it is active', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')

    const subscription = terminal(world, { env: env() })
    expect(await subscription('subscription', 'change-seats', bought.key.subscriptionId, '9', '--yes')).toMatchObject({ code: 0 })
    await world.until('nine seats are ordered', async () => (await world.read(bought.key)).connect.openRequest?.type === 'change')
    expect((await world.read(bought.key)).openAttention).toEqual([])
    const shown = await subscription('subscription', 'show', bought.key.subscriptionId)
    expect(shown.out).toContain(`the plan ${planId} is customized for this customer: it is sold as team`)
    expect(shown.out).toContain(`by the private offer “${name}” (${id})`)
    expect((await bridge('show', TENANT, id)).out).toMatch(
      new RegExp(`bought +${bought.key.subscriptionId}, larkspur-notes / ${planId}, Subscribed`),
    )
  },
)

test.each([
  ['a discount of nothing', ['--plan', 'larkspur-notes/team', '--discount', '0'], 'DISCOUNT_OUT_OF_RANGE'],
  ['a plan nobody sells', ['--plan', 'larkspur-notes/gold', '--discount', '5'], 'PLAN_NOT_LIVE'],
  ['an offer nobody made', ['--plan', 'larkspur-gold/team', '--discount', '5'], 'OFFER_UNKNOWN'],
  ['a term the plan does not have', ['--plan', 'larkspur-notes/team', '--price', '3 years=5'], 'TERM_NOT_SOLD'],
  [
    'an end within a month',
    ['--plan', 'larkspur-notes/team', '--discount', '5', '--start', '2099-01-01', '--end', '2099-06-15'],
    'END_NOT_LAST',
  ],
  ['a day long past', ['--plan', 'larkspur-notes/team', '--discount', '5', '--accept-by', '2020-01-31'], 'ACCEPT_BY_PAST'],
])('%s is refused with the reason before anything is sent', async (_what, more, code) => {
  const before = center().privateOffers().length
  expect(await create(...more, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining(code) })
  expect(center().privateOffers()).toHaveLength(before)
})

test('a name that is taken is refused', async () => {
  await discount('--yes')
  await worked()
  expect(await discount('--yes')).toMatchObject({ code: 1, err: expect.stringContaining('NAME_TAKEN') })
})

test('terms of its own are never lost by publishing', async () => {
  const terms = 'https://files.larkspur.example/terms.pdf?sig=hush-hush'
  expect((await discount('--terms', terms, '--yes')).out).not.toContain('hush-hush')
  await worked()
  expect(await bridge('publish', TENANT, name, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('TERMS_NEEDED') })
  expect(await bridge('publish', TENANT, name, '--terms', terms, '--yes')).toMatchObject({ code: 0 })
  await worked()
  expect((await bridge('show', TENANT, name, '--json')).out).not.toContain('hush-hush')
})

const draft = (): PrivateOfferDraft => ({
  ...{ name, billingAccount: account, customer: 'Woodgrove Bank', start: undefined, end: later(12, 'last'), acceptBy: later(1, 'last') },
  ...{ preparedBy: undefined, contacts: [], notes: undefined, termsDocument: undefined },
  pricing: { kind: 'discount', plans: [{ offerId: 'larkspur-notes', planId: 'team' }], percentage: '10' },
})

test.each(['privateOffer.intended', 'privateOffer.sent'])(
  'a crash at %s sends nothing twice, and it is found or given up',
  async (point) => {
    const http = createHttp({ clock: world.clock, log: silentLog })
    const { database, clock, keyring, config } = world
    const storage = { ...database, keyring }
    const outside = { ...config, outside: { ...config.outside, ingestion: world.sandbox.urls.ingestion } }
    const { ingestionFor } = tenantClients({ config: outside, storage, clock, log: silentLog }, http)
    const deps: PrivateOfferDeps = { db: database.db, clock, ingestionFor, crashPoint: crashAt(point) }
    const ingestion = await ingestionFor(TENANT)
    const { resources } = await judgeDraft(ingestion, draft(), clock.now().toISOString().slice(0, 10))
    const wanted = { kind: 'create', name, privateOfferId: undefined, withTerms: false, askedBy: 'mara', note: undefined } as const
    await expect(askForPrivateOffer(deps, TENANT, wanted, resources)).rejects.toThrow('crashed on purpose')

    expect(await askForPrivateOffer(deps, TENANT, wanted, resources)).toBeUndefined()
    await worked()
    await followPrivateOffers(deps, TENANT, ingestion)
    const outcome = async () => (await readPrivateOfferActions(database.db, TENANT)).find((one) => one.name === name)?.outcome
    const wasSent = point === 'privateOffer.sent'
    expect(
      center()
        .privateOffers()
        .filter((one) => one.body['name'] === name),
    ).toHaveLength(wasSent ? 1 : 0)
    expect(await outcome()).toBe(wasSent ? 'done' : undefined)
    clock.moveBy(minutes(41))
    await followPrivateOffers(deps, TENANT, ingestion)
    expect(await outcome()).toBe(wasSent ? 'done' : 'unclear')
    await http.close()
  },
)

test('an offer nobody accepted in time can only be withdrawn', async () => {
  await discount('--yes')
  await worked()
  await bridge('publish', TENANT, name, '--yes')
  await worked()
  world.clock.moveBy(days(70))
  expect((await bridge('show', TENANT, name)).out).toContain('expired: not accepted in time')
  expect(await bridge('link', TENANT, name)).toMatchObject({ code: 1, err: expect.stringContaining('not work any more') })
  expect(await bridge('withdraw', TENANT, name, '--yes')).toMatchObject({ code: 0 })
})
