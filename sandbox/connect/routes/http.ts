/** What all doors of the sandbox's Connect share: who calls, how bodies are read, how refusals are answered. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { connectSeed } from '../../seed.ts'
import { at, type Json } from '../json.ts'
import type { Role } from '../records.ts'
import { forbidden, invalid, notFound, Refusal, unauthorized } from '../refusal.ts'
import { GatewayFailure } from '../requests/validate.ts'
import { type Collection, listPage } from '../rql/collection.ts'

/** The token is taken verbatim. @throws Refusal 401 */
export function roleOf(request: FastifyRequest): Role {
  const { authorization } = request.headers
  if (authorization === connectSeed.provider.token) return 'provider'
  if (authorization === connectSeed.vendor.token) return 'vendor'
  throw unauthorized()
}

/** @throws Refusal 403 when the other side calls. */
export function only(role: Role, request: FastifyRequest): void {
  if (roleOf(request) !== role) throw forbidden()
}

/** A path parameter. */
export function param(request: FastifyRequest, name: string): string {
  const value = (request.params as Record<string, string | undefined>)[name]
  if (value === undefined) throw new TypeError(`no path parameter "${name}"`)
  return value
}

/** @throws Refusal 404 */
export function found<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw notFound(what)
  return record
}

export function sendList<T>(request: FastifyRequest, reply: FastifyReply, collection: Collection<T>): FastifyReply {
  const url = request.raw.url ?? ''
  const page = listPage(collection, url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')
  return reply.header('content-range', page.contentRange).send(page.rows)
}

/** A row of a collection, by the id it shows. @throws Refusal 404 */
export function oneById<T>(collection: Collection<T>, id: string): Json {
  for (const record of collection.narrow?.('id', id) ?? collection.all()) {
    const shown = collection.render(record)
    if (at(shown, 'id') === id) return shown
  }
  throw notFound(id)
}

/** JSON bodies may be empty; whatever goes wrong is answered in Connect's shape. */
export function speakJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined)
    try {
      done(null, JSON.parse(String(body)))
    } catch {
      done(invalid('JSON parse error.'), undefined)
    }
  })
  app.setErrorHandler((error, _request, reply) => answerError(app, error, reply))
  app.setNotFoundHandler((_request, reply) => answerError(app, notFound('Resource'), reply))
}

function answerError(app: FastifyInstance, error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).send(error.body)
  if (error instanceof GatewayFailure) {
    return reply
      .code(502)
      .type('text/html')
      .send('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>')
  }
  const status = statusOf(error)
  if (status < 500) return reply.code(status).send(invalid('The request could not be read.').body)
  app.log.error({ err: error }, 'the sandbox failed')
  return reply.code(500).send({ error_code: 'SYS_001', errors: ['Internal server error.'] })
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
