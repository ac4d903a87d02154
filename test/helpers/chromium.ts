/** The system's Chromium, driven by Playwright; tests that need it are skipped, clearly, where it is not installed. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))

export const hasChromium = CHROMIUM !== undefined

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export interface Look {
  readonly name: string
  readonly options: BrowserContextOptions
}

const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

/** Every page is looked at in these. */
export const looks: readonly Look[] = [
  { name: 'desktop-light', options: { viewport: desktop, colorScheme: 'light' } },
  { name: 'desktop-dark', options: { viewport: desktop, colorScheme: 'dark' } },
  { name: 'phone-light', options: { viewport: phone, colorScheme: 'light', isMobile: true, deviceScaleFactor: 2 } },
  { name: 'phone-dark', options: { viewport: phone, colorScheme: 'dark', isMobile: true, deviceScaleFactor: 2 } },
]

export type { Page }
