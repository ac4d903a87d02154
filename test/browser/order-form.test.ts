/** The order form and the living status in a real browser: what only a browser can show. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buyerStage } from '../../src/buyer/rules/stage.ts'
import { renderFragment, renderPage, type SubscriptionPage } from '../../src/buyer/views/pages.tsx'
import { galleryPages } from '../helpers/buyer-gallery.ts'
import { asset, billed, buyer, NOW, ordered, request } from '../helpers/buyer-records.ts'
import { type GalleryServer, startGallery } from '../helpers/gallery-server.ts'

const CHROMIUM = '/usr/bin/chromium'
const path = '/portal/t/p/subscriptions/37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const frame = { product: { name: 'Larkspur Projects', publisherName: 'Larkspur Software' }, locale: 'en-GB', visitor: buyer }
const pageOf = (record: Parameters<typeof buyerStage>[0]): SubscriptionPage => ({
  kind: 'subscription',
  path,
  stage: buyerStage(record, NOW, { formReady: true }),
})
const waiting = pageOf(ordered({ connect: { openRequest: request() } }))
const active = pageOf(ordered({ connect: { asset: asset('active'), lastFinished: request({ status: 'approved' }) }, microsoft: billed }))

describe.skipIf(!existsSync(CHROMIUM))(`the order form and the living page in ${CHROMIUM}`, () => {
  let browser: Browser
  let gallery: GalleryServer
  let page: Page

  beforeAll(async () => {
    const pages = new Map(galleryPages().map(({ name, html }) => [name, html]))
    gallery = await startGallery(new Map([...pages, ['waiting', renderPage(waiting, frame)]]))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  }, 60_000)
  beforeEach(async () => {
    await page?.close()
    page = await browser.newPage({ reducedMotion: 'reduce' })
  })
  afterAll(async () => {
    await browser?.close()
    await gallery?.close()
  })

  const box = (name: string) => page.locator(`[data-entry="param:${name}"]`)

  test('a dependent question comes when its answer is chosen, is required then, and goes again', async () => {
    await page.goto(gallery.url('order-every-type'))
    expect(await box('storage').isVisible()).toBe(false)
    await page.getByLabel('Where the data is kept').selectOption('own')
    expect(await box('storage').isVisible()).toBe(true)
    expect(await box('storage').locator('input').getAttribute('required')).toBe('')
    await page.getByLabel('Where the data is kept').selectOption('eu')
    expect(await box('storage').isVisible()).toBe(false)
    expect(await box('storage').locator('input').isDisabled()).toBe(true)
  })

  test('an optional question becomes required and says so', async () => {
    await page.goto(gallery.url('order-every-type'))
    const mark = box('support_phone').locator('[data-optional]')
    expect(await mark.isVisible()).toBe(true)
    await page.getByLabel('By phone, in office hours').check()
    expect(await mark.isVisible()).toBe(false)
  })

  test('without script every question is there, with a word on when it matters', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const plain = await context.newPage()
    await plain.goto(gallery.url('order-every-type'))
    expect(await plain.locator('[data-entry="param:storage"]').isVisible()).toBe(true)
    expect(await plain.getByText('Only needed when “Where the data is kept” is “Own storage”.').first().isVisible()).toBe(true)
    await context.close()
  })

  test('what is wrong is said at the field before anything is sent, and the first of them has the focus', async () => {
    await page.goto(gallery.url('order-every-type'))
    const before = gallery.posted.length
    await page.getByRole('button', { name: 'Confirm and set up' }).click()
    expect(await page.getByText('Fill in “Company or organisation”.').isVisible()).toBe(true)
    expect(await page.getByText('Fill in “Modules”.').isVisible()).toBe(true)
    expect(await page.evaluate('document.activeElement.name')).toBe('companyName')
    await page.getByLabel('Company or organisation').fill('Fabrikam GmbH')
    expect(await page.getByText('Fill in “Company or organisation”.').isVisible()).toBe(false)
    expect(gallery.posted).toHaveLength(before)
  })

  test('a form is sent once, however often its button is pressed', async () => {
    await page.goto(gallery.url('order-simple'))
    for (const [label, text] of [
      ['Company or organisation', ' Fabrikam GmbH '],
      ['Street and number', 'Hauptstraße 1'],
      ['Postal code', '10115'],
      ['City', 'Berlin'],
    ] as const)
      await page.getByLabel(label).fill(text)
    const before = gallery.posted.length
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.evaluate(
      "const button = document.querySelector('form.order button[type=submit]'); button.click(); button.click(); button.click()",
    )
    await answered
    expect(await page.locator('form.order button[type=submit]').textContent()).toBe('Sending your order…')
    expect(gallery.posted).toHaveLength(before + 1)
    expect(new URLSearchParams(gallery.posted.at(-1)).get('companyName')).toBe('Fabrikam GmbH')
  })

  test('a form that came back has the focus on what is wrong', async () => {
    await page.goto(gallery.url('order-wrong'))
    expect(await page.evaluate("document.activeElement.matches('.summary')")).toBe(true)
    await page.getByRole('link', { name: 'Fill in “City”.' }).click()
    expect(await page.evaluate('document.activeElement.name')).toBe('city')
  })

  test('a waiting page becomes the page of joy by itself, and says so to those who listen', async () => {
    gallery.show(renderFragment(waiting, frame))
    await page.goto(gallery.url('waiting'))
    gallery.show(renderFragment(active, frame))
    await page.getByRole('heading', { name: 'Larkspur Projects is ready' }).waitFor()
    expect(await page.title()).toBe('Larkspur Projects is ready · Larkspur Projects')
    expect(await page.locator('[data-announcer]').textContent()).toContain('Larkspur Projects is ready. Welcome, Mara.')
    gallery.show(undefined)
  })

  test('times are the reader’s own', async () => {
    const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' })
    const far = await context.newPage()
    await far.goto(gallery.url('waiting'))
    expect(await far.locator('.next time').first().textContent()).toBe('23 Nov 2026, 00:10')
    await context.close()
  })
})
