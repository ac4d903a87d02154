/** What single values mean. Each answers `undefined` for "not what was expected". */
import { isSafeToCall } from '../kit/loopback.ts'
import { type Instant, instant } from '../kit/time.ts'

export function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 1 && port <= 65535 ? port : undefined
}

const isHostName = (text: string): boolean =>
  /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text) || /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/.test(text)

export const readHost = (text: string): string | undefined => (isHostName(text) ? text : undefined)

/** An https URL (http on loopback) without user, query or fragment; the slash at the end is dropped. */
export function readBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.password || url.search || url.hash) return undefined
  return isSafeToCall(url) ? url.href.replace(/\/+$/, '') : undefined
}

/** As `readBaseUrl`; a query may stand there, for such services are often opened with a key. */
export function readProbeUrl(text: string): string | undefined {
  const [address = '', query] = text.split(/\?(.*)/s)
  const base = query?.includes('#') ? undefined : readBaseUrl(address)
  return base === undefined || query === undefined ? base : `${base}?${query}`
}

/** As `readBaseUrl`, with `{id}` once in its path. */
export function readLinkPattern(text: string): string | undefined {
  const [before, after, ...more] = text.split('{id}')
  if (before === undefined || after === undefined || more.length > 0) return undefined
  const whole = readBaseUrl(`${before}ID-0${after}`)
  return whole !== undefined && new URL(whole).pathname.includes('ID-0') ? text : undefined
}

export function readOrigin(text: string): string | undefined {
  const base = readBaseUrl(text)
  return base !== undefined && new URL(base).pathname === '/' ? base : undefined
}

export const readGuid = (text: string): string | undefined => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined)

/** The beginning of a day in UTC. */
export function readDay(text: string): Instant | undefined {
  const read = new Date(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
  return isDay ? instant(read) : undefined
}

/** One or several, separated by commas. */
export function readSecrets(text: string): readonly string[] | undefined {
  const secrets = text.split(',').map((one) => one.trim())
  return secrets.includes('') ? undefined : secrets
}

export function readDatabaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1 ? text : undefined
}

/** As Fastify's `trustProxy` takes it. */
export type TrustProxy = boolean | number | string

export function readTrustProxy(text: string): TrustProxy | undefined {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const addresses = text.split(',').map((part) => part.trim())
  return addresses.every((part) => /^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(part) && /[.:]/.test(part)) ? addresses.join(',') : undefined
}

/** A host as it stands in a URL: IPv6 in brackets. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)
