/** The one HTTP server of the sandbox: listening first, so that its address is known before anything that must name it is built. */
import { createServer, type Server } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '../src/kit/log.ts'

export interface Listening {
  readonly server: Server
  /** Base URL, without a slash at the end. */
  readonly url: string
}

/** @param port 0 takes any free one. @throws Error when the port is taken. */
export function listen(host: string, port: number): Promise<Listening> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      resolve({ server, url: `http://${host}:${bound}` })
    })
  })
}

/** An app that answers on a server which listens already. What goes wrong in the sandbox itself is logged and said plainly. */
export function appOn(server: Server, log: Log): FastifyInstance {
  const app = Fastify({
    serverFactory(handler) {
      server.on('request', handler)
      return server
    },
  })
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) log.error({ err: error, method: request.method, path: request.url.split('?')[0] }, 'the sandbox failed at a call')
    return reply.code(status).send({ error: { code: 'UnexpectedError', message: error instanceof Error ? error.message : 'unknown' } })
  })
  return app
}

const statusOf = (error: unknown): number => (error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500)

/** Closes at once, calls in progress included. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
