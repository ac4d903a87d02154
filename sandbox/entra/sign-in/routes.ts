/** The browser's way through sign-in: the library's endpoints under `common`, and the account picker. */
import formBody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import type { Provider } from 'oidc-provider'
import { z } from 'zod'
import { sendPage } from '../../layout.tsx'
import { people, publisher } from '../../seed.ts'
import { pickerPage, refusedPage } from './pages.tsx'
import { createSignInProvider, type SignInDeps } from './provider.ts'

const choice = z.object({ account: z.string().refine((key) => people.some((person) => person.key === key)) })
const gone = (reply: FastifyReply): FastifyReply =>
  sendPage(reply, refusedPage('AADSTS90033', 'This sign-in has expired or was completed in another tab.'), 400)

export function signInRoutes(app: FastifyInstance, deps: SignInDeps): void {
  let made: Promise<Provider> | undefined
  const provider = (): Promise<Provider> => {
    made ??= createSignInProvider(deps)
    return made
  }
  app.register(async (scope) => libraryRoutes(scope, provider))
  app.register(async (scope) => pickerRoutes(scope, provider))
}

/** Handed to the library as they come, body unread. */
function libraryRoutes(scope: FastifyInstance, provider: () => Promise<Provider>): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const pass = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const handle = (await provider()).callback()
    request.raw.url = withoutHint(request.url)
    reply.hijack()
    await handle(request.raw, reply.raw)
  }
  const base = '/common/oauth2/v2.0'
  for (const path of [`${base}/authorize`, `${base}/authorize/:uid`, `${base}/token`, `${base}/logout`, `${base}/logout/*`]) {
    scope.route({ method: ['GET', 'POST'], url: path, handler: pass })
  }
}

/** The library cannot know the ID tokens issued in its place: of a hint to sign somebody out, the app it was for is enough. */
function withoutHint(url: string): string {
  const [path = '', query = ''] = url.split('?')
  const fields = new URLSearchParams(query)
  const hint = fields.get('id_token_hint')
  if (!path.endsWith('/logout') || hint === null) return url
  fields.delete('id_token_hint')
  const app = appOf(hint)
  if (app !== undefined) fields.set('client_id', app)
  return `${path}?${fields}`
}

function appOf(idToken: string): string | undefined {
  try {
    const { aud } = decodeJwt(idToken)
    return typeof aud === 'string' ? aud : undefined
  } catch {
    return undefined // no token at all: signed out without a way back
  }
}

function pickerRoutes(scope: FastifyInstance, provider: () => Promise<Provider>): void {
  scope.register(formBody)

  scope.get('/signin/:uid', async (request, reply) => {
    const interaction = await underWay(await provider(), request, reply)
    if (!interaction) return gone(reply)
    const view = { action: request.url, appName: publisher.name, people, signedIn: interaction.session?.accountId }
    return sendPage(reply, pickerPage(view))
  })

  scope.post('/signin/:uid', async (request, reply) => {
    const oidc = await provider()
    const interaction = await underWay(oidc, request, reply)
    const chosen = choice.safeParse(request.body)
    if (!interaction || !chosen.success) return gone(reply)
    const accountId = chosen.data.account
    const returnTo = await oidc.interactionResult(request.raw, reply.raw, { login: { accountId }, select_account: {} })
    await switchAccount(oidc, interaction.session?.uid, accountId)
    return reply.redirect(returnTo, 303)
  })
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

async function underWay(provider: Provider, request: FastifyRequest, reply: FastifyReply): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(request.raw, reply.raw)
  } catch (error) {
    // expired, finished, or somebody else has signed in since it began
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 400) return undefined
    throw error
  }
}

/** The signed-in session becomes the chosen person's; otherwise the library would sign the first one out in a round trip of its own. */
async function switchAccount(provider: Provider, sessionUid: string | undefined, accountId: string): Promise<void> {
  const session = sessionUid === undefined ? undefined : await provider.Session.findByUid(sessionUid)
  if (!session?.accountId || session.accountId === accountId) return
  session.loginAccount({ accountId })
  await session.persist()
}
