/** The app registrations Entra knows: who may ask for tokens, with which secrets and certificates, and which token version they receive. */
import type { JWK } from 'jose'
import type { Instant } from '../../src/kit/time.ts'
import { people, publisher } from '../seed.ts'

export interface AppSecret {
  readonly value: string
  readonly expiresAt?: Instant
}

export interface App {
  readonly clientId: string
  /** The directory it is registered in. */
  readonly tenantId: string
  readonly secrets: readonly AppSecret[]
  readonly certificates: readonly JWK[]
  /** `accessTokenAcceptedVersion` of the manifest: the version of tokens others get *for* this app, so of Microsoft's webhook calls. */
  readonly tokenVersion: 1 | 2
}

export interface Apps {
  find(clientId: string): App | undefined
  /** Whether such a directory exists: somebody or some app lives in it. */
  hasDirectory(tenantId: string): boolean
  /** Adds a registration, or changes the given fields of one. */
  set(clientId: string, change: Partial<Omit<App, 'clientId'>> & { readonly tenantId?: string }): App
  /** Puts the seed's registrations back. */
  reset(): void
}

const registration = (clientId: string, secret: string): App => ({
  clientId,
  tenantId: publisher.entraTenantId,
  secrets: [{ value: secret }],
  certificates: [],
  tokenVersion: 1,
})

export function createApps(): Apps {
  const apps = new Map<string, App>()

  function reset(): void {
    apps.clear()
    const { apiApp, signInApp, partnerCenterApp } = publisher
    for (const { clientId, secret } of [apiApp, signInApp, partnerCenterApp]) apps.set(clientId, registration(clientId, secret))
  }

  reset()
  return {
    find: (clientId) => apps.get(clientId.toLowerCase()),
    hasDirectory: (tenantId) => [...apps.values(), ...people].some((resident) => resident.tenantId === tenantId.toLowerCase()),
    set(clientId, change) {
      const id = clientId.toLowerCase()
      const before = apps.get(id) ?? { ...registration(id, ''), secrets: [] }
      const after = { ...before, ...change, clientId: id }
      apps.set(id, after)
      return after
    },
    reset,
  }
}
