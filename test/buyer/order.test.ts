import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/kit/errors/index.ts'
import { entraObjectId } from '../../src/kit/ids.ts'
import { hours } from '../../src/kit/time.ts'
import { orderingParameter } from '../helpers/buyer-parameters.ts'
import { asset, bought, ordered, request } from '../helpers/buyer-records.ts'
import type { Browser } from './browser.ts'
import { aToken, openDoor, PUBLIC_URL } from './door.ts'

const door = await openDoor()
const { world } = door
const pending = bought()
const page = `${PUBLIC_URL}/portal/larkspur/${pending.productId}/subscriptions/${pending.subscriptionId}`
const workspace = orderingParameter({ name: 'workspace', type: 'text', title: 'Workspace', constraints: { required: true } })

const complete = {
  ...{ companyName: 'Fabrikam GmbH', firstName: 'Mara', lastName: 'Vogt', email: 'mara.vogt@fabrikam.example' },
  ...{ address_line1: 'Seestrasse 1', postal_code: '8002', city: 'Zürich', country: 'CH', state: 'ZH', phone: '' },
}

beforeEach(() => {
  world.records.clear()
  world.records.set(pending.subscriptionId, pending)
  world.orders.length = 0
  world.parameters = [workspace]
  world.verdict = { outcome: 'skipped' }
  world.actionLink = 'https://vendor.example/open?signed=1'
})

/** Landed with a fresh token, as Microsoft sends a buyer. */
async function landed(person = 'mara'): Promise<Browser> {
  const token = aToken()
  world.tokens.set(token, pending.subscriptionId)
  const browser = door.browser()
  const start = `/portal/larkspur/${pending.productId}/start?token=${encodeURIComponent(token)}`
  await browser.pick(await browser.get(start), person)
  return browser
}

/** What the page's form would post: its own names, whatever they are, with these answers. */
async function filled(browser: Browser, answers: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  const { body } = await browser.get(page)
  const names = [...body.matchAll(/<(?:input|select|textarea)[^>]*\bname="([^"]+)"/g)].map(([, name = '']) => name)
  const [, csrfToken = ''] = /name="csrfToken" value="([^"]+)"/.exec(body) ?? []
  const own = names.find((name) => name.includes('workspace')) ?? ''
  return { ...complete, csrfToken, [own]: 'fabrikam', ...answers }
}

const send = (browser: Browser, fields: Readonly<Record<string, string>>) => browser.post(`${page}/order`, fields)

describe('confirming the order', () => {
  test('a complete form is one order, and ends on the page, which waits for the vendor', async () => {
    const browser = await landed()
    const answer = await send(browser, await filled(browser))
    expect([answer.status, answer.url]).toEqual([200, page])
    expect(world.orders).toHaveLength(1)
    expect(world.orders[0]?.params).toEqual([expect.objectContaining({ id: 'workspace', value: 'fabrikam' })])
    expect(answer.body).not.toContain('name="companyName"')
  })

  test('a double click, a second tab, a colleague and the back button all end on the page of the one order', async () => {
    const [mara, jonas] = [await landed(), await landed('jonas')]
    const [hers, his] = [await filled(mara), await filled(jonas)]
    const answers = await Promise.all([send(mara, hers), send(mara, hers), send(jonas, his)])
    answers.push(await send(mara, hers))
    expect(answers.map(({ status, url }) => [status, url])).toEqual(answers.map(() => [200, page]))
    expect(world.orders).toHaveLength(1)
  })

  test('what is wrong is shown in the form, with what was given, and orders nothing', async () => {
    const browser = await landed()
    const answer = await send(browser, await filled(browser, { companyName: '', city: 'Winterthur' }))
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('value="Winterthur"')
    expect(answer.body).toContain('aria-invalid')
    expect(world.orders).toEqual([])
  })

  test("the vendor's own validation refuses in its words, beside the field", async () => {
    world.verdict = { outcome: 'invalid', errors: [{ parameterId: 'workspace', message: 'This workspace is taken.' }] }
    const browser = await landed()
    const answer = await send(browser, await filled(browser))
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('This workspace is taken.')
    expect(world.orders).toEqual([])
  })
})

describe('what may not order', () => {
  test.each([
    ['without the form token', { csrfToken: '' }, {}],
    ['with another form token', { csrfToken: 'A'.repeat(43) }, {}],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['from a sister site', {}, { 'sec-fetch-site': 'same-site' }],
    ['from another origin, in a browser without Fetch Metadata', {}, { origin: 'https://evil.example' }],
    ['from nowhere, in a browser without Fetch Metadata', {}, { origin: 'null' }],
  ])('a form sent %s is refused', async (_name, fields, headers) => {
    const browser = await landed()
    const answer = await browser.post(`${page}/order`, await filled(browser, fields), headers)
    expect(answer.status).toBe(403)
    expect(world.orders).toEqual([])
  })

  test("the form token of one session is worth nothing in another's", async () => {
    const [mara, jonas] = [await landed(), await landed('jonas')]
    const { csrfToken = '' } = await filled(jonas)
    expect((await send(mara, await filled(mara, { csrfToken }))).status).toBe(403)
  })

  test('somebody who is not signed in', async () => {
    const browser = await landed()
    const fields = await filled(browser)
    browser.cookies.clear()
    expect((await send(browser, fields)).status).toBe(401)
    expect(world.orders).toEqual([])
  })

  test('a colleague with only the address may neither see the form nor send it, until a fresh link comes from Microsoft', async () => {
    const fields = await filled(await landed())
    const browser = door.browser()
    const shown = await browser.pick(await browser.get(page), 'jonas')
    expect(shown.status).toBe(403)
    expect(door.logged()).toContain('ERR_FRESH_LANDING_NEEDED')
    expect((await send(browser, fields)).status).toBe(403)
    expect(world.orders).toEqual([])
    const withLink = await landed('jonas')
    expect((await send(withLink, await filled(withLink))).status).toBe(200)
    expect(world.orders).toHaveLength(1)
  })

  test('somebody else who takes over the browser does not take over the right to order; the same person keeps it', async () => {
    const nobody = { entraTenantId: pending.microsoft.beneficiary.entraTenantId }
    world.records.set(pending.subscriptionId, bought({ microsoft: { beneficiary: nobody, purchaser: nobody } }))
    const browser = await landed('mara')
    const switchTo = async (person: string) => browser.pick(await browser.get(`${page}/switch-account`), person)
    expect((await switchTo('mara')).status).toBe(200)
    expect((await switchTo('jonas')).status).toBe(403)
    expect((await switchTo('mara')).status).toBe(403)
  })

  test('the very person Microsoft names needs no fresh link', async () => {
    const browser = door.browser()
    expect((await browser.pick(await browser.get(page), 'mara')).status).toBe(200)
  })

  test('more than 20 orders a minute of one session', async () => {
    const browser = await landed()
    const fields = await filled(browser, { companyName: '' })
    const statuses: number[] = []
    for (let n = 0; n < 21; n++) statuses.push((await send(browser, fields)).status)
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(422))
    expect(statuses[20]).toBe(429)
  })

  test('a form beyond 256 KB', async () => {
    const browser = await landed()
    const answer = await send(browser, await filled(browser, { companyName: 'x'.repeat(300_000) }))
    expect(answer.status).toBe(413)
    expect(answer.headers['content-type']).toContain('text/html')
  })
})

test('without the ordering parameters nothing can be ordered: 503 with Retry-After, until Connect is back', async () => {
  const browser = await landed()
  world.parameters = new ApiError('ERR_CONNECT_UNAVAILABLE', {})
  const down = await browser.get(page)
  expect([down.status, down.headers['retry-after']]).toEqual([503, '30'])
  world.parameters = [workspace]
  expect((await browser.get(page)).status).toBe(200)
})

describe('the living page', () => {
  const waiting = () => world.records.set(pending.subscriptionId, ordered({ connect: { openRequest: request() } }))
  const statusOf = async (browser: Browser) => JSON.parse((await browser.get(`${page}/status`)).body)

  test('its hash is the one in the page, and changes exactly when what is shown changes', async () => {
    waiting()
    const browser = await landed()
    const first = await statusOf(browser)
    expect(first).toEqual({ stage: 'waiting', hash: expect.any(String), pollAfter: expect.any(Number) })
    expect((await browser.get(page)).body).toContain(`data-hash="${first.hash}"`)
    expect(await statusOf(browser)).toEqual(first)
    const inquiring = request({ status: 'inquiring', message: 'Which region?', paramsFormUrl: 'https://vendor.example/form' })
    world.records.set(pending.subscriptionId, ordered({ connect: { openRequest: inquiring } }))
    const second = await statusOf(browser)
    expect(second.stage).toBe('inquiring')
    expect(second.hash).not.toBe(first.hash)
    const fragment = await browser.get(`${page}/fragment`)
    expect(fragment.body).toContain('Which region?')
    expect(fragment.body).toContain(`data-hash="${second.hash}"`)
    expect(fragment.body).not.toContain('<html')
  })

  test('nothing new is 304 without a body', async () => {
    waiting()
    const browser = await landed()
    const { headers } = await browser.get(`${page}/status`)
    const again = await browser.get(`${page}/status`, { headers: { 'if-none-match': headers['etag'] ?? '' } })
    expect([again.status, again.body]).toEqual([304, ''])
  })

  test('its script is told in JSON when the session is over', async () => {
    waiting()
    const browser = await landed()
    door.clock.moveBy(hours(12))
    const over = await browser.get(`${page}/status`)
    expect([over.status, JSON.parse(over.body).error.code]).toEqual([401, 'ERR_SIGNED_OUT'])
  })
})

describe("the vendor's buttons", () => {
  const active = () =>
    world.records.set(
      pending.subscriptionId,
      ordered({ microsoft: { status: 'Subscribed', rawStatus: 'Subscribed' }, connect: { asset: asset('active') } }),
    )
  const follow = (browser: Browser, action: string) => browser.get(`${page}/actions/${action}`, { follow: false })

  test('lead to the address the vendor signed for this click, and tell it nothing of where they were clicked', async () => {
    active()
    const browser = await landed()
    const answer = await follow(browser, 'open')
    expect([answer.status, answer.headers['location']]).toEqual([303, 'https://vendor.example/open?signed=1'])
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(door.logged()).not.toContain('signed=1')
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'nonsense'])('never lead to %s', async (link) => {
    active()
    world.actionLink = link
    expect((await follow(await landed(), 'open')).status).toBe(404)
  })

  test('that do not exist are not there, and before the product is active they lead back to the page', async () => {
    const browser = await landed()
    expect((await follow(browser, 'open')).headers['location']).toBe(new URL(page).pathname)
    active()
    expect((await follow(browser, 'other')).status).toBe(404)
  })
})

test('every answer forbids framing, foreign code and keeping, and no page uses inline code', async () => {
  const browser = await landed()
  for (const answer of [
    await browser.get(page),
    await browser.get('/portal/x'),
    await browser.get(`${page}/status`),
    await send(browser, {}),
  ]) {
    const policy = answer.headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|script-src[^;]*https/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['permissions-policy']).toContain('camera=()')
    expect(answer.headers['cache-control']).toMatch(/no-store|no-cache/)
    expect(answer.headers['referrer-policy']).toMatch(/^(same-origin|no-referrer)$/)
    expect(answer.body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
  }
})

test("only the page of a product lets its publisher's logo in", async () => {
  const browser = await landed()
  expect((await browser.get(page)).headers['content-security-policy']).toContain("img-src 'self' data: https://logo.example")
  expect((await browser.get('/portal/x')).headers['content-security-policy']).toContain("img-src 'self' data:;")
})

test('the files of the pages are kept for good, and their names follow their content', async () => {
  const browser = await landed()
  const { body } = await browser.get(page)
  const files = [...body.matchAll(/(?:href|src)="(\/portal\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(2)
  for (const path of files) {
    const file = await browser.get(path)
    expect([file.status, file.headers['cache-control']], path).toEqual([200, 'public, max-age=31536000, immutable'])
  }
  expect((await browser.get('/portal/assets/other.css')).status).toBe(404)
})

test('a page for another directory does not come from the same object id in it', async () => {
  const stranger = bought({
    microsoft: { beneficiary: { objectId: entraObjectId.parse('22b1e2c3-0001-4b7c-8d4e-6f8091a20001') }, purchaser: {} },
  })
  world.records.set(pending.subscriptionId, stranger)
  const browser = door.browser()
  expect((await browser.pick(await browser.get(page), 'priya')).status).toBe(403)
})
