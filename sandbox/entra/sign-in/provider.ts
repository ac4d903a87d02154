/**
 * Sign-in for the browser: the OIDC library is in charge of codes, PKCE, redirect checks and sessions; only its ID tokens are issued
 * again, since Entra's carry the person's own directory as issuer while the library knows one issuer.
 */
import { randomBytes } from 'node:crypto'
import { decodeJwt, type JWK } from 'jose'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Log } from '../../../src/kit/log.ts'
import { people, publisher } from '../../seed.ts'
import type { Keys } from '../keys.ts'
import type { Tokens } from '../tokens.ts'
import { importOidcLibrary } from './library.ts'
import type { Memory } from './memory.ts'
import { refusedPage, signedOutPage, signOutPage } from './pages.tsx'

export interface SignInDeps {
  /** Base of Entra, e.g. `http://127.0.0.1:3100/entra`. */
  readonly login: string
  readonly keys: Keys
  readonly tokens: Tokens
  readonly memory: Memory
  readonly log: Log
  /** Where the app may send people back to after sign-in, and after sign-out. */
  readonly redirectUris: () => readonly string[]
}

/** Where the picker lives, per sign-in under way. */
const pickerPath = (login: string, uid: string): string => `${new URL(login).pathname}/signin/${uid}`

export async function createSignInProvider(deps: SignInDeps): Promise<Provider> {
  const library = await importOidcLibrary()
  const provider = new library.Provider(`${deps.login}/common/v2.0`, configuration(deps, policyOf(library), await deps.keys.privateJwk()))
  provider.Client.prototype.redirectUriAllowed = (uri: string) => deps.redirectUris().includes(uri)
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri: string) => deps.redirectUris().some((allowed) => sameOrigin(allowed, uri))
  provider.use(async (context, next) => {
    await next()
    await issueIdTokenAgain(context, deps.tokens)
  })
  provider.on('server_error', (_context, error) => deps.log.error({ err: error }, 'sign-in failed'))
  return provider
}

/** Asks for consent never, for an account when nobody is signed in or the app wants a choice. */
function policyOf({ interactionPolicy }: Awaited<ReturnType<typeof importOidcLibrary>>) {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  return policy
}

function configuration({ login, memory }: SignInDeps, policy: ReturnType<typeof policyOf>, key: JWK): Configuration {
  const base = `${new URL(login).pathname}/common/oauth2/v2.0`
  return {
    adapter: memory.adapter,
    jwks: { keys: [key] },
    clients: [
      {
        client_id: publisher.signInApp.clientId,
        client_secret: publisher.signInApp.secret,
        client_name: publisher.name,
        redirect_uris: ['http://127.0.0.1/replaced-by-the-check-below'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    routes: {
      authorization: `${base}/authorize`,
      token: `${base}/token`,
      end_session: `${base}/logout`,
      jwks: `${base}/unused-keys`,
    },
    interactions: { policy, url: (_context, interaction) => pickerPath(login, interaction.uid) },
    findAccount: (_context, id) => (people.some(({ key }) => key === id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined),
    loadExistingGrant,
    scopes: ['openid', 'profile', 'email', 'offline_access', 'User.Read'],
    pkce: { required: () => true },
    cookies: {
      keys: [randomBytes(24).toString('base64url')],
      names: { session: 'sandbox_entra', interaction: 'sandbox_entra_signin', resume: 'sandbox_entra_resume' },
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => html(context, signOutPage(form)),
        postLogoutSuccessSource: (context) => html(context, signedOutPage()),
      },
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 600, IdToken: 3600, Interaction: 3600, Session: 86_400, Grant: 86_400 },
    renderError: (context, out) => html(context, refusedPage(out.error, out.error_description ?? '')),
  }
}

/** Whoever signs in has consented: the app asks for nothing an administrator would have to grant. */
async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { client, session } = oidc
  if (!client || !session?.accountId) return undefined
  const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid profile email offline_access User.Read')
  await grant.save()
  return grant
}

async function issueIdTokenAgain(context: TokenContext, tokens: Tokens): Promise<void> {
  if (context.oidc?.route !== 'token' || !hasIdToken(context.body)) return
  const { account, client } = context.oidc
  const person = people.find(({ key }) => key === account?.accountId)
  if (!person || !client) return
  const given = decodeJwt(context.body.id_token)
  context.body = { ...context.body, id_token: await tokens.forPerson(person, client.clientId, given) }
}

/** What the library leaves behind a call: `oidc` only on its own routes. */
interface TokenContext {
  body: unknown
  readonly oidc?: Pick<KoaContextWithOIDC['oidc'], 'route' | 'account' | 'client'>
}

const hasIdToken = (body: unknown): body is { readonly id_token: string } =>
  typeof body === 'object' && body !== null && 'id_token' in body && typeof body.id_token === 'string'

function html(context: KoaContextWithOIDC, page: string): void {
  context.type = 'html'
  context.body = page
}

const sameOrigin = (a: string, b: string): boolean => URL.canParse(b) && new URL(a).origin === new URL(b).origin
