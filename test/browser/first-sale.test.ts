/** A newcomer's first purchase in a real browser: storefront, sign-in, order form, vendor desk, active on both sides. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium, looks, type Page } from '../helpers/chromium.ts'
import { fillOrder } from '../helpers/order-form.ts'
import { type Running, startEverything } from '../helpers/running.ts'

const PICTURES = join(import.meta.dirname, 'pictures')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let running: Running
let browser: Browser
let context: BrowserContext
let page: Page

describe.skipIf(!hasChromium)('the first sale in a browser (skipped without Chromium)', () => {
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    running = await startEverything()
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', bypassCSP: false })
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
  })

  test('buying, ordering, approving and using, without a reload; the token never stays in the address', async () => {
    await page.goto(running.sandbox.urls.storefront)
    await picture('storefront')
    await page
      .getByRole('link', { name: /Larkspur Notes/ })
      .first()
      .click()
    await page.getByRole('spinbutton', { name: 'Seats' }).fill('12')
    await picture('offer')
    await page.getByRole('button', { name: /buy/i }).click()
    await picture('purchased')
    await page.getByRole('link', { name: /configure account/i }).click()
    await picture('sign-in')
    await page.getByRole('button', { name: /Mara Vogt/ }).click()
    await page.waitForURL(/\/portal\/larkspur\/[^/]+\/subscriptions\/[0-9a-f-]+$/)
    await picture('order-form')
    await accessible('order form')
    await fillOrder(page)
    await page.getByRole('button', { name: 'Confirm and set up' }).click()
    await page.waitForURL(/\/subscriptions\/[0-9a-f-]+$/)
    await page.getByText(/12/).first().waitFor()
    await picture('waiting')
    await accessible('waiting page')

    const desk = await context.newPage()
    await desk.goto(running.sandbox.urls.desk)
    await desk
      .getByRole('button', { name: /approve/i })
      .first()
      .waitFor()
    await picture('vendor-desk', desk)
    await desk
      .getByRole('button', { name: /approve/i })
      .first()
      .click()

    await page.getByRole('heading', { level: 1, name: /ready/i }).waitFor({ timeout: 30_000 })
    await picture('active')
    await accessible('active page')
    expect(page.url()).not.toContain('token')

    const [bought] = running.sandbox.worlds.marketplace.subscriptions()
    const [asset] = running.sandbox.worlds.connect.assets({ externalUid: bought?.id ?? '' })
    expect([bought?.status, asset?.status]).toEqual(['Subscribed', 'active'])
  })

  test('every look of the page after the purchase is kept as a picture', async () => {
    const cookies = await context.cookies()
    for (const { name, options } of looks) {
      const other = await browser.newContext(options)
      await other.addCookies(cookies)
      const shown = await other.newPage()
      await shown.goto(page.url())
      await picture(`active-${name}`, shown)
      await accessible(`active page, ${name}`, shown)
      await other.close()
    }
  })

  const picture = async (name: string, of: Page = page): Promise<void> => {
    await of.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
  }

  /** WCAG 2.2 AA by axe, in the page as it stands. */
  async function accessible(what: string, of: Page = page): Promise<void> {
    await of.evaluate(AXE)
    const violations = await of.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    })
    expect(violations, what).toEqual([])
  }
})
