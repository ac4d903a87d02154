/** A browser without a screen: keeps cookies per origin, remembers every address it was sent to, follows redirects, picks accounts. */
import type { InjectOptions, LightMyRequestResponse } from 'fastify'

export interface Answer {
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Browser {
  /** Goes there and follows redirects to the end; `follow: false` stops at the first answer. */
  get(address: string, options?: { readonly follow?: boolean; readonly headers?: Readonly<Record<string, string>> }): Promise<Answer>
  /** As the page's own form would. */
  post(address: string, fields: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** On Entra's page: picks an account and goes on. */
  pick(picker: Answer, account: string): Promise<Answer>
  readonly cookies: Map<string, string>
  /** Everything any `Location` said, in order. */
  readonly sentTo: readonly string[]
  /** Where it stopped, of every answer that was no redirect. */
  readonly shown: readonly Answer[]
}

/** Whatever answers injected requests. */
export interface Door {
  inject(options: InjectOptions): Promise<LightMyRequestResponse>
}

export function createBrowser(app: Door, publicUrl: string): Browser {
  const cookies = new Map<string, string>()
  const foreign = new Map<string, { readonly pair: string; readonly path: string }>()
  const sentTo: string[] = []
  const shown: Answer[] = []

  const cookieHeader = (url: URL): Record<string, string> => {
    const own = [...cookies].map(([name, value]) => `${name}=${value}`)
    const others = [...foreign.values()].filter(({ path }) => url.pathname.startsWith(path)).map(({ pair }) => pair)
    const jar = (url.origin === publicUrl ? own : others).join('; ')
    return jar ? { cookie: jar } : {}
  }
  const keep = (url: URL, lines: readonly string[]): void => {
    for (const line of lines) {
      const [pair = ''] = line.split(';')
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const path = /; ?path=([^;]+)/i.exec(line)?.[1] ?? '/'
      if (url.origin !== publicUrl) foreign.set(`${name} ${path}`, { pair, path })
      else if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
  }

  async function send(method: 'GET' | 'POST', url: URL, headers: Readonly<Record<string, string>>, payload?: string): Promise<Answer> {
    const form = payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const all = { ...cookieHeader(url), ...form, ...headers }
    const answer = url.origin === publicUrl ? await here(method, url, all, payload) : await there(method, url, all, payload)
    keep(url, answer.setCookie)
    return { url: url.href, status: answer.status, headers: answer.headers, body: answer.body }
  }

  async function here(method: 'GET' | 'POST', url: URL, headers: Record<string, string>, payload?: string) {
    const reply = await app.inject({ method, url: url.pathname + url.search, headers, ...(payload === undefined ? {} : { payload }) })
    const setCookie = [reply.headers['set-cookie'] ?? []].flat().map(String)
    return { status: reply.statusCode, headers: texts(reply.headers), body: reply.body, setCookie }
  }

  async function there(method: 'GET' | 'POST', url: URL, headers: Record<string, string>, payload?: string) {
    const reply = await fetch(url, { method, headers, redirect: 'manual', ...(payload === undefined ? {} : { body: payload }) })
    const all: Record<string, string> = {}
    reply.headers.forEach((value, name) => {
      all[name] = value
    })
    return { status: reply.status, headers: all, body: await reply.text(), setCookie: reply.headers.getSetCookie() }
  }

  async function follow(answer: Answer): Promise<Answer> {
    let at = answer
    for (let hops = 0; hops < 20; hops++) {
      const location = at.headers['location']
      if (location === undefined || at.status < 300 || at.status > 399) return showing(at)
      const next = new URL(location, at.url)
      sentTo.push(next.href)
      at = await send('GET', next, {})
    }
    throw new Error('redirected without end')
  }
  const showing = (answer: Answer): Answer => {
    shown.push(answer)
    return answer
  }

  return {
    cookies,
    sentTo,
    shown,
    async get(address, { follow: go = true, headers = {} } = {}) {
      const first = await send('GET', new URL(address, publicUrl), headers)
      return go ? follow(first) : first
    },
    async post(address, fields, headers = { 'sec-fetch-site': 'same-origin', origin: publicUrl }) {
      return follow(await send('POST', new URL(address, publicUrl), headers, new URLSearchParams(fields).toString()))
    },
    async pick(picker, account) {
      return follow(await send('POST', new URL(picker.url), {}, new URLSearchParams({ account }).toString()))
    },
  }
}

const texts = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
