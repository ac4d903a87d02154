import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { days, standingClock } from '../../src/kit/time.ts'
import { people } from '../seed.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { createBrowser, locationOf } from '../testing/browser.ts'
import { activeSubscription, type Receiver, receive } from '../testing/publisher.ts'
import { initialsOf } from './words.ts'

let sandbox: Sandbox
let receiver: Receiver
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, clock: standingClock('2030-01-01T00:00:00Z') })
  receiver = await receive(sandbox)
})
beforeEach(() => sandbox.reset())
afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

const { get, post } = createBrowser()
const text = async (path: string) => (await get(`${sandbox.url}${path}`)).text()
const order = { planId: 'basic', quantity: '10', termUnit: 'P1M', buyer: 'mara', beneficiary: '' }

test('from the window over the order to the landing page with a token, by links and forms alone', async () => {
  expect(await text('/')).toContain('/store/offers/larkspur-projects')
  expect(await text('/store/offers/larkspur-projects')).toContain('Professional')
  const bought = locationOf(await post(`${sandbox.url}/store/offers/larkspur-projects`, order))
  const page = await text(bought.pathname)
  expect(page).toContain('Configure account')
  const landing = locationOf(await get(`${bought.href}/account`))
  expect(landing.origin + landing.pathname).toBe(`${receiver.url}/portal/larkspur/PRD-417-220-902/start`)
  expect(landing.searchParams.get('token')).toMatch(/^[A-Za-z0-9+/=]+$/)
})

test.each([
  ['too many seats', { quantity: '51' }, 'between 1 and 50'],
  ['seats that are no number', { quantity: 'ten' }, 'in digits'],
  ['an unknown plan', { planId: 'gold' }, 'there is no plan gold'],
])('an order with %s is shown again with the reason, and nothing is bought', async (_what, change, reason) => {
  const again = await post(`${sandbox.url}/store/offers/larkspur-projects`, { ...order, ...change })
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining(reason)])
  expect(sandbox.worlds.marketplace.subscriptions()).toEqual([])
})

test('special purchases reach the marketplace: preview, partner-sold, without address, for somebody else', async () => {
  const special = { ...order, preview: 'yes', csp: 'yes', withoutEmail: 'yes', beneficiary: 'priya' }
  await post(`${sandbox.url}/store/offers/larkspur-projects`, special)
  const [bought] = sandbox.worlds.marketplace.subscriptions()
  expect(bought).toMatchObject({ preview: true, allowedCustomerOperations: ['Read'], beneficiary: { emailId: '' } })
  expect(bought?.beneficiary.tenantId).not.toBe(bought?.purchaser.tenantId)
})

test('changes, payment, renewal and cancellation work by their buttons, and a refusal is explained', async () => {
  const id = await activeSubscription(sandbox, { offerId: 'larkspur-projects', planId: 'basic', quantity: 10 })
  const press = (verb: string, form = {}) => post(`${sandbox.url}/store/subscriptions/${id}/${verb}`, form)
  const now = () => sandbox.worlds.marketplace.subscription(id)
  expect((await press('quantity', { quantity: '20' })).status).toBe(303)
  const twice = await press('plan', { planId: 'professional' })
  expect([twice.status, await twice.text()]).toEqual([400, expect.stringContaining('locked')])
  await sandbox.settled()
  sandbox.clock.moveBy(10_000)
  await sandbox.settled()
  expect(now()?.quantity).toBe(20)
  await press('suspend')
  await press('reinstate')
  await sandbox.settled()
  await press('renewal', { autoRenew: 'no' })
  expect(now()).toMatchObject({ status: 'Subscribed', autoRenew: false })
  await press('cancel')
  expect(now()?.status).toBe('Unsubscribed')
})

test('the clock’s buttons move it and what falls due has happened when the page comes back', async () => {
  const { subscriptionId: id } = sandbox.worlds.marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' })
  const before = sandbox.clock.now().getTime()
  const back = locationOf(await post(`${sandbox.url}/store/clock`, { by: 'month', back: `/store/subscriptions/${id}` }))
  expect(sandbox.clock.now().getTime() - before).toBe(days(30))
  expect(await text(back.pathname)).toContain('Unsubscribed')
  expect((await post(`${sandbox.url}/store/clock`, { by: 'day', back: 'https://evil.example/' })).status).toBe(404)
})

test('what a buyer typed is never markup, and pages load nothing but the sandbox’s own files', async () => {
  const { subscriptionId: id } = sandbox.worlds.marketplace.purchase({
    offerId: 'larkspur-notes',
    planId: 'team',
    name: '<img src=x onerror=alert(1)>',
  })
  const page = await get(`${sandbox.url}/store/subscriptions/${id}`)
  expect(await page.text()).not.toContain('<img')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await get(`${sandbox.url}/store/style.css`)).headers.get('content-type')).toContain('text/css')
})

test('a preview is listed to whom its publisher invited, a private plan to its directory, a hidden plan to who knows it', async () => {
  const world = sandbox.worlds.marketplace
  const [notes, projects] = ['larkspur-notes', 'larkspur-projects'].map((id) => world.offers().find(({ offerId }) => offerId === id))
  const [mara, priya] = ['mara', 'priya'].map((key) => people.find((person) => person.key === key))
  if (!notes || !projects || !mara || !priya) throw new Error('the seed has them')
  world.publish({ ...notes, name: 'Notes to come', previewAudience: [mara.email] }, 'preview')
  const [plan] = projects.plans
  if (!plan) throw new Error('the seed has one')
  const more = [
    { ...plan, planId: 'secret', name: 'Secret plan', hidden: true },
    { ...plan, planId: 'own', name: 'Plan of their own', privateFor: [priya.tenantId] },
  ]
  world.publish({ ...projects, plans: [...projects.plans, ...more] }, 'live')
  const as = async (person: string, path: string) => {
    await post(`${sandbox.url}/store/person`, { person })
    return text(path)
  }
  const [previewPage, offer] = ['/store/offers/larkspur-notes?preview=yes', '/store/offers/larkspur-projects']
  expect(await as('', '/')).not.toContain('Notes to come')
  expect(await as('priya', '/')).not.toContain('Notes to come')
  expect(await as('mara', '/')).toContain('Notes to come')
  expect(await as('mara', previewPage)).toContain('Notes to come')
  expect(await as('mara', offer)).not.toMatch(/Secret plan|Plan of their own/)
  expect(await as('priya', offer)).toContain('Plan of their own')
  expect(await as('', `${offer}?plan=secret`)).toContain('Secret plan')
  await as('', '/')
})

test('what is not there is said so', async () => {
  for (const path of ['/store/subscriptions/x', '/store/subscriptions/x/account', '/store/offers/x']) {
    expect((await get(`${sandbox.url}${path}`)).status).toBe(404)
  }
})

test('an offer’s mark is made of letters and digits only', () => {
  expect(['Larkspur Insights (pay as you go)', 'Larkspur Suite Platform', 'Éclair', '(…)'].map((name) => initialsOf({ name }))).toEqual([
    'Ip',
    'SP',
    'É',
    '(',
  ])
})
