/** A buyer without a screen: goes from "Configure account" through sign-in to the order form, and sends it, all over HTTP. */
import { type Browser, createBrowser, locationOf } from './browser.ts'
import { formOf } from './form.ts'

export interface Seen {
  readonly url: URL
  readonly status: number
  readonly html: string
}

export interface Buyer {
  /** Goes there, following redirects; signs in when asked to. */
  open(url: string | URL): Promise<Seen>
  /** Sends the page's form with what stands in it, and these answers. */
  submit(page: Seen, part: string, answers?: Readonly<Record<string, string>>): Promise<Seen>
}

const MOST_REDIRECTS = 20

/** @param account the key of one of the seed's people. */
export function createBuyer(account: string): Buyer {
  const browser: Browser = createBrowser()

  async function follow(first: Response): Promise<Seen> {
    let response = first
    for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
      if (response.status < 300 || response.status > 399) return signedIn(response)
      response = await browser.get(locationOf(response))
    }
    throw new Error('redirected without end')
  }

  async function signedIn(response: Response): Promise<Seen> {
    const html = await response.text()
    const seen = { url: new URL(response.url), status: response.status, html }
    if (!html.includes('name="account"')) return seen
    const { action, fields } = formOf(html, response.url, '')
    return follow(await browser.post(action, { ...fields, account }))
  }

  return {
    open: async (url) => follow(await browser.get(url)),
    async submit(page, part, answers = {}) {
      const { action, fields } = formOf(page.html, page.url, part)
      return follow(await browser.post(action, { ...fields, ...answers }))
    },
  }
}
