import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/kit/errors/index.ts'
import { instant } from '../../src/kit/time.ts'
import { asset, billed, choices, ordered, partnerTenant, tooMany } from '../helpers/buyer-records.ts'
import type { Browser } from './browser.ts'
import { aToken, openDoor, PUBLIC_URL } from './door.ts'

const door = await openDoor()
const { world } = door
const active = ordered({ connect: { asset: asset('active') }, microsoft: billed })
const page = `${PUBLIC_URL}/portal/larkspur/${active.productId}/subscriptions/${active.subscriptionId}`
const review = (query: string) => `${page}/manage/review?${query}`

beforeEach(() => {
  world.records.set(active.subscriptionId, active)
  world.changes.length = 0
  Object.assign(world, { choices, refusal: undefined, asked: undefined, usage: undefined })
})

/** Landed with a fresh token, as Microsoft sends whoever may manage the subscription. */
async function landed(person = 'mara'): Promise<Browser> {
  const token = aToken()
  world.tokens.set(token, active.subscriptionId)
  const browser = door.browser()
  await browser.pick(await browser.get(`/portal/larkspur/${active.productId}/start?token=${encodeURIComponent(token)}`), person)
  return browser
}

/** Came by the page's own address only. */
async function withTheAddress(person: string): Promise<Browser> {
  const browser = door.browser()
  await browser.pick(await browser.get(page), person)
  return browser
}

/** What the page's own confirmation form would post. */
async function confirmation(browser: Browser, query: string): Promise<Record<string, string>> {
  const { body } = await browser.get(review(query))
  const form = /<form[^>]*action="[^"]*\/manage"[\s\S]*?<\/form>/.exec(body)?.[0] ?? ''
  return Object.fromEntries([...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
}

const send = (browser: Browser, fields: Readonly<Record<string, string>>) => browser.post(`${page}/manage`, fields)

describe('from the page to the change', () => {
  test('the page leads to what can be changed, that to what it means, and only the confirmation changes something', async () => {
    const browser = await landed()
    expect((await browser.get(page)).body).toContain(`${new URL(page).pathname}/manage"`)
    const chosen = await browser.get(`${page}/manage`)
    expect(chosen.body).toMatch(/from 5 to 1,000[\s\S]*Enterprise/)
    const meant = await browser.get(review('action=changeSeats&seats=40'))
    expect(meant.body).toMatch(/from 25 to 40 and bills/)
    expect(world.changes).toEqual([])
    const answer = await send(browser, await confirmation(browser, 'action=changeSeats&seats=40'))
    expect([answer.status, answer.url]).toEqual([200, page])
    expect(world.changes).toMatchObject([
      { wanted: { kind: 'changeSeats', seats: 40 }, expected: { planId: 'professional', quantity: 25 }, visitor: { name: 'Mara Vogt' } },
    ])
  })

  test.each([
    ['action=changePlan&plan=enterprise', /Change to Enterprise/, { kind: 'changePlan', planId: 'enterprise' }],
    ['action=cancel', /cannot be undone[\s\S]*Keep subscription/, { kind: 'cancel' }],
  ])('%s is confirmed in the same way', async (query, words, wanted) => {
    const browser = await landed()
    expect((await browser.get(review(query))).body).toMatch(words)
    await send(browser, await confirmation(browser, query))
    expect(world.changes).toMatchObject([{ wanted }])
  })

  test('a double click, a second tab, reload and back end on the page', async () => {
    const browser = await landed()
    const fields = await confirmation(browser, 'action=changeSeats&seats=40')
    const answers = [await send(browser, fields), await send(browser, fields)]
    world.refusal = { possible: false, reason: 'SAME_SEATS', facts: {}, because: '' }
    answers.push(await send(browser, fields))
    expect(answers.map(({ status, url }) => [status, url])).toEqual(answers.map(() => [200, page]))
  })

  test('what the other side does not allow comes back with its reason and with what was typed', async () => {
    const browser = await landed()
    world.refusal = tooMany(1000)
    for (const answer of [
      await browser.get(review('action=changeSeats&seats=2000')),
      await send(browser, { ...(await csrf(browser)), action: 'changeSeats', seats: '2000', fromPlan: 'professional', fromSeats: '25' }),
    ]) {
      expect(answer.status).toBe(422)
      expect(answer.body).toMatch(/role="alert"[\s\S]*At most 1,000 seats are possible[\s\S]*value="2000"/)
    }
  })

  test('while Microsoft does not answer the pages say so, and nothing is lost', async () => {
    const browser = await landed()
    world.choices = new ApiError('ERR_MS_UNAVAILABLE', {})
    const answer = await browser.get(`${page}/manage`)
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '30'])
  })
})

/** The form's proof alone, as any form of the page carries it. */
async function csrf(browser: Browser): Promise<Record<string, string>> {
  const { body } = await browser.get(page)
  return { csrfToken: /name="csrfToken" value="([^"]+)"/.exec(body)?.[1] ?? '' }
}

describe('who may change', () => {
  const ways = [`${page}/manage`, review('action=cancel')]
  const form = { action: 'cancel', fromPlan: 'professional', fromSeats: '25' }

  test('a colleague who comes from Microsoft may; one with the copied address may only look', async () => {
    const [fresh, copied] = [await landed('jonas'), await withTheAddress('jonas')]
    for (const way of ways) {
      expect((await fresh.get(way)).status).toBe(200)
      expect((await copied.get(way)).status).toBe(403)
    }
    expect((await copied.get(page)).body).toContain('come to this page from Microsoft')
    expect((await copied.get(page)).body).not.toContain('/manage"')
    expect((await send(copied, { ...(await csrf(copied)), ...form })).status).toBe(403)
    expect(world.changes).toEqual([])
  })

  test('the very person Microsoft names may, however they came', async () => {
    expect((await (await withTheAddress('mara')).get(`${page}/manage`)).status).toBe(200)
  })

  test('somebody of another organization learns nothing', async () => {
    const browser = await withTheAddress('priya')
    for (const way of ways) expect((await browser.get(way)).status).toBe(403)
    expect((await send(browser, form)).status).toBe(403)
  })

  test('nobody changes without our own page’s form, or without being signed in', async () => {
    const browser = await landed()
    const fields = { ...(await csrf(browser)), ...form }
    expect((await send(browser, form)).status).toBe(403)
    expect((await browser.post(`${page}/manage`, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send(door.browser(), fields)).status).toBe(401)
    expect((await send(browser, { ...fields, fromPlan: '' })).status).toBe(400)
    expect(world.changes).toEqual([])
  })
})

describe('where nothing can be changed', () => {
  test('a purchase through a partner says whom to ask', async () => {
    const microsoft = { ...billed, purchaser: { entraTenantId: partnerTenant }, allowedCustomerOperations: ['Read'] }
    world.records.set(active.subscriptionId, ordered({ connect: { asset: asset('active') }, microsoft }))
    const browser = await landed()
    const answer = await browser.get(`${page}/manage`)
    expect(answer.url).toBe(page)
    expect(answer.body).toContain('bought through a partner')
  })

  test('while a change is under way the page tells who acts next, and offers no second one', async () => {
    const browser = await landed()
    const askedAt = door.clock.now()
    world.asked = { what: { kind: 'seats', to: 40 }, askedAt, isAtMicrosoft: true, ended: undefined }
    const answer = await browser.get(`${page}/manage`)
    expect(answer.url).toBe(page)
    expect(answer.body).toMatch(/Change to 40 seats under way[\s\S]*Next step by[\s\S]*Microsoft/)
    expect(answer.body).not.toContain('/manage"')
  })

  test('before the order and after the end the page of the subscription says what is so', async () => {
    const browser = await landed()
    for (const status of ['PendingFulfillmentStart', 'Unsubscribed'] as const) {
      world.records.set(active.subscriptionId, ordered({ connect: { asset: asset('terminated') }, microsoft: { ...billed, status } }))
      expect((await browser.get(`${page}/manage`)).url).toBe(page)
    }
  })
})

test('the living part tells of a change as the page does, and of nothing else than the page', async () => {
  const browser = await landed('jonas')
  world.asked = { what: { kind: 'cancel' }, askedAt: door.clock.now(), isAtMicrosoft: false, ended: undefined }
  const { body } = await browser.get(page)
  const { hash } = JSON.parse((await browser.get(`${page}/status`)).body)
  expect(body).toContain(`data-hash="${hash}"`)
  expect((await browser.get(`${page}/fragment`)).body).toContain('Cancellation under way')
})

test('what was used is on the page and where it is managed, in plain words; of a plan without dimensions nothing is said', async () => {
  const browser = await landed()
  for (const shown of [page, `${page}/manage`]) expect((await browser.get(shown)).body).not.toContain('Your usage')
  const told = { name: 'API calls', unit: undefined, lastToldAt: instant('2026-11-23T08:00:00Z'), beyond: 0n, share: 0.5 }
  world.usage = {
    since: instant('2026-11-22T00:00:00Z'),
    dimensions: [
      { ...told, id: 'calls', used: 123_450_000_000n, included: 246_900_000_000n, left: 123_450_000_000n },
      { ...told, id: 'mails', name: 'Mails', used: 100_000_000n, included: 'unlimited', left: undefined, share: undefined },
    ],
  }
  for (const shown of [page, `${page}/manage`]) {
    const { body } = await browser.get(shown)
    expect(body).toMatch(
      /since November 22, 2026[\s\S]*API calls[\s\S]*1,234\.5<[\s\S]*1,234\.5 left of 2,469 included[\s\S]*Unlimited in your plan/,
    )
    expect(body).toContain('2026-11-23T08:00:00.000Z')
  }
})
