/** Calls to apps in this process: the request core with its repeats is the real one, only the socket is missing and no pause takes time. */
import type { FastifyInstance } from 'fastify'
import { createHttp, type Http, HttpFailure, type HttpRequest, type TryOnce } from '../../src/kit/http.ts'
import type { Clock } from '../../src/kit/time.ts'

/** Who answers at an address: an app, or nobody. */
export type Directory = (url: URL) => FastifyInstance | undefined

export const inProcessHttp = (directory: Directory, clock: Clock, tried: (request: HttpRequest) => void = () => {}): Http =>
  createHttp({ clock, random: () => 0, pause: async () => {}, tryOnce: tryAt(directory, tried) })

const tryAt =
  (directory: Directory, tried: (request: HttpRequest) => void): TryOnce =>
  async (request) => {
    const { method, url, headers, body, signal } = request
    signal?.throwIfAborted()
    const app = directory(url)
    if (!app) return new HttpFailure('notSent', `nobody answers at ${url.host}`)
    tried(request)
    try {
      const reply = await app.inject({
        method,
        url: url.pathname + url.search,
        headers: { accept: 'application/json', ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
      return { status: reply.statusCode, headers: flat(reply.headers), text: reply.payload }
    } catch (error) {
      return new HttpFailure('lost', `${method} ${url.host}: the connection was cut`, error)
    }
  }

const flat = (headers: Record<string, number | string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
