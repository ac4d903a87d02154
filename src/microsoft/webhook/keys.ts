/**
 * The public keys Entra signs with, one shelf for each directory and token version: fetched once a day, at once for an unknown key
 * id, and kept in use while Entra is out of reach.
 */
import type { CryptoKey } from 'jose'
import type { Http } from '../../kit/http.ts'
import type { EntraTenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import { between, type Clock, hours, type Instant, minutes } from '../../kit/time.ts'
import type { TokenVersion } from './claims.ts'
import { fetchKeys, type Keys } from './fetch-keys.ts'

/** `absent`: Entra was asked and has no such key. `unreachable`: we cannot know. */
export type KeyFound = { readonly found: 'key'; readonly key: CryptoKey } | { readonly found: 'absent' | 'unreachable' }

export interface SigningKeys {
  find(tenantId: EntraTenantId, version: TokenVersion, kid: string): Promise<KeyFound>
}

export interface SigningKeysOptions {
  readonly http: Http
  readonly loginUrl: URL
  readonly clock: Clock
  readonly log: Log
}

const FRESH_FOR = hours(24)
/** With old keys at hand, a failed refresh is not tried again with each message. */
const PAUSE_AFTER_FAILURE = minutes(1)
/** Anybody can send an unknown key id: that must not make us call Entra without end. */
const SEARCH_WINDOW = minutes(1)
const SEARCHES_PER_WINDOW = 5

interface Shelf {
  keys: Keys
  fetchedAt: Instant | undefined
  failedAt: Instant | undefined
  /** Refreshes caused by unknown key ids. */
  searchedAt: readonly Instant[]
  /** Ends with whether the keys are fresh. */
  inFlight: Promise<boolean> | undefined
}

export function createSigningKeys({ http, loginUrl, clock, log }: SigningKeysOptions): SigningKeys {
  const shelves = new Map<string, Shelf>()

  function shelfOf(tenantId: EntraTenantId, version: TokenVersion): Shelf {
    const name = `${version} ${tenantId}`
    const shelf = shelves.get(name) ?? emptyShelf()
    shelves.set(name, shelf)
    return shelf
  }

  async function refresh(shelf: Shelf, tenantId: EntraTenantId, version: TokenVersion): Promise<boolean> {
    try {
      shelf.keys = await fetchKeys(http, loginUrl, tenantId, version)
      shelf.fetchedAt = clock.now()
      return true
    } catch (error) {
      shelf.failedAt = clock.now()
      log.warn({ fault: faultOf(error), entraTenantId: tenantId, staleKeys: shelf.keys.size }, 'signing keys of Entra not refreshed')
      return false
    } finally {
      shelf.inFlight = undefined
    }
  }

  return {
    async find(tenantId, version, kid) {
      const shelf = shelfOf(tenantId, version)
      const join = () => (shelf.inFlight ??= refresh(shelf, tenantId, version))
      const refreshed = isDue(shelf, clock.now()) ? await join() : undefined
      const known = shelf.keys.get(kid)
      if (known) return { found: 'key', key: known }
      if (refreshed !== undefined) return { found: refreshed ? 'absent' : 'unreachable' }
      if (!takeSearch(shelf, clock.now())) return { found: 'unreachable' }
      const searched = await join()
      const found = shelf.keys.get(kid)
      return found ? { found: 'key', key: found } : { found: searched ? 'absent' : 'unreachable' }
    },
  }
}

const emptyShelf = (): Shelf => ({ keys: new Map(), fetchedAt: undefined, failedAt: undefined, searchedAt: [], inFlight: undefined })

function isDue({ fetchedAt, failedAt }: Shelf, now: Instant): boolean {
  if (fetchedAt === undefined) return true
  if (between(fetchedAt, now) < FRESH_FOR) return false
  return failedAt === undefined || between(failedAt, now) >= PAUSE_AFTER_FAILURE
}

function takeSearch(shelf: Shelf, now: Instant): boolean {
  const recent = shelf.searchedAt.filter((at) => Math.abs(between(at, now)) < SEARCH_WINDOW)
  if (recent.length >= SEARCHES_PER_WINDOW) return false
  shelf.searchedAt = [...recent, now]
  return true
}

/** The kind of fault, not the other side's words. */
const faultOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown')
