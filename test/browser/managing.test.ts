/** A buyer changes seats and cancels on our page, in a real browser: the vendor approves, the page shows it without a reload, and the storefront the same. */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium, type Page } from '../helpers/chromium.ts'
import { fillOrder } from '../helpers/order-form.ts'
import { type Running, startEverything } from '../helpers/running.ts'

let running: Running
let browser: Browser
let context: BrowserContext
let page: Page
let desk: Page

describe.skipIf(!hasChromium)('managing a subscription in a browser (skipped without Chromium)', () => {
  beforeAll(async () => {
    running = await startEverything()
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
    context.setDefaultTimeout(45_000)
    page = await context.newPage()
    desk = await context.newPage()
    await buyTwelveSeats()
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
  })

  test('three more seats: seen before, confirmed, made at Microsoft, approved by the vendor, shown on the page and on the storefront', async () => {
    await page.getByRole('link', { name: 'Manage subscription' }).click()
    await page.getByLabel('Number of seats').fill('15')
    await page.getByRole('button', { name: 'See what it means' }).first().click()
    await page.getByText('from 12 to 15').waitFor()
    expect(bought()?.quantity).toBe(12)
    await page.getByRole('button', { name: 'Change to 15 seats' }).click()
    await page.waitForURL(/\/subscriptions\/[0-9a-f-]+$/)
    await page.getByRole('heading', { name: 'Change to 15 seats under way' }).waitFor()
    await approve()
    await page.getByText('Change to 15 seats is in force').waitFor()
    await page.getByText('15 seats', { exact: true }).waitFor()
    expect(bought()?.quantity).toBe(15)
    await page.reload()
    await page.getByText('15 seats', { exact: true }).waitFor()
    const store = await context.newPage()
    await store.goto(new URL(`/store/subscriptions/${bought()?.id}`, running.sandbox.urls.storefront).href)
    await store.getByRole('definition').filter({ hasText: /^15$/ }).waitFor()
    await store.close()
  })

  test('cancelling: seen before, confirmed, and the page says that it has ended', async () => {
    await page.getByRole('link', { name: 'Manage subscription' }).click()
    await page.getByRole('link', { name: 'Cancel subscription…' }).click()
    await page.getByText('This cannot be undone', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Cancel subscription' }).click()
    await page.getByRole('heading', { level: 1, name: 'This subscription has ended' }).waitFor()
    expect(bought()?.status).toBe('Unsubscribed')
  })

  const bought = () => running.sandbox.worlds.marketplace.subscriptions()[0]

  async function approve(): Promise<void> {
    await desk.goto(running.sandbox.urls.desk)
    await desk
      .getByRole('button', { name: /approve/i })
      .first()
      .click()
  }

  async function buyTwelveSeats(): Promise<void> {
    await page.goto(running.sandbox.urls.storefront)
    await page
      .getByRole('link', { name: /Larkspur Notes/ })
      .first()
      .click()
    await page.getByRole('spinbutton', { name: 'Seats' }).fill('12')
    await page.getByRole('button', { name: /buy/i }).click()
    await page.getByRole('link', { name: /configure account/i }).click()
    await page.getByRole('button', { name: /Mara Vogt/ }).click()
    await page.waitForURL(/\/subscriptions\/[0-9a-f-]+$/)
    await fillOrder(page)
    await page.getByRole('button', { name: 'Confirm and set up' }).click()
    await page.getByRole('heading', { level: 1, name: /prepared/ }).waitFor()
    await approve()
    await page.getByRole('heading', { level: 1, name: /ready/i }).waitFor()
  }
})
