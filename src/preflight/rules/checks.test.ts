/** Each check is made to fail, and says to a person what was seen and what to do. */
import { describe, expect, test } from 'vitest'
import { days, minutes, plus, seconds } from '../../kit/time.ts'
import type { Check, Finding, Result } from './check.ts'
import {
  connections,
  declared,
  installation,
  no,
  now,
  ours,
  product,
  reachedFrom,
  refused,
  seats,
  tenant,
  there,
  tree,
  yes,
} from './facts.fixture.ts'
import { type InstallationFacts, installationChecks } from './installation.ts'
import type { TreeSeen } from './partner-center.ts'
import { type ProductFacts, productChecks } from './product.ts'
import { type TenantFacts, tenantChecks } from './tenant.ts'
import type { OrderTried } from './test-order.ts'

const all = <Facts>(checks: Readonly<Record<string, Check<Facts>>>, facts: Facts): Readonly<Record<string, Finding>> =>
  Object.fromEntries(Object.entries(checks).map(([code, { judge }]) => [code, judge(facts)]))

test('where everything is well nothing is a warning or failed, and what an operator declared is never passed', () => {
  const results = (found: Readonly<Record<string, Finding>>) => new Set(Object.values(found).map(({ result }) => result))
  expect(results(all(installationChecks, installation))).toEqual(new Set(['passed']))
  expect(results(all(productChecks, product))).toEqual(new Set(['passed']))
  const found = all(tenantChecks, tenant)
  expect(Object.entries(found).filter(([, { result }]) => result !== 'passed')).toEqual(
    ['ACCOUNT_ENROLLED', 'TAX_PROFILE', 'PAYOUT_PROFILE'].map((code) => [code, expect.objectContaining({ result: 'declared' })]),
  )
})

type Case<Facts, Code> = readonly [code: Code, facts: Partial<Facts>, result: Result, sentence: string]

const installationCases: readonly Case<InstallationFacts, keyof typeof installationChecks>[] = [
  ['PUBLIC_ADDRESS', { publicUrl: 'http://127.0.0.1:3000', isPublic: false }, 'failed', 'nobody but this machine can reach it'],
  ['SIGN_IN_METADATA', { signInMetadata: yes({ status: 404, readable: false }) }, 'failed', 'cannot be read (status 404)'],
  ['CLOCK', { clock: yes({ ahead: seconds(45) }) }, 'warning', 'Our clock is 45 s ahead of Microsoft’s.'],
  ['CLOCK', { clock: yes({ ahead: -minutes(6) }) }, 'failed', 'Our clock is 360 s behind Microsoft’s. Tokens are refused'],
  ['CLOCK', { clock: no('Entra does not answer.') }, 'skipped', 'Entra does not answer.'],
  ['DATABASE', { database: no('no connection') }, 'failed', 'The database does not answer: no connection'],
  ['DATABASE', { database: yes({ took: 2500, version: '16' }) }, 'warning', 'took 3 s for one question'],
  ['MIGRATIONS', { missingMigrations: ['0099_more'] }, 'failed', 'The database lacks 0099_more.'],
  ['QUEUE', { overdue: 1, longestOverdue: minutes(5) }, 'warning', '1 thing on the work list is late, by up to 5 min.'],
  ['QUEUE', { overdue: 900, longestOverdue: minutes(95) }, 'failed', '900 things on the work list are late, by up to 95 min.'],
  ['LOOKS', { failing: ['larkspur subscription (ERR_MS_FORBIDDEN)'] }, 'warning', 'this fails: larkspur subscription (ERR_MS_FORBIDDEN)'],
  ['MASTER_KEY', { secrets: { stale: 2, unreadable: [] } }, 'warning', '2 secrets are still sealed with an older master key.'],
  [
    'MASTER_KEY',
    { secrets: { stale: 0, unreadable: ['acme connect primary'] } },
    'failed',
    'No master key at hand opens acme connect primary.',
  ],
]

const old = { ...declared, at: plus(now, -days(400)) }
const secret = (more: object) => [{ name: 'signIn primary', setAt: now, expiresAt: undefined, ...more }]
const tenantCases: readonly Case<TenantFacts, keyof typeof tenantChecks>[] = [
  ['ACCOUNT_ENROLLED', { declarations: {} }, 'skipped', 'No API tells, and nobody has declared it.'],
  ['ACCOUNT_ENROLLED', { declarations: { ACCOUNT_ENROLLED: old } }, 'warning', 'more than twelve months ago'],
  ['TAX_PROFILE', { declarations: {} }, 'skipped', 'The tax profile of the publisher is complete. No API tells'],
  ['PAYOUT_PROFILE', { declarations: { PAYOUT_PROFILE: old } }, 'warning', 'Declared by mara on 2028-11-27'],
  ['CONNECT_TOKEN', { connect: { state: 'notSet' } }, 'failed', 'There is no connect credential: orders cannot reach Connect.'],
  ['CONNECT_TOKEN', { connect: refused('ERR_CONNECT_UNAUTHORIZED') }, 'failed', 'Refused: ERR_CONNECT_UNAUTHORIZED.'],
  ['CONNECT_TOKEN', { connect: { ...refused('ERR_CONNECT_UNAVAILABLE'), state: 'unclear' } }, 'warning', 'Could not be tried'],
  [
    'CONNECT_MODULES',
    { connect: { state: 'good', notes: ['Usage is not granted: no usage is billed.'] } },
    'warning',
    'Usage is not granted',
  ],
  ['CONNECT_MODULES', { connect: { state: 'notSet' } }, 'skipped', 'The token was not accepted.'],
  ['PRODUCTS', { products: yes(0) }, 'failed', 'No product is set up.'],
  ['PARTNER_CENTER_APP', { partnerCenter: { state: 'notSet' } }, 'skipped', 'offers are published by hand'],
  ['PARTNER_CENTER_APP', { partnerCenter: refused('ERR_MS_CREDENTIAL_WRONG') }, 'failed', 'Refused: ERR_MS_CREDENTIAL_WRONG.'],
  ['WEBHOOK_HEARD', { webhookHeardAt: undefined }, 'warning', 'Microsoft has not called the webhook yet.'],
  ['MICROSOFT_TOKEN', { microsoft: refused('ERR_MS_CREDENTIAL_EXPIRED') }, 'failed', 'Refused: ERR_MS_CREDENTIAL_EXPIRED.'],
  ['MICROSOFT_TOKEN', { microsoft: { state: 'notSet' } }, 'failed', "Microsoft's marketplace cannot be called"],
  ['MICROSOFT_API', { microsoft: refused('ERR_MS_FORBIDDEN') }, 'failed', 'Refused: ERR_MS_FORBIDDEN.'],
  ['MICROSOFT_API', { microsoft: refused('ERR_MS_CREDENTIAL_WRONG') }, 'skipped', 'Without a token the marketplace cannot be asked.'],
  ['SIGN_IN_APP', { signIn: { state: 'notSet' } }, 'failed', 'There is no signIn credential: buyers cannot sign in.'],
  [
    'SIGN_IN_APP',
    { signIn: { state: 'good', notes: ['Whether Entra takes the secret could not be told.'] } },
    'warning',
    'could not be told',
  ],
  ['SECRETS', { secrets: secret({ expiresAt: plus(now, -1) }) }, 'failed', 'The end of signIn primary has come.'],
  ['SECRETS', { secrets: secret({ expiresAt: plus(now, days(10)) }) }, 'warning', 'Within 30 days ends signIn primary on 2030-01-11.'],
  ['SECRETS', { secrets: secret({ setAt: plus(now, -days(500)) }) }, 'warning', 'Older than a year: signIn primary.'],
]

const seen = (more: object) => yes([{ ...connections[0], ...more }, connections[1]] as typeof connections)
const withTree = (change: Partial<TreeSeen>) => ({ inPartnerCenter: yes([{ ...there, trees: [{ ...tree, ...change }] }]) })
const ordered = (tried: OrderTried) => ({
  testOrders: yes({ connection: 'CT-2', plans: [{ plan: 'notes / team', tried }], untried: 0 }),
})
const orderRefused = (code: string, ...messages: readonly string[]) => ordered({ outcome: 'refused', code, messages })
const submitted = (state: 'running' | 'failed') => ({ inPartnerCenter: yes([{ ...there, submission: { target: 'preview', state } }]) })
const productCases: readonly Case<ProductFacts, keyof typeof productChecks>[] = [
  [
    'PRODUCT_VISIBLE',
    { atConnect: yes({ found: false, status: 'unknown', visible: false }) },
    'failed',
    'Connect does not show PRD-1 to this account.',
  ],
  ['PRODUCT_VISIBLE', { atConnect: yes({ found: true, status: 'endofsale', visible: true }) }, 'failed', 'has reached its end of sale'],
  ['PRODUCT_VISIBLE', { atConnect: yes({ found: true, status: 'draft', visible: true }) }, 'failed', 'is not published (draft)'],
  ['PRODUCT_VISIBLE', { atConnect: yes({ found: true, status: 'published', visible: false }) }, 'failed', 'not visible for sale'],
  ['PRODUCT_LISTED', { listing: yes('none') }, 'failed', 'PRD-1 is not listed on MP-1: there is no listing. Connect may refuse orders'],
  ['PRODUCT_LISTED', { listing: no('Connect did not answer.') }, 'skipped', 'Connect did not answer.'],
  ['CONNECTIONS', { connections: yes([]) }, 'failed', 'Connect has no connection CT-1 of this product (production).'],
  ['CONNECTIONS', { connections: seen({ type: 'test' }) }, 'failed', 'CT-1 is a connection for test, not for production.'],
  ['CONNECTIONS', { connections: seen({ status: 'revoked' }) }, 'failed', 'CT-1 is revoked.'],
  ['CONNECTIONS', { connections: seen({ hub: 'HB-9' }) }, 'failed', 'CT-1 is on HB-9, not on HB-1.'],
  ['CONNECTIONS', { wanted: { ...product.wanted, test: undefined } }, 'warning', 'There is no test connection'],
  ['CONNECTIONS', { wanted: { ...product.wanted, production: undefined } }, 'warning', 'There is no production connection'],
  ['ITEMS', { mappedItems: [seats('PRD-1-0009')] }, 'failed', 'Connect does not know PRD-1-0009.'],
  ['ITEMS', { mappedItems: [seats('PRD-1-0002')] }, 'failed', 'PRD-1-0002 can no longer be sold.'],
  ['ITEMS', { mappedItems: [{ id: 'PRD-1-0001', kind: 'payAsYouGo' }] }, 'failed', 'PRD-1-0001 is seats, and mapped as Pay-as-you-go'],
  [
    'TEST_ORDER',
    orderRefused('notListed', 'There is no Listing for specified Product and Marketplace.'),
    'failed',
    'Connect refuses a test order of notes / team: it refuses orders while the product is not listed on MP-1, and so those of the preview and of certification too.',
  ],
  ['TEST_ORDER', orderRefused('marketplaceUnknown'), 'failed', 'it does not take MP-1 as the marketplace'],
  ['TEST_ORDER', orderRefused('connectionUnknown'), 'failed', 'it does not take the test connection'],
  ['TEST_ORDER', orderRefused('notSold'), 'failed', 'the product is no longer sold'],
  ['TEST_ORDER', orderRefused('buyerDataIncomplete', 'asset.tiers.customer: no.'), 'failed', 'Connect says: asset.tiers.customer: no.'],
  [
    'TEST_ORDER',
    orderRefused('invalid', 'Something else.'),
    'failed',
    'Connect refuses a test order of notes / team. Connect says: Something else.',
  ],
  [
    'TEST_ORDER',
    ordered({ outcome: 'invalid', errors: ['reseller_key: wrong'] }),
    'failed',
    'is answered for the reseller (notes / team): reseller_key: wrong',
  ],
  ['TEST_ORDER', ordered({ outcome: 'unvalidated', code: 'ERR_CONNECT_UNAVAILABLE' }), 'warning', 'orders go unvalidated'],
  ['TEST_ORDER', { testOrders: yes({ connection: undefined, plans: [], untried: 0 }) }, 'skipped', 'There is no test connection'],
  ['TEST_ORDER', { testOrders: no('Connect did not answer.') }, 'skipped', 'Connect did not answer.'],
  [
    'ORDERING_PARAMETERS',
    { ordering: yes({ unanswerable: ['hologram (hologram)'], resellerMissing: [] }) },
    'failed',
    'The order form cannot ask for hologram',
  ],
  [
    'ORDERING_PARAMETERS',
    { ordering: yes({ unanswerable: [], resellerMissing: ['reseller_key'] }) },
    'failed',
    'Not answered for the reseller: reseller_key.',
  ],
  [
    'RESELLER',
    { reseller: yes({ found: true, open: [], failed: [], notSetUp: ['production', 'test'] }) },
    'warning',
    'has not set this one up for production and test: the first order there asks for it',
  ],
  ['RESELLER', { reseller: yes({ found: false, open: [], failed: [], notSetUp: [] }) }, 'failed', 'Connect does not know the reseller'],
  [
    'RESELLER',
    { reseller: yes({ found: true, open: ['TCR-1'], failed: [], notSetUp: [] }) },
    'warning',
    'not set the reseller up yet (TCR-1): orders wait',
  ],
  [
    'RESELLER',
    { reseller: yes({ found: true, open: [], failed: ['TCR-2'], notSetUp: [] }) },
    'failed',
    'has refused to set the reseller up (TCR-2)',
  ],
  [
    'CONNECT_WEBHOOK',
    { connectWebhook: { state: 'notAllowed', told: 'no' } },
    'warning',
    'Connect is only read, not heard (notAllowed: no).',
  ],
  ['CONNECT_WEBHOOK', { connectWebhook: undefined }, 'skipped', 'has not been looked at yet'],
  ['OFFER_MAPPED', { offers: [] }, 'failed', 'PRD-1 has no offer: nothing of it can be bought.'],
  ['OFFER_MAPPED', { offers: [{ id: 'notes', plans: [] }] }, 'failed', 'notes has no plan.'],
  ['PLAN_PARITY', { offers: [{ id: 'notes', plans: [] }] }, 'failed', 'Microsoft offers what is not mapped: notes / team.'],
  ['PLAN_PARITY', { atMicrosoft: yes([{ id: 'notes', plans: [] }]) }, 'warning', 'Mapped, and not offered by Microsoft: notes / team.'],
  [
    'PLAN_PARITY',
    { atMicrosoft: yes([{ id: 'notes', plans: [{ id: 'team', dimensions: ['events'], perSeat: true }] }]) },
    'failed',
    'At Microsoft notes / team is sold by the seat, and mapped as Pay-as-you-go',
  ],
  ['PLAN_PARITY', { atMicrosoft: no('There is no subscription yet.') }, 'skipped', 'There is no subscription yet.'],
  [
    'DIMENSION_PARITY',
    { atMicrosoft: yes([{ id: 'notes', plans: [{ id: 'team', dimensions: [] }] }]) },
    'failed',
    'Microsoft does not meter notes / team / events',
  ],
  ['DIMENSION_PARITY', { offers: [{ id: 'notes', plans: [{ id: 'team', dimensions: [] }] }] }, 'warning', 'and no item is mapped to it'],
  ['OFFER_IN_ACCOUNT', { inPartnerCenter: yes([{ ...there, found: false, trees: [] }]) }, 'failed', 'has no offer notes in this account'],
  ['OFFER_IN_ACCOUNT', { inPartnerCenter: no('There is no app.') }, 'skipped', 'There is no app.'],
  [
    'TECHNICAL_CONFIGURATION',
    { ours: { ...ours, webhook: 'https://other.example/w' } },
    'failed',
    'The draft of notes has https://shop.example/w as its webhook, not https://other.example/w.',
  ],
  ['TECHNICAL_CONFIGURATION', { ours: { ...ours, app: 'A-2' } }, 'failed', 'The live of notes has a-1 as its Entra app id, not A-2.'],
  ['TECHNICAL_CONFIGURATION', withTree({ technical: undefined }), 'failed', 'The draft of notes has no technical configuration.'],
  ['DRAFT_PARITY', withTree({ plans: [] }), 'warning', 'The draft lacks what is mapped: notes / team.'],
  [
    'DRAFT_PARITY',
    withTree({ plans: [{ id: 'team', dimensions: [] }] }),
    'warning',
    'does not meter what is mapped: notes / team / events.',
  ],
  ['SUBMISSIONS', submitted('failed'), 'failed', 'The last submission of notes to preview failed.'],
  ['SUBMISSIONS', submitted('running'), 'warning', 'Under way: the submission of notes to preview.'],
  ['SUBMISSIONS', withTree({ validations: ['A logo is missing.'] }), 'warning', 'Microsoft says to the draft: notes: A logo is missing.'],
  ['LEADS', withTree({ leads: undefined }), 'warning', 'Nobody has said where the leads of notes go.'],
  ['LEADS', { wantedLeads: new Map([['notes', 'email']]) }, 'warning', 'notes: none, and email is wanted'],
  ['LEADS', { inPartnerCenter: no('There is no app.'), leads: yes(['notes']) }, 'warning', 'Nobody has said where the leads of notes go.'],
  ['TEST_PURCHASE', { testPurchase: 'none' }, 'warning', 'No preview purchase has been made yet.'],
  ['TEST_PURCHASE', { testPurchase: 'ordered' }, 'warning', 'A preview purchase is under way.'],
  ['LANDING_PAGE', { landing: reachedFrom(undefined) }, 'failed', 'cannot be reached (from here only: no probe is configured'],
  ['LANDING_PAGE', { landing: reachedFrom(404) }, 'failed', 'The landing page https://shop.example/x answers 404'],
  ['WEBHOOK_ADDRESS', { webhook: reachedFrom(200) }, 'failed', 'The webhook https://shop.example/x answers 200'],
]

const told = (finding: Finding, result: Result, sentence: string): void => {
  expect(finding).toMatchObject({ result, sentence: expect.stringContaining(sentence) })
  if (result === 'failed' || result === 'warning') expect(finding.todo).toBeTruthy()
}

describe('each check says what is wrong and what to do', () => {
  test.each(installationCases)('%s %o: %s', (code, facts, result, sentence) =>
    told(installationChecks[code].judge({ ...installation, ...facts }), result, sentence),
  )
  test.each(tenantCases)('%s %o: %s', (code, facts, result, sentence) =>
    told(tenantChecks[code].judge({ ...tenant, ...facts }), result, sentence),
  )
  test.each(productCases)('%s %o: %s', (code, facts, result, sentence) =>
    told(productChecks[code].judge({ ...product, ...facts }), result, sentence),
  )
})

test('no check is without a test that makes it fail', () => {
  const tested = new Set<string>([...installationCases, ...tenantCases, ...productCases].map(([code]) => code))
  const codes = [installationChecks, tenantChecks, productChecks].flatMap((checks) => Object.keys(checks))
  expect(codes.filter((code) => !tested.has(code))).toEqual([])
})
