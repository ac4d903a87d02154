/** A browser of a few lines for tests: keeps cookies, follows nothing by itself. */
export interface Browser {
  get(url: string | URL): Promise<Response>
  post(url: string | URL, form: Readonly<Record<string, string>>): Promise<Response>
}

export function createBrowser(): Browser {
  const cookies = new Map<string, { readonly value: string; readonly path: string }>()

  function keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const [name = '', ...value] = pair.split('=')
      const path = attributes.find((text) => text.trim().toLowerCase().startsWith('path='))?.split('=')[1] ?? '/'
      if (value.join('=') === '') cookies.delete(`${name}${path}`)
      else cookies.set(`${name}${path}`, { value: `${name}=${value.join('=')}`, path })
    }
    return response
  }

  async function send(url: string | URL, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(url)
    const sent = [...cookies.values()].filter(({ path }) => pathname.startsWith(path)).map(({ value }) => value)
    return keep(await fetch(url, { ...init, redirect: 'manual', headers: { cookie: sent.join('; ') } }))
  }

  return {
    get: (url) => send(url, { method: 'GET' }),
    post: (url, form) => send(url, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

/** Where a redirect leads. @throws Error when it is none. */
export function locationOf(response: Response): URL {
  const location = response.headers.get('location')
  if (response.status < 300 || response.status > 399 || location === null) throw new Error(`no redirect but ${response.status}`)
  return new URL(location, response.url)
}
