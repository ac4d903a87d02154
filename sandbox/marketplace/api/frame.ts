/** What all of the publisher's APIs share: proof of the caller, `api-version`, echoed ids, bodies read as the service reads them. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireCaller } from './caller.ts'
import type { ApiDeps } from './deps.ts'
import { badArgument, notFound, sendRefusal } from './replies.ts'

const API_VERSION = '2018-08-31'
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** To be called before the routes are added. */
export function frame(app: FastifyInstance, deps: ApiDeps): void {
  readBodiesAsTheServiceDoes(app)
  app.addHook('onRequest', echoIds)
  app.addHook('onRequest', requireVersion)
  app.addHook('onRequest', requireCaller(deps.entra, deps.context.clock))
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    if (status >= 500) throw error
    return sendRefusal(reply, badArgument('The request body is not valid.'))
  })
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, notFound('The resource')))
}

/** JSON whatever it is called; nothing at all is fine even when it says JSON, as the documented resolve call does. */
function readBodiesAsTheServiceDoes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: FastifyRequest, text: string | Buffer) =>
    String(text).trim() === '' ? undefined : JSON.parse(String(text)),
  )
}

async function echoIds(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  for (const name of ['x-ms-requestid', 'x-ms-correlationid']) {
    const given = request.headers[name]
    reply.header(name, typeof given === 'string' && GUID.test(given) ? given : randomUUID())
  }
  reply.header('x-ms-activityid', randomUUID())
}

async function requireVersion(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const version = versionOf(request.query)
  if (version === API_VERSION) return undefined
  const [code, message] =
    version === undefined
      ? ['ApiVersionUnspecified', 'An API version is required, but was not specified.']
      : ['UnsupportedApiVersion', `The HTTP resource does not support the API version '${version}'.`]
  return reply.code(400).send({ Error: { Code: code, Message: message } })
}

const versionOf = (query: unknown): string | undefined =>
  typeof query === 'object' && query !== null && 'api-version' in query ? String(query['api-version']) : undefined

const statusOf = (error: unknown): number =>
  error instanceof SyntaxError ? 400 : error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
