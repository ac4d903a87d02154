/** What stands before several processes: each call goes to the next one that lives; nobody there is 503, as of any load balancer. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Balancer {
  readonly url: string
  /** Calls go there too, until it is taken away. */
  add(target: string): void
  remove(target: string): void
  stop(): void
}

export async function startBalancer(): Promise<Balancer> {
  let [targets, turn]: [readonly string[], number] = [[], 0]
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const target = targets[turn++ % Math.max(1, targets.length)]
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers
    try {
      if (target === undefined) throw new Error('nobody there')
      const headers = { authorization, 'content-type': type }
      const reply = await fetch(new URL(request.url ?? '/', target), { method: request.method ?? 'POST', headers, body })
      response.writeHead(reply.status).end(await reply.text())
    } catch {
      response.writeHead(503).end()
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add(target) {
      targets = [...targets, target]
    },
    remove(target) {
      targets = targets.filter((one) => one !== target)
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
