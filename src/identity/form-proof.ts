/** Proof that a form was sent from our own page in this session (against cross-site request forgery). Pure. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Session } from './sessions/session.ts'

/** Goes into each form as a hidden field. Follows from the session's id, which cannot be found from it. */
export const formToken = ({ token }: Pick<Session, 'token'>): string => createHash('sha256').update(`form:${token}`).digest('base64url')

export function isFormToken(session: Pick<Session, 'token'>, given: unknown): boolean {
  const expected = Buffer.from(formToken(session))
  const got = Buffer.from(typeof given === 'string' ? given : '')
  return got.length === expected.length && timingSafeEqual(got, expected)
}

export interface SenderHeaders {
  readonly 'sec-fetch-site'?: string | string[] | undefined
  readonly origin?: string | undefined
}

/** What browsers say about the page a request came from: Fetch Metadata where they send it, else `Origin`; tools send neither. */
export function cameFromOurPage(headers: SenderHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === undefined || headers.origin === new URL(publicUrl).origin
}
