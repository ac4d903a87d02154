/** Secrets a browser holds, and what we keep of them. */
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as 43 characters of base64url. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of such a token: enough to recognise it, useless to impersonate. A fast hash does, for the token cannot be guessed. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

export const looksLikeToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text)
