/** What the browser holds of us: the session of this publisher's pages, and the name it signs in under. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  browserCookie,
  endSession,
  formToken,
  looksLikeToken,
  type Person,
  randomToken,
  readSession,
  type Session,
  sessionCookie,
  startSession,
} from '../../identity/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { BuyerDeps } from './deps.ts'
import { productParams, readParams } from './params.ts'

/** `use: false` for requests nobody made by hand: they do not keep the session alive. */
export async function currentSession(
  { identity }: BuyerDeps,
  request: FastifyRequest,
  tenantId: TenantId,
  use = true,
): Promise<Session | undefined> {
  const token = request.cookies[sessionCookie(identity.publicUrl, tenantId).name]
  return looksLikeToken(token) ? readSession(identity, tenantId, token, use) : undefined
}

/** Signs in: always under a new id, so that one planted or seen earlier is worth nothing. */
export async function signIn(
  { identity }: BuyerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  tenantId: TenantId,
  person: Person,
): Promise<Session> {
  const { name, options } = sessionCookie(identity.publicUrl, tenantId)
  const earlier = request.cookies[name]
  const session = await startSession(identity, tenantId, person, looksLikeToken(earlier) ? earlier : undefined)
  reply.setCookie(name, session.token, options)
  return session
}

export async function signOut({ identity }: BuyerDeps, reply: FastifyReply, session: Session): Promise<void> {
  const { name, options } = sessionCookie(identity.publicUrl, session.tenantId)
  await endSession(identity, session)
  reply.clearCookie(name, options)
}

/** The browser's name for sign-ins, given when it has none; the same for all its tabs, so that they can sign in side by side. */
export function nameBrowser({ identity }: BuyerDeps, request: FastifyRequest, reply: FastifyReply): string {
  const { name, options } = browserCookie(identity.publicUrl)
  const browser = knownBrowser({ identity }, request) ?? randomToken()
  reply.setCookie(name, browser, options)
  return browser
}

export function knownBrowser({ identity }: Pick<BuyerDeps, 'identity'>, request: FastifyRequest): string | undefined {
  const browser = request.cookies[browserCookie(identity.publicUrl).name]
  return looksLikeToken(browser) ? browser : undefined
}

/** Tells sessions apart without being one. */
export function sessionKey({ identity }: BuyerDeps, request: FastifyRequest): string {
  const { tenantId } = readParams(productParams, request)
  return formToken({ token: request.cookies[sessionCookie(identity.publicUrl, tenantId).name] ?? '' })
}
