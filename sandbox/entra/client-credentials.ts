/** The token endpoints of a directory, for apps that call in their own name: the classic one (`resource`) and the newer one (`scope`). */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { type Clock, wallClock } from '../../src/kit/time.ts'
import { marketplaceResourceId } from '../seed.ts'
import type { App, Apps } from './apps.ts'
import { whyNotAuthenticated } from './client-auth.ts'
import { refusals, sendTokenRefusal, type TokenRefusal } from './errors.ts'
import { type EntraUrls, TOKEN_LIFETIME, type Tokens } from './tokens.ts'

const tokenRequest = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion: z.string().optional(),
  client_assertion_type: z.string().optional(),
  resource: z.string().optional(),
  scope: z.string().optional(),
})
type TokenRequest = z.infer<typeof tokenRequest>

/** What an app may ask a token for. */
const RESOURCES = new Set([marketplaceResourceId, 'https://graph.microsoft.com'])
const LIFETIME_SECONDS = TOKEN_LIFETIME / 1000

interface Deps {
  readonly apps: Apps
  readonly tokens: Tokens
  readonly urls: EntraUrls
  readonly clock: Clock
}

export function clientCredentialRoutes(app: FastifyInstance, deps: Deps): void {
  app.post<{ Params: { tenant: string } }>('/:tenant/oauth2/token', async ({ params: { tenant }, body }, reply) => {
    const request = tokenRequest.parse(body ?? {})
    const asked = request.resource === undefined ? refusals.missing('resource') : trimSlash(request.resource)
    return answer(deps, reply, { tenant, request, endpoint: `${deps.urls.login}/${tenant}/oauth2/token`, asked }, classicAnswer)
  })
  app.post<{ Params: { tenant: string } }>('/:tenant/oauth2/v2.0/token', async ({ params: { tenant }, body }, reply) => {
    const request = tokenRequest.parse(body ?? {})
    const endpoint = `${deps.urls.login}/${tenant}/oauth2/v2.0/token`
    return answer(deps, reply, { tenant, request, endpoint, asked: resourceOfScope(request.scope) }, newerAnswer)
  })
}

interface Question {
  readonly tenant: string
  readonly request: TokenRequest
  readonly endpoint: string
  /** The resource, or why it could not be read. */
  readonly asked: string | TokenRefusal
}

async function answer(
  deps: Deps,
  reply: FastifyReply,
  question: Question,
  shape: (token: string, resource: string) => unknown,
): Promise<FastifyReply> {
  const granted = await grant(deps, question)
  if (!('app' in granted)) return sendTokenRefusal(reply, granted, deps.clock.now())
  const token = await deps.tokens.forResource(granted.app, granted.resource)
  return reply.header('cache-control', 'no-store').header('pragma', 'no-cache').send(shape(token, granted.resource))
}

async function grant(deps: Deps, { tenant, request, endpoint, asked }: Question): Promise<{ app: App; resource: string } | TokenRefusal> {
  if (request.grant_type === undefined) return refusals.missing('grant_type')
  if (request.grant_type !== 'client_credentials') return refusals.grantType(request.grant_type)
  if (request.client_id === undefined) return refusals.missing('client_id')
  const app = deps.apps.find(request.client_id)
  if (!app || app.tenantId !== tenant.toLowerCase()) {
    return deps.apps.hasDirectory(tenant) ? refusals.app(request.client_id, tenant) : refusals.tenant(tenant)
  }
  const refusal = await whyNotAuthenticated(app, request, endpoint, deps.clock.now())
  if (refusal) return refusal
  if (typeof asked !== 'string') return asked
  return RESOURCES.has(asked) ? { app, resource: asked } : refusals.resource(asked)
}

function resourceOfScope(scope: string | undefined): string | TokenRefusal {
  if (scope === undefined) return refusals.missing('scope')
  return scope.endsWith('/.default') ? trimSlash(scope.slice(0, -'/.default'.length)) : refusals.scope(scope)
}

const trimSlash = (text: string): string => text.replace(/\/+$/, '')

/** Every value is text here. */
function classicAnswer(token: string, resource: string): unknown {
  const now = Math.floor(wallClock.now().getTime() / 1000)
  return {
    token_type: 'Bearer',
    expires_in: String(LIFETIME_SECONDS),
    ext_expires_in: '0',
    expires_on: String(now + LIFETIME_SECONDS),
    not_before: String(now - 300),
    resource,
    access_token: token,
  }
}

const newerAnswer = (token: string): unknown => ({
  token_type: 'Bearer',
  expires_in: LIFETIME_SECONDS,
  ext_expires_in: LIFETIME_SECONDS,
  access_token: token,
})
