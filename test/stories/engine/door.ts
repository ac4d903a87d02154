/**
 * Microsoft's way to the bridge while stories are played: a call waits at the door while the bridge is at work, so that what is told and what is
 * done never race, and a story is the same each time it is played.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Door {
  readonly url: string
  /** Calls wait until `work` is done. */
  closedWhile<T>(work: () => Promise<T>): Promise<T>
  /** Where calls are passed on to from now on. */
  leadTo(url: string): void
  stop(): void
}

export async function openDoor(): Promise<Door> {
  let [target, open] = ['', Promise.resolve()]
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    await open
    const { authorization, 'content-type': type } = request.headers
    const headers = { ...(authorization ? { authorization } : {}), ...(type ? { 'content-type': type } : {}) }
    const reply = await fetch(new URL(request.url ?? '/', target), { method: request.method ?? 'POST', headers, body })
    response.writeHead(reply.status).end(await reply.text())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async closedWhile(work) {
      let done = (): void => {}
      open = new Promise((resolve) => {
        done = resolve
      })
      return work().finally(done)
    },
    leadTo(url) {
      target = url
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
