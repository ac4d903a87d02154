/** What all calls share: proof of the caller, `$version`, errors in one shape. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checkBearer } from '../../entra/bearer.ts'
import { publisher } from '../../seed.ts'
import type { Cause } from '../types.ts'
import { whyNotCeiling } from '../versions.ts'
import { wireError } from '../wire.ts'
import type { ApiDeps } from './deps.ts'

/** The resource tokens are for, whichever endpoint they were asked at. */
const GRAPH = 'https://graph.microsoft.com'

/** To be called before the routes are added. */
export function frame(app: FastifyInstance, deps: ApiDeps): void {
  readEmptyBodies(app)
  app.addHook('onRequest', requireCaller(deps))
  app.addHook('onRequest', requireVersion(deps))
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    if (status >= 500) throw error
    return refuse(reply, 400, { code: 'badRequest', message: 'The request body is not valid.' })
  })
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, notFound('The resource')))
}

/** Nothing at all is fine where nothing is needed, even when it says JSON. */
function readEmptyBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: FastifyRequest, text: string | Buffer) =>
    String(text).trim() === '' ? undefined : JSON.parse(String(text)),
  )
}

/** Only an app registered in Partner Center with the role Manager, in its own name. */
const requireCaller =
  ({ entra, context }: ApiDeps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const check = await checkBearer(request.headers.authorization, { entra, clock: context.clock, resource: GRAPH })
    if (!('caller' in check)) return check.status === 401 ? unauthorized(reply, check.reason) : forbidden(reply, check.reason)
    const { clientId, tenantId, delegated } = check.caller
    if (delegated) return forbidden(reply, 'Delegated tokens are not supported: the application must call in its own name.')
    if (clientId !== publisher.partnerCenterApp.clientId || tenantId !== publisher.entraTenantId)
      return forbidden(reply, `The application ${clientId} is not registered in the Partner Center account.`)
    if (context.state.options.appRole === 'none') return forbidden(reply, `The application ${clientId} does not have the required role.`)
    return undefined
  }

const requireVersion =
  ({ context }: ApiDeps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const version = ceilingOf(request)
    if (version === undefined)
      return context.state.options.versionParameter === 'optional'
        ? undefined
        : refuse(reply, 400, { code: 'badRequest', message: "The query parameter '$version' is missing." })
    const reason = whyNotCeiling(version, isOfPrivateOffers(request.url) ? 'privateOffers' : 'offers')
    return reason === undefined ? undefined : refuse(reply, 400, { code: 'badRequest', message: reason })
  }

const isOfPrivateOffers = (url: string): boolean => /\/(private-offer|price-and-availability-private-offer-plan)\//.test(url)

const unauthorized = (reply: FastifyReply, message: string): FastifyReply =>
  refuse(reply.header('www-authenticate', 'Bearer'), 401, { code: 'unauthorized', message })
const forbidden = (reply: FastifyReply, message: string): FastifyReply => refuse(reply, 403, { code: 'forbidden', message })

const statusOf = (error: unknown): number =>
  error instanceof SyntaxError ? 400 : error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500

export const refuse = (reply: FastifyReply, status: number, cause: Cause): FastifyReply => reply.code(status).send(wireError(cause))

export const notFound = (what: string): Cause => ({ code: 'notFound', message: `${what} was not found.` })

/** The newest version the caller wants to see, by `$version`. */
export const ceilingOf = (request: FastifyRequest): string | undefined => queryOf(request, '$version')

export function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  const value = typeof query === 'object' && query !== null ? Object.entries(query).find(([key]) => key === name)?.[1] : undefined
  return typeof value === 'string' ? value : undefined
}

/** A path parameter. */
export function param({ params }: FastifyRequest, name: string): string {
  const value = typeof params === 'object' && params !== null ? Object.entries(params).find(([key]) => key === name)?.[1] : undefined
  return typeof value === 'string' ? value : ''
}
