/** The preflight through the publisher's Partner Center: what leads to us, what is not published yet, what blocks. Each link is broken there. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { listening } from '../helpers/listening.ts'
import { createWorld, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  world = await createWorld()
  env = await listening(world)
  const { clientId, secret } = publisher.partnerCenterApp
  const set = ['credential', 'set', TENANT, 'partnerCenter', '--tenant-id', publisher.entraTenantId, '--client-id', clientId]
  expect(await terminal(world, { env, input: secret })(...set)).toMatchObject({ code: 0 })
})
afterAll(() => world.stop())
beforeEach(() => partnerCenter().reset())

const OFFER = 'larkspur-notes'
const TECHNICAL = 'software-as-a-service-technical-configuration'
const partnerCenter = () => world.sandbox.worlds.partnerCenter
const edit = (type: string, change: Readonly<Record<string, unknown>>) => partnerCenter().editByHand(OFFER, { type, change })

interface Report {
  readonly checks: readonly { readonly code: string; readonly result: string; readonly sentence: string }[]
}
async function finding(code: string) {
  const { out } = await terminal(world, { env })('doctor', TENANT, NOTES, '--json')
  const report: Report = JSON.parse(out)
  return report.checks.find((one) => one.code === code)
}

test('offers that are as they should be pass every check of Partner Center, without any subscription', async () => {
  const { out } = await terminal(world, { env })('doctor', TENANT, NOTES, '--json')
  const { checks }: Report = JSON.parse(out)
  const of = (code: string) => checks.find((one) => one.code === code)
  for (const code of [
    'PARTNER_CENTER_APP',
    'OFFER_IN_ACCOUNT',
    'TECHNICAL_CONFIGURATION',
    'PLAN_PARITY',
    'DIMENSION_PARITY',
    'DRAFT_PARITY',
    'SUBMISSIONS',
    'LEADS',
  ])
    expect(of(code)).toMatchObject({ code, result: 'passed' })
  expect(of('LEADS')?.sentence).toBe('Leads go to none (larkspur-notes).')
})

test('a technical configuration that names another webhook, another app or another directory is found', async () => {
  edit(TECHNICAL, { connectionWebhook: 'https://elsewhere.example/hook' })
  expect(await finding('TECHNICAL_CONFIGURATION')).toMatchObject({
    result: 'failed',
    sentence: `The draft of larkspur-notes has https://elsewhere.example/hook as its webhook, not ${env['PUBLIC_URL']}/portal/${TENANT}/${NOTES}/notification.`,
  })
  edit(TECHNICAL, { connectionWebhook: `/portal/${TENANT}/${NOTES}/notification`, azureAdAppId: publisher.signInApp.clientId })
  expect(await finding('TECHNICAL_CONFIGURATION')).toMatchObject({
    result: 'failed',
    sentence: `The draft of larkspur-notes has ${publisher.signInApp.clientId} as its Entra app id, not ${publisher.apiApp.clientId}.`,
  })
})

test('a plan that only Microsoft has is found where buyers see it, and one that is renamed in the draft before they do', async () => {
  const { db } = world.database
  const [plan] = await db.selectFrom('plan_map').selectAll().where('offer_id', '=', OFFER).orderBy('plan_id').execute()
  const named = (from: string, to: string) =>
    db.updateTable('plan_map').set({ plan_id: to }).where('offer_id', '=', OFFER).where('plan_id', '=', from).execute()
  await named(plan?.plan_id ?? '', 'another')
  expect(await finding('PLAN_PARITY')).toMatchObject({
    result: 'failed',
    sentence: `Microsoft offers what is not mapped: larkspur-notes / ${plan?.plan_id}. Who buys it waits for an operator.`,
  })
  expect(await finding('DRAFT_PARITY')).toMatchObject({
    result: 'warning',
    sentence: expect.stringContaining('The draft lacks what is mapped: larkspur-notes / another.'),
  })
  await named('another', plan?.plan_id ?? '')
  partnerCenter().editByHand(OFFER, { type: 'plan', planId: plan?.plan_id, change: { identity: { externalId: 'renamed' } } })
  expect(await finding('PLAN_PARITY')).toMatchObject({ result: 'passed' })
  expect(await finding('DRAFT_PARITY')).toMatchObject({ result: 'warning', sentence: expect.stringContaining('larkspur-notes / renamed') })
})

test('an offer the account does not have, a draft that lacks something, and a submission that failed or runs are found', async () => {
  edit('listing', { title: '' })
  expect(await finding('SUBMISSIONS')).toMatchObject({
    result: 'warning',
    sentence: expect.stringContaining('Microsoft says to the draft: larkspur-notes: '),
  })
  partnerCenter().reset()
  const { state } = partnerCenter()
  const { guid, submissions } = partnerCenter().product(OFFER)
  const put = (change: object) => {
    const product = partnerCenter().product(OFFER)
    const [first] = submissions
    if (first) state.products.set(guid, { ...product, submissions: [{ ...first, ...change, target: 'preview' }] })
  }
  put({ result: 'failed' })
  expect(await finding('SUBMISSIONS')).toMatchObject({
    result: 'failed',
    sentence: 'The last submission of larkspur-notes to preview failed.',
  })
  put({ status: 'running', result: 'pending' })
  expect(await finding('SUBMISSIONS')).toMatchObject({ result: 'warning', sentence: expect.stringContaining('Under way') })
  state.products.delete(guid)
  expect(await finding('OFFER_IN_ACCOUNT')).toMatchObject({
    result: 'failed',
    sentence: 'Partner Center has no offer larkspur-notes in this account.',
  })
})

test('where leads go is read from what is live, not from a draft that says otherwise; an offer that names no destination is found', async () => {
  edit('customer-leads', { leadDestination: 'email', emailLeadConfiguration: { contactEmail: ['leads@larkspur.example'] } })
  expect(await finding('LEADS')).toMatchObject({ result: 'passed', sentence: 'Leads go to none (larkspur-notes).' })
  const product = partnerCenter().product(OFFER)
  const live = new Map([...(product.live ?? [])].filter(([, { type }]) => type !== 'customer-leads'))
  partnerCenter().state.products.set(product.guid, { ...product, live })
  expect(await finding('LEADS')).toMatchObject({ result: 'warning', sentence: 'Nobody has said where the leads of larkspur-notes go.' })
})

test('an app without the role in Partner Center gets a token and is still refused, and says so', async () => {
  partnerCenter().setOptions({ appRole: 'none' })
  const found = await finding('PARTNER_CENTER_APP')
  expect(found).toMatchObject({ result: 'failed' })
  expect(found?.sentence).toContain('Partner Center')
  expect(await finding('TECHNICAL_CONFIGURATION')).toMatchObject({
    result: 'skipped',
    sentence: expect.stringContaining('ERR_PARTNER_CENTER_FORBIDDEN'),
  })
})
