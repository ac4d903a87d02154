/** A real HTTP server in place of Connect that answers what the test says and keeps what it was sent. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ConnectClient, createConnect } from '../../../src/connect/index.ts'
import { createHttp } from '../../../src/kit/http.ts'
import type { Milliseconds } from '../../../src/kit/time.ts'

export interface Received {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Absent when none was sent. */
  readonly body: unknown
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, unless it is text. */
  readonly body?: unknown
  /** Cuts the connection instead of answering. */
  readonly cut?: boolean
}

export interface LocalConnect extends AsyncDisposable {
  readonly client: ConnectClient
  readonly received: readonly Received[]
  readonly baseUrl: string
  /** Pauses between tries, instead of waiting them. */
  readonly pauses: readonly Milliseconds[]
}

export const TOKEN = 'ApiKey SU-601-114-001:very-secret'

export async function startLocalConnect(answer: (request: Received, nth: number) => Reply, apiKey = TOKEN): Promise<LocalConnect> {
  const received: Received[] = []
  const pauses: Milliseconds[] = []
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      received.push(request)
      respond(response, answer(request, received.length))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}/public/v1`
  const http = createHttp({ random: () => 0.5, pause: async (length) => pauses.push(length) })
  return {
    client: createConnect({ http, baseUrl, apiKey }),
    received,
    baseUrl,
    pauses,
    async [Symbol.asyncDispose]() {
      await http.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://local')
  return {
    method: incoming.method ?? '',
    path: pathname.replace('/public/v1', ''),
    search,
    headers: incoming.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

function respond(response: ServerResponse, { status = 200, headers = {}, body, cut = false }: Reply): void {
  if (cut) return void response.destroy()
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers })
  response.end(isText ? body : JSON.stringify(body ?? {}))
}
