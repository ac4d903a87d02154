/**
 * The tokens Entra issues, with the claims of the real ones. Times span both the machine's clock and the sandbox's, so that a token is
 * good for a bridge that shares the moved clock and for one in another process that does not.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { type Clock, hours, isBefore, minutes, plus, wallClock } from '../../src/kit/time.ts'
import { marketplaceResourceId, type Person } from '../seed.ts'
import type { App } from './apps.ts'
import type { Keys } from './keys.ts'

/** Where Entra says it is. Without a slash at the end. */
export interface EntraUrls {
  readonly login: string
  readonly sts: string
}

export interface Tokens {
  /** An app-only token for `resource`, as the marketplace APIs get it: version 1, whichever endpoint it was asked at. Lives one hour. */
  forResource(app: App, resource: string): Promise<string>
  /** What Microsoft's marketplace service sends with a webhook call to the app's owner; version 1 or 2 by the app's registration. */
  forWebhook(app: App): Promise<string>
  /** An ID token of a signed-in person, version 2, its issuer the person's own directory. `given` are the library's nonce, times and hashes. */
  forPerson(person: Person, clientId: string, given: JWTPayload): Promise<string>
}

export const TOKEN_LIFETIME = hours(1)

interface Issue {
  readonly audience: string
  readonly tenantId: string
  readonly caller: string
  readonly version: 1 | 2
}

export function createTokens(keys: Keys, urls: EntraUrls, clock: Clock): Tokens {
  const issue = ({ audience, tenantId, caller, version }: Issue): Promise<string> => {
    const service = stableGuid(tenantId, caller)
    const common = { aud: audience, ...times(clock), aio: opaque(), oid: service, rh: opaque(), sub: service, tid: tenantId, uti: opaque() }
    return keys.sign(
      version === 1
        ? { ...common, iss: `${urls.sts}/${tenantId}/`, idp: `${urls.sts}/${tenantId}/`, appid: caller, appidacr: '1', ver: '1.0' }
        : { ...common, iss: `${urls.login}/${tenantId}/v2.0`, azp: caller, azpacr: '1', ver: '2.0' },
    )
  }
  return {
    forResource: (app, resource) => issue({ audience: resource, tenantId: app.tenantId, caller: app.clientId, version: 1 }),
    forWebhook: (app) =>
      issue({ audience: app.clientId, tenantId: app.tenantId, caller: marketplaceResourceId, version: app.tokenVersion }),
    forPerson: (person, clientId, given) => keys.sign(idTokenClaims(person, clientId, given, urls, clock)),
  }
}

function idTokenClaims(person: Person, clientId: string, given: JWTPayload, urls: EntraUrls, clock: Clock): JWTPayload {
  const { nonce, at_hash, auth_time, sid } = given
  const kept = Object.fromEntries(Object.entries({ nonce, at_hash, auth_time, sid }).filter(([, value]) => value !== undefined))
  return {
    ...kept,
    ...times(clock),
    iss: `${urls.login}/${person.tenantId}/v2.0`,
    aud: clientId,
    sub: pairwise(clientId, person.objectId),
    tid: person.tenantId,
    oid: person.objectId,
    name: person.name,
    given_name: person.givenName,
    family_name: person.familyName,
    preferred_username: person.email,
    email: person.email,
    ver: '2.0',
  }
}

function times(clock: Clock): { readonly iat: number; readonly nbf: number; readonly exp: number } {
  const [here, there] = [clock.now(), wallClock.now()]
  const [earlier, later] = isBefore(here, there) ? [here, there] : [there, here]
  const issued = epochSeconds(plus(earlier, 0))
  return { iat: issued, nbf: issued - minutes(5) / 1000, exp: epochSeconds(plus(later, TOKEN_LIFETIME)) }
}

const epochSeconds = (at: { getTime(): number }): number => Math.floor(at.getTime() / 1000)

const opaque = (): string => randomUUID().replaceAll('-', '')

/** Entra's `sub` differs for the same person from app to app. */
const pairwise = (clientId: string, objectId: string): string => createHash('sha256').update(`${clientId}|${objectId}`).digest('base64url')

/** The object id of an app's service principal in a directory: the same each time. */
function stableGuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
