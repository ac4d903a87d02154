/** What Entra publishes about itself: both metadata documents of a directory, and the keys. */
import type { FastifyInstance } from 'fastify'
import type { Keys } from './keys.ts'
import type { EntraUrls } from './tokens.ts'

/** Names that stand for "whoever signs in": their issuer is a template with the directory left open. */
const OPEN = new Set(['common', 'organizations', 'consumers'])

export function discoveryRoutes(app: FastifyInstance, keys: Keys, urls: EntraUrls): void {
  const issuerTenant = (tenant: string): string => (OPEN.has(tenant) ? '{tenantid}' : tenant)
  const signIn = `${urls.login}/common/oauth2/v2.0`

  app.get<{ Params: { tenant: string } }>('/:tenant/.well-known/openid-configuration', async ({ params: { tenant } }) => ({
    ...common,
    issuer: `${urls.sts}/${issuerTenant(tenant)}/`,
    authorization_endpoint: `${signIn}/authorize`,
    token_endpoint: `${urls.login}/${tenant}/oauth2/token`,
    end_session_endpoint: `${signIn}/logout`,
    jwks_uri: `${urls.login}/${tenant}/discovery/keys`,
  }))

  app.get<{ Params: { tenant: string } }>('/:tenant/v2.0/.well-known/openid-configuration', async ({ params: { tenant } }) => ({
    ...common,
    issuer: `${urls.login}/${issuerTenant(tenant)}/v2.0`,
    authorization_endpoint: `${signIn}/authorize`,
    token_endpoint: `${urls.login}/${OPEN.has(tenant) ? 'common' : tenant}/oauth2/v2.0/token`,
    end_session_endpoint: `${signIn}/logout`,
    jwks_uri: `${urls.login}/${tenant}/discovery/v2.0/keys`,
  }))

  const jwks = async () => ({ keys: await keys.published() })
  app.get('/:tenant/discovery/keys', jwks)
  app.get('/:tenant/discovery/v2.0/keys', jwks)
}

const common = {
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  code_challenge_methods_supported: ['S256'],
  claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'preferred_username', 'name', 'tid', 'oid', 'ver', 'email'],
  request_uri_parameter_supported: false,
  http_logout_supported: true,
  frontchannel_logout_supported: true,
}
