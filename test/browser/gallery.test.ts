/** Every page of the shop front in a real browser: accessible (axe, WCAG 2.2 AA) in light and dark, wide and narrow. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GalleryPage, galleryPages } from '../helpers/buyer-gallery.ts'
import { type GalleryServer, startGallery } from '../helpers/gallery-server.ts'

const CHROMIUM = '/usr/bin/chromium'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pages = galleryPages()
const accents = ['#ffe600', '#0a0a0a', '#ff6a6a', '#00ffcc', '#8a8a8a'].flatMap((color) =>
  galleryPages(color)
    .filter(({ name }) => name === 'active-fresh' || name === 'order-every-type')
    .map((page): GalleryPage => ({ ...page, name: `${page.name}-${color.slice(1)}` })),
)

/** `serious` and the rest alike: the list has to be empty. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`,
  )
  return Array.isArray(found) ? found.map(String) : ['no answer from axe']
}

describe.skipIf(!existsSync(CHROMIUM))(`buyer pages in ${CHROMIUM}`, () => {
  let browser: Browser
  let gallery: GalleryServer

  beforeAll(async () => {
    gallery = await startGallery(new Map([...pages, ...accents].map(({ name, html }) => [name, html])))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await gallery?.close()
  })

  test.each([
    ['wide and light', 1280, 'light', pages],
    ['narrow and dark', 390, 'dark', pages],
    ['in other accent colours, light', 1280, 'light', accents],
    ['in other accent colours, dark', 390, 'dark', accents],
  ] as const)(
    'no page breaks a rule of axe, overflows, or does what its security policy forbids: %s',
    async (_what, width, colorScheme, shown) => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' })
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('503')) complaints.push(message.text())
      })
      for (const { name } of shown) {
        await page.goto(gallery.url(name))
        for (const violation of await violations(page)) complaints.push(`${name}: ${violation}`)
        if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) complaints.push(`${name}: overflows`)
      }
      await page.close()
      expect(complaints).toEqual([])
    },
    300_000,
  )
})
