/** Listens in on the client: every call it makes below a base address, with the answer it got. */
import type { Http } from '../../../src/kit/http.ts'
import type { Exchange } from './spec.ts'

export interface Recording {
  readonly http: Http
  readonly exchanges: readonly Exchange[]
  clear(): void
}

export function record(http: Http, baseUrl: string): Recording {
  const exchanges: Exchange[] = []
  return {
    exchanges,
    clear: () => void exchanges.splice(0),
    http: {
      close: () => http.close(),
      async send(request) {
        const reply = await http.send(request)
        if (request.url.href.startsWith(`${baseUrl}/`)) {
          exchanges.push({
            method: request.method,
            path: new URL(request.url.href.slice(baseUrl.length), 'http://base').pathname,
            query: request.url.searchParams,
            headers: request.headers ?? {},
            body: request.body ?? '',
            status: reply.status,
            answer: reply.text,
          })
        }
        return reply
      },
    },
  }
}
