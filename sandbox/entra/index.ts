/** The sandbox's Microsoft Entra: directories, apps, keys, tokens for services and sign-in for people. Mounted at `/entra`. */
import formBody from '@fastify/formbody'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { JWK } from 'jose'
import type { Log } from '../../src/kit/log.ts'
import type { Clock } from '../../src/kit/time.ts'
import { type App, type Apps, createApps } from './apps.ts'
import { clientCredentialRoutes } from './client-credentials.ts'
import { discoveryRoutes } from './discovery.ts'
import { createKeys, type Keys } from './keys.ts'
import { createMemory } from './sign-in/memory.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { createTokens, type EntraUrls, type Tokens } from './tokens.ts'

export interface EntraWorld {
  readonly apps: Apps
  readonly keys: Keys
  readonly tokens: Tokens
  readonly urls: EntraUrls
  /** Lets an app prove itself by this certificate's key. @throws RangeError for an unknown app. */
  registerCertificate(clientId: string, publicJwk: JWK): App
  /** Signs everybody out and puts the seed's apps back. Keys stay. */
  reset(): void
}

export interface EntraOptions {
  readonly urls: EntraUrls
  readonly clock: Clock
  readonly log: Log
  /** Where the sign-in app may send people back to. */
  readonly redirectUris: () => readonly string[]
}

export function createEntra({ urls, clock, log, redirectUris }: EntraOptions): { world: EntraWorld; plugin: FastifyPluginAsync } {
  const apps = createApps()
  const keys = createKeys()
  const tokens = createTokens(keys, urls, clock)
  const memory = createMemory()

  const plugin = async (app: FastifyInstance): Promise<void> => {
    discoveryRoutes(app, keys, urls)
    signInRoutes(app, { login: urls.login, keys, tokens, memory, log, redirectUris })
    app.register(async (scope) => {
      await scope.register(formBody)
      clientCredentialRoutes(scope, { apps, tokens, urls, clock })
    })
  }

  const world: EntraWorld = {
    apps,
    keys,
    tokens,
    urls,
    registerCertificate(clientId, publicJwk) {
      const app = apps.find(clientId)
      if (!app) throw new RangeError(`no app ${clientId} is registered`)
      return apps.set(clientId, { certificates: [...app.certificates, publicJwk] })
    },
    reset() {
      apps.reset()
      memory.clear()
    },
  }
  return { world, plugin }
}
