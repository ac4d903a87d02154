import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/kit/errors/index.ts'
import { entraObjectId, entraTenantId, productId } from '../../src/kit/ids.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { bought, buyer, partnerTenant } from '../helpers/buyer-records.ts'
import { aToken, openDoor, PUBLIC_URL } from './door.ts'

const door = await openDoor()
const { world } = door
const record = bought()
const product = record.productId
const start = `/portal/larkspur/${product}/start`
const page = `${PUBLIC_URL}/portal/larkspur/${product}/subscriptions/${record.subscriptionId}`
const linkTo = (token: string) => `${start}?token=${encodeURIComponent(token)}`

/** A purchase, its token, and the address Microsoft sends the buyer to. */
function purchase(changes = record) {
  const token = aToken()
  world.records.set(changes.subscriptionId, changes)
  world.tokens.set(token, changes.subscriptionId)
  return { token, link: linkTo(token) }
}

beforeEach(() => {
  world.records.clear()
  world.tokens.clear()
  world.resolved.length = 0
  door.sandbox.worlds.faults.clear()
})

test('the buyer arrives, signs in once and stands on the page of the purchase, which has no token in its address', async () => {
  const { token, link } = purchase()
  const browser = door.browser()
  const picker = await browser.get(link)
  expect(picker.body).toContain('Pick an account')
  const arrived = await browser.pick(picker, 'mara')
  expect(arrived.status).toBe(200)
  expect(arrived.url).toBe(page)
  expect(arrived.body).toContain('Mara Vogt')
  expect(world.resolved).toEqual([token])
})

test('after the landing address a purchase token is in no address, page, or line of the log', async () => {
  const { token, link } = purchase()
  const browser = door.browser()
  await browser.pick(await browser.get(link), 'mara')
  await browser.get(link) // again, signed in by now
  const forms = [token, encodeURIComponent(token), encodeURIComponent(encodeURIComponent(token)), token.slice(4, 40)]
  for (const form of forms) {
    expect(browser.sentTo.filter((address) => address.includes(form))).toEqual([])
    expect(browser.shown.filter(({ body }) => body.includes(form))).toEqual([])
    expect(door.logged()).not.toContain(form)
  }
  expect(door.logged()).toContain('/portal/:tenantId/:productId/start')
})

test('nothing is ever shown where a token is in the address, whatever goes wrong', async () => {
  const odd = [
    '/portal/nobody/PRD-1/start',
    '/portal/UPPER/PRD-1/start',
    '/portal/larkspur/PRD-0-0-0/start',
    `${start}/more`,
    '/portal/x',
    start,
  ]
  for (const address of odd) {
    for (const token of ['abc', 'abc%2', '%0D%0A']) {
      const first = await door.browser().get(`${address}?token=${token}`, { follow: false })
      expect(first.status, address).toBe(302)
      expect(first.headers['location']).not.toContain('token=')
    }
  }
})

test('a raw + in the token survives', async () => {
  const { token } = purchase()
  expect(token).toContain('+')
  const browser = door.browser()
  await browser.pick(await browser.get(`${start}?token=${token}`), 'mara')
  expect(world.resolved).toEqual([token])
})

test('a visitor who is signed in goes straight on', async () => {
  const browser = door.browser()
  await browser.pick(await browser.get(purchase().link), 'mara')
  const sent = browser.sentTo.length
  const again = await browser.get(purchase().link)
  expect(again.url).toBe(page)
  expect(browser.sentTo.slice(sent).every((address) => address.startsWith(PUBLIC_URL))).toBe(true)
})

test('a deep link signs in first and comes back to the same page', async () => {
  purchase()
  const browser = door.browser()
  const arrived = await browser.pick(await browser.get(page), 'mara')
  expect(arrived.url).toBe(page)
})

test('a landing address of another product of the publisher still leads to what was bought', async () => {
  const { token } = purchase()
  const browser = door.browser()
  const arrived = await browser.pick(await browser.get(`/portal/larkspur/PRD-417-220-901/start?token=${encodeURIComponent(token)}`), 'mara')
  expect(arrived.url).toBe(page)
})

describe('each thing that can be wrong has its own page and status', () => {
  const shownFor = async (link: string, person = 'mara') => {
    const browser = door.browser()
    const first = await browser.get(link)
    return first.body.includes('Pick an account') ? browser.pick(first, person) : first
  }

  test.each([
    ['no token', () => start, 400],
    ['a malformed token', () => `${start}?token=%E0%A4%A`, 400],
    ['a token Microsoft does not take any more', () => linkTo('expired'), 410],
    ['an unknown tenant', () => `/portal/nobody/${product}/start`, 404],
    ['an unknown product', () => '/portal/larkspur/PRD-000-000-000/start', 404],
    ['an address of nothing', () => '/portal/larkspur', 404],
  ])('%s', async (_name, link, status) => {
    expect((await shownFor(link())).status).toBe(status)
  })

  test('a token of another publisher is 403, an offer that is not set up 404', async () => {
    world.tokens.set('of-another', 'foreignToken')
    world.tokens.set('of-no-product', 'notManaged')
    expect((await shownFor(linkTo('of-another'))).status).toBe(403)
    expect((await shownFor(linkTo('of-no-product'))).status).toBe(404)
  })

  test('nobody learns whether it is the tenant or the product that does not exist', async () => {
    const withoutReference = (body: string) => body.replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, '')
    const [one, other] = [await shownFor(`/portal/nobody/${product}/start`), await shownFor('/portal/larkspur/PRD-000-000-000/start')]
    expect(withoutReference(one.body)).toBe(withoutReference(other.body))
  })

  test('Microsoft being down is 503 with Retry-After, said at an address that works once it is back', async () => {
    const { token, link } = purchase()
    world.tokens.set(token, new ApiError('ERR_MS_UNAVAILABLE', {}))
    const browser = door.browser()
    const down = await browser.pick(await browser.get(link), 'mara')
    expect(down.status).toBe(503)
    expect(Number(down.headers['retry-after'])).toBeGreaterThan(0)
    world.tokens.set(token, record.subscriptionId)
    expect((await browser.get(down.url)).url).toBe(page)
  })

  test('sign-in being down is 503 with Retry-After, said at an address that works once it is back', async () => {
    const fresh = await openDoor({ sandbox: door.sandbox })
    // Three tries for the landing address, three for the one it leads to.
    door.sandbox.worlds.faults.add({ world: 'entra', kind: 'status', status: 503, times: 6, path: 'openid-configuration' })
    const browser = fresh.browser()
    const down = await browser.get(purchase().link)
    expect(down.status).toBe(503)
    expect(down.headers['retry-after']).toBeDefined()
    expect((await browser.get(down.url)).body).toContain('Pick an account')
  })

  test('a publisher without a sign-in app is 503, and the page does not say why', async () => {
    const app = world.signInApp
    world.signInApp = undefined
    const shown = await shownFor(purchase().link)
    world.signInApp = app
    expect(shown.status).toBe(503)
    expect(shown.body).not.toContain('credential')
  })

  test('every problem page carries a reference that is in the log', async () => {
    const shown = await shownFor(linkTo('expired'))
    const [, reference] = /class="reference">[^<]*<code>([0-9A-Z]{4}-[0-9A-Z]{4})<\/code>/.exec(shown.body) ?? []
    expect(door.logged()).toContain(`"reference":"${reference}"`)
  })
})

describe('only the right people', () => {
  test('a visitor of another organisation gets 403 and not one word of the subscription', async () => {
    const { link } = purchase()
    const browser = door.browser()
    const shown = await browser.pick(await browser.get(link), 'priya')
    expect(shown.status).toBe(403)
    for (const address of [page, `${page}/fragment`, `${page}/status`, `${page}/actions/open`]) {
      const answer = await browser.get(address)
      expect(answer.status, address).toBe(403)
      for (const word of [record.microsoft.name, 'Professional', buyer.email ?? '', '25 seats', '>25<', 'fabrikam']) {
        const visible = answer.body.replaceAll(address, '').replaceAll(record.subscriptionId, '')
        expect(visible.replace(/<head>.*<\/head>/s, ''), `${word} in ${address}`).not.toContain(word)
      }
    }
  })

  test('the refused visitor can pick another account and lands on the same purchase', async () => {
    const browser = door.browser()
    const refused = await browser.pick(await browser.get(purchase().link), 'priya')
    const [, other = ''] = /href="([^"]*signin\/other[^"]*)"/.exec(refused.body) ?? []
    const picker = await browser.get(other.replaceAll('&amp;', '&'))
    expect(picker.body).toContain('Pick an account')
    expect((await browser.pick(picker, 'mara')).url).toBe(page)
  })

  test('a visitor signed in here as somebody else is asked once more who they are, and never in a circle', async () => {
    const browser = door.browser()
    await browser.pick(await browser.get(purchase().link), 'priya')
    const shown = await browser.get(purchase().link) // Microsoft still says Priya
    expect(shown.status).toBe(403)
  })

  test('people of the organisation that bought for another one may see it', async () => {
    const { link } = purchase(bought({ microsoft: { purchaser: { entraTenantId: partnerTenant } } }))
    const browser = door.browser()
    expect((await browser.pick(await browser.get(link), 'priya')).status).toBe(200)
  })

  test('a personal account sees its own subscription and 403 for that of another personal account', async () => {
    const personal = entraTenantId.parse('9188040d-6c67-4c5b-b112-36a304b66dad')
    const party = { entraTenantId: personal, objectId: entraObjectId.parse('00000000-0000-0000-7c1d-2e3f4a5b6c7d') }
    const { link } = purchase(bought({ microsoft: { beneficiary: party, purchaser: party } }))
    const his = door.browser()
    expect((await his.pick(await his.get(link), 'sam')).status).toBe(200)
    const hers = door.browser()
    const refused = await hers.pick(await hers.get(link), 'alex')
    expect(refused.status).toBe(403)
    expect(door.logged()).toContain('ERR_WRONG_PERSONAL_ACCOUNT')
  })

  test('the page of a subscription under another product is not there', async () => {
    const other = bought({ record: { productId: productId.parse('PRD-417-220-901') } })
    purchase(other)
    const browser = door.browser()
    expect((await browser.pick(await browser.get(page), 'mara')).status).toBe(404)
  })
})

describe('the sign-in belongs to the browser that began it', () => {
  /** The address Entra sends the browser back to, not followed. */
  async function callbackOf() {
    const { link } = purchase()
    const browser = door.browser()
    const picker = await browser.get(link)
    await browser.pick(picker, 'mara')
    const callback = browser.sentTo.find((address) => address.startsWith(`${PUBLIC_URL}/portal/signin?`)) ?? ''
    return { browser, callback }
  }

  test('a state from another browser is refused, and stays good for its own', async () => {
    const victim = door.browser()
    const begun = await victim.get(purchase().link, { follow: false })
    const state = new URL(begun.headers['location'] ?? '').searchParams.get('state')
    const thief = door.browser()
    await thief.get(purchase().link, { follow: false })
    const stolen = await thief.get(`/portal/signin?state=${state}&code=whatever`)
    expect(stolen.status).toBe(400)
    expect(thief.cookies.has('bridge-buyer-larkspur')).toBe(false)
    const picker = await victim.get(begun.headers['location'] ?? '')
    expect((await victim.pick(picker, 'mara')).url).toBe(page)
  })

  test('a sign-in works once', async () => {
    const { browser, callback } = await callbackOf()
    expect((await browser.get(callback)).status).toBe(400)
  })

  test('a sign-in that took more than 15 minutes is over', async () => {
    const browser = door.browser()
    const picker = await browser.get(purchase().link)
    door.clock.moveBy(minutes(15) + 1)
    const late = await browser.pick(picker, 'mara')
    expect(late.status).toBe(400)
    expect(browser.cookies.has('bridge-buyer-larkspur')).toBe(false)
  })

  test('a cancelled sign-in says so and can be tried again with the purchase', async () => {
    const browser = door.browser()
    const begun = await browser.get(purchase().link, { follow: false })
    const state = new URL(begun.headers['location'] ?? '').searchParams.get('state')
    const cancelled = await browser.get(`/portal/signin?state=${state}&error=access_denied&error_description=AADSTS65004:%20mara.vogt@x`)
    expect(cancelled.status).toBe(403)
    expect(door.logged()).not.toContain('mara.vogt')
    const [, again = ''] = /href="([^"]*signin\/again[^"]*)"/.exec(cancelled.body) ?? []
    expect((await browser.get(again.replaceAll('&amp;', '&'))).body).toContain('Pick an account')
  })

  test('two tabs sign in side by side', async () => {
    const browser = door.browser()
    const [one, other] = [await browser.get(purchase().link), await browser.get(purchase().link)]
    expect((await browser.pick(one, 'mara')).url).toBe(page)
    expect((await browser.pick(other, 'mara')).url).toBe(page)
  })

  test('the old secret still works while the app turns to a new one', async () => {
    const app = world.signInApp
    world.signInApp = app && { ...app, secrets: ['not-yet-known-at-entra', ...app.secrets] }
    const { browser } = await callbackOf()
    world.signInApp = app
    expect(browser.cookies.has('bridge-buyer-larkspur')).toBe(true)
  })
})

describe('sessions', () => {
  const signedIn = async () => {
    const browser = door.browser()
    await browser.pick(await browser.get(purchase().link), 'mara')
    return browser
  }
  const isSignedIn = async (browser: Awaited<ReturnType<typeof signedIn>>) => (await browser.get(`${page}/status`)).status === 200

  test('neither the session nor anything personal or secret is in the database as plain text', async () => {
    const browser = await signedIn()
    const { token } = purchase()
    await browser.get(linkTo(token))
    const rows = JSON.stringify([
      await door.db.selectFrom('buyer_sessions').selectAll().execute(),
      await door.db.selectFrom('sign_in_attempts').selectAll().execute(),
    ])
    for (const secret of [...browser.cookies.values(), token, 'Mara', buyer.email ?? '']) expect(rows).not.toContain(secret)
  })

  test('signing in again makes a new session and ends the one before', async () => {
    const browser = await signedIn()
    const before = browser.cookies.get('bridge-buyer-larkspur') ?? ''
    await browser.pick(await browser.get(`${page}/switch-account`), 'jonas')
    expect(browser.cookies.get('bridge-buyer-larkspur')).not.toBe(before)
    const old = await door.inject({ url: `${new URL(page).pathname}/status`, headers: { cookie: `bridge-buyer-larkspur=${before}` } })
    expect(old.statusCode).toBe(401)
  })

  test('a session ends after two idle hours, and the living page does not keep it alive', async () => {
    const browser = await signedIn()
    for (let quarter = 0; quarter < 7; quarter++) {
      door.clock.moveBy(minutes(15))
      expect(await isSignedIn(browser)).toBe(true)
    }
    door.clock.moveBy(minutes(15))
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('a session in use ends after twelve hours', async () => {
    const browser = await signedIn()
    for (let hour = 0; hour < 11; hour++) {
      door.clock.moveBy(hours(1))
      expect((await browser.get(page)).url).toBe(page)
    }
    door.clock.moveBy(hours(1))
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('signing out ends it at once, and only from our own page', async () => {
    const browser = await signedIn()
    const [, csrfToken = ''] = /name="csrfToken" value="([^"]+)"/.exec((await browser.get(page)).body) ?? []
    const signOut = `/portal/larkspur/${product}/sign-out`
    expect((await browser.post(signOut, {})).status).toBe(403)
    expect((await browser.post(signOut, { csrfToken }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await isSignedIn(browser)).toBe(true)
    expect((await browser.post(signOut, { csrfToken })).status).toBe(200)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('a session sealed with a key that is gone is nobody: the visitor signs in again', async () => {
    const browser = await signedIn()
    await door.db
      .updateTable('buyer_sessions')
      .set({ profile: `v1.gone.${'A'.repeat(16)}.${'A'.repeat(40)}` })
      .execute()
    expect((await browser.get(`${page}/status`)).status).toBe(401)
    expect((await browser.get(page)).url).toBe(page)
    expect((await browser.get(`${page}/status`)).status).toBe(200)
  })

  test('an invented session is nobody', async () => {
    const answer = await door.inject({
      url: `${new URL(page).pathname}/status`,
      headers: { cookie: `bridge-buyer-larkspur=${'A'.repeat(43)}` },
    })
    expect(answer.statusCode).toBe(401)
  })
})
