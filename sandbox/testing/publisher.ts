/** A publisher for the sandbox's own tests: calls the fulfilment API with a real token, and takes webhook calls on a real port. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { marketplaceResourceId, publisher } from '../seed.ts'
import { close } from '../server.ts'
import type { Sandbox } from '../start.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Read as JSON; `undefined` for an empty answer. */
  readonly json: unknown
}

export interface Api {
  call(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Reply>
}

/** @param path below `/saas/subscriptions`, with or without query. */
export async function apiOf(sandbox: Sandbox, credential: Readonly<Record<string, string>> = {}): Promise<Api> {
  const token = await accessToken(sandbox, credential)
  return {
    async call(method, path, { body, headers = {} } = {}) {
      const url = new URL(`${sandbox.urls.marketplace}/saas/subscriptions${path}`)
      url.searchParams.set('api-version', '2018-08-31')
      const sent = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }
      return replyOf(await fetch(url, { method, headers: sent, body: body === undefined ? null : JSON.stringify(body) }))
    },
  }
}

export async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? JSON.parse(text) : undefined }
}

/** Asks the newer token endpoint. @throws Error when there is no token. */
export async function accessToken(sandbox: Sandbox, credential: Readonly<Record<string, string>> = {}): Promise<string> {
  const { json } = await askToken(sandbox, 'oauth2/v2.0/token', { scope: `${marketplaceResourceId}/.default`, ...credential })
  if (typeof json === 'object' && json !== null && 'access_token' in json) return String(json.access_token)
  throw new Error(`no token: ${JSON.stringify(json)}`)
}

/** Posts to a token endpoint with the publisher's own secret, unless `fields` say otherwise. */
export async function askToken(
  sandbox: Sandbox,
  path: string,
  fields: Readonly<Record<string, string>>,
  tenant: string = publisher.entraTenantId,
) {
  const { clientId, secret } = publisher.apiApp
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret, ...fields }
  return replyOf(await fetch(`${sandbox.urls.login}/${tenant}/${path}`, { method: 'POST', body: new URLSearchParams(form) }))
}

export interface Notice {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
}

export interface Receiver {
  readonly url: string
  readonly notices: Notice[]
  /** How the next calls are answered, in turn; afterwards 200. */
  readonly answers: number[]
  stop(): Promise<void>
}

/** Takes webhook calls and tells the sandbox where. */
export async function receive(sandbox: Sandbox): Promise<Receiver> {
  const notices: Notice[] = []
  const answers: number[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      notices.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  sandbox.setBridgeUrl(url)
  return { url, notices, answers, stop: () => close(server) }
}

/** Buys and activates; the operation's 400 ms pass on the clock. */
export async function activeSubscription(
  sandbox: Sandbox,
  order: Parameters<Sandbox['worlds']['marketplace']['purchase']>[0],
): Promise<string> {
  const { subscriptionId } = sandbox.worlds.marketplace.purchase(order)
  const api = await apiOf(sandbox)
  await api.call('POST', `/${subscriptionId}/activate`)
  sandbox.clock.moveBy(sandbox.worlds.marketplace.options().activationDelay)
  await sandbox.settled()
  return subscriptionId
}
