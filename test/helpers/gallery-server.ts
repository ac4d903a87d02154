/** The gallery on a port of its own, for tests in a browser: pages, their files, and a status that can be changed. */
import { createServer } from 'node:http'
import { ASSETS_PATH, findAsset } from '../../src/buyer/assets/index.ts'
import { contentSecurityPolicy } from '../../src/buyer/routes/security-headers.ts'
import type { Fragment } from '../../src/buyer/views/pages.tsx'

export interface GalleryServer {
  readonly url: (name: string) => string
  /** What `GET …/status` and `GET …/fragment` answer from now on; absent: 503. */
  show(fragment: Fragment | undefined): void
  /** Forms posted so far. */
  readonly posted: readonly string[]
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export async function startGallery(pages: ReadonlyMap<string, string>): Promise<GalleryServer> {
  let shown: Fragment | undefined
  const posted: string[] = []
  const answer = (method: string, path: string): Answer => {
    const asset = path.startsWith(`${ASSETS_PATH}/`) ? findAsset(path.slice(ASSETS_PATH.length + 1)) : undefined
    if (asset) return { status: 200, ...asset }
    const page = pages.get(path.slice(1))
    if (page !== undefined) return html(page)
    if (method === 'POST') return { status: 204, contentType: 'text/plain', body: '' }
    if (shown && path.endsWith('/status'))
      return { status: 200, contentType: 'application/json', body: JSON.stringify({ hash: shown.hash }) }
    if (shown && path.endsWith('/fragment')) return html(shown.html)
    return { status: 503, contentType: 'text/plain', body: '' }
  }
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.method === 'POST') posted.push(Buffer.concat(chunks).toString())
      const { status, contentType, body } = answer(request.method ?? 'GET', new URL(request.url ?? '/', 'http://gallery').pathname)
      reply.writeHead(status, { 'content-type': contentType, 'content-security-policy': contentSecurityPolicy() }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    show: (fragment) => {
      shown = fragment
    },
    posted,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const html = (body: string): Answer => ({ status: 200, contentType: 'text/html; charset=utf-8', body })
