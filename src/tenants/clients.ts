/** Clients of both outside systems in a tenant's name. */
import { type ConnectClient, createConnect } from '../connect/index.ts'
import type { Keyring } from '../database/secrets.ts'
import type { Db } from '../database/types.ts'
import { AppError } from '../kit/errors/index.ts'
import type { Http } from '../kit/http.ts'
import type { TenantId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import type { Clock } from '../kit/time.ts'
import { together } from '../kit/together.ts'
import {
  createFulfilment,
  createIngestion,
  createMetering,
  type IngestionVersions,
  type MicrosoftApi,
  type MicrosoftFulfilment,
  type MicrosoftIngestion,
  type MicrosoftMetering,
  type TokenSource,
} from '../microsoft/index.ts'
import { inOrderOfUse, microsoftApp } from './credentials.ts'
import type { CredentialKind } from './model/credential.ts'
import { type Access, accessOfTenants, openSecret, type SealedCredential } from './store/credentials.ts'

export interface ClientDeps {
  readonly db: Db
  readonly keyring: Keyring
  readonly http: Http
  readonly tokens: TokenSource
  /** `connect` is for tenants without an address of their own. */
  readonly outside: {
    readonly marketplace: string
    readonly metering: string
    readonly ingestion: string
    readonly connect: string
    readonly tierRequest?: string | undefined
  }
  /** Of Microsoft's resources of offers: those that differ from the defaults. */
  readonly ingestionVersions?: Partial<IngestionVersions>
  readonly clock: Clock
  readonly log: Log
}

export interface TenantClients {
  /** @throws AppError ERR_CREDENTIAL_MISSING, ERR_SECRET_UNREADABLE */
  microsoftFor(tenantId: TenantId): Promise<MicrosoftFulfilment>
  /** With the same app as `microsoftFor`. @throws as it */
  meteringFor(tenantId: TenantId): Promise<MicrosoftMetering>
  /** The publisher's offers, with the app of the `partnerCenter` credential. @throws as `microsoftFor` */
  ingestionFor(tenantId: TenantId): Promise<MicrosoftIngestion>
  /** @throws AppError ERR_TENANT_NOT_FOUND, ERR_CREDENTIAL_MISSING, ERR_SECRET_UNREADABLE */
  connectFor(tenantId: TenantId): Promise<ConnectClient>
  /** Both. @throws as the two */
  clientsFor(tenantId: TenantId): Promise<{ readonly microsoft: MicrosoftFulfilment; readonly connect: ConnectClient }>
}

/**
 * Clients are kept while the stored credentials stay as they are: each call looks, by one small query for all that come at the same time,
 * so that a new secret counts at once in every process.
 */
export function createTenantClients(deps: ClientDeps): TenantClients {
  const microsoft = createKept<MicrosoftFulfilment>()
  const metering = createKept<MicrosoftMetering>()
  const ingestion = createKept<MicrosoftIngestion>()
  const connect = createKept<ConnectClient>()
  const accessOf = together({ run: (tenantIds: readonly TenantId[]) => findAccess(deps.db, tenantIds), most: 100, atOnce: 1 })
  const inUse = (access: Access | undefined, kind: CredentialKind) => credentialsOf(access, kind, deps.clock)

  function microsoftWith(tenantId: TenantId, access: Access | undefined): MicrosoftFulfilment {
    const credentials = inUse(access, 'microsoft')
    return microsoft.get(tenantId, versionOf(credentials), () =>
      createFulfilment(microsoftApi(deps, tenantId, credentials, deps.outside.marketplace)),
    )
  }

  function connectWith(tenantId: TenantId, access: Access | undefined): ConnectClient {
    if (!access) throw new AppError('ERR_TENANT_NOT_FOUND', { facts: { tenantId } })
    const credentials = inUse(access, 'connect')
    const baseUrl = access.connectApiUrl ?? deps.outside.connect
    return connect.get(tenantId, versionOf(credentials, baseUrl), () => makeConnect(deps, tenantId, baseUrl, credentials))
  }

  return {
    microsoftFor: async (tenantId) => microsoftWith(tenantId, await accessOf(tenantId)),

    async meteringFor(tenantId) {
      const credentials = inUse(await accessOf(tenantId), 'microsoft')
      return metering.get(tenantId, versionOf(credentials), () =>
        createMetering(microsoftApi(deps, tenantId, credentials, deps.outside.metering)),
      )
    },

    async ingestionFor(tenantId) {
      const credentials = inUse(await accessOf(tenantId), 'partnerCenter')
      return ingestion.get(tenantId, versionOf(credentials), () =>
        createIngestion(microsoftApi(deps, tenantId, credentials, deps.outside.ingestion, 'partnerCenter'), deps.ingestionVersions),
      )
    },

    connectFor: async (tenantId) => connectWith(tenantId, await accessOf(tenantId)),

    async clientsFor(tenantId) {
      const access = await accessOf(tenantId)
      return { microsoft: microsoftWith(tenantId, access), connect: connectWith(tenantId, access) }
    },
  }
}

async function findAccess(db: Db, tenantIds: readonly TenantId[]): Promise<readonly (Access | undefined)[]> {
  const found = await accessOfTenants(db, [...new Set(tenantIds)])
  return tenantIds.map((id) => found.get(id))
}

function microsoftApi(
  deps: ClientDeps,
  tenantId: TenantId,
  credentials: readonly SealedCredential[],
  baseUrl: string,
  kind: 'microsoft' | 'partnerCenter' = 'microsoft',
): MicrosoftApi {
  const { http, tokens, clock } = deps
  const app = microsoftApp(credentials, (credential) => openSecret(deps.keyring, tenantId, credential))
  if (!app) throw missing(tenantId, kind)
  return { http, tokens, baseUrl: new URL(baseUrl), app, clock, log: deps.log.child({ tenantId }) }
}

/** Connect is given one token: the newest that was not refused at its last check. It has no way to say "this one, or else that one". */
function makeConnect(deps: ClientDeps, tenantId: TenantId, baseUrl: string, credentials: readonly SealedCredential[]): ConnectClient {
  const [first] = credentials
  if (!first) throw missing(tenantId, 'connect')
  const apiKey = openSecret(deps.keyring, tenantId, first)
  const { http, clock, outside } = deps
  return createConnect({ http, baseUrl, apiKey, tierRequestUrl: outside.tierRequest, clock, log: deps.log.child({ tenantId }) })
}

const credentialsOf = (access: Access | undefined, kind: CredentialKind, clock: Clock): readonly SealedCredential[] =>
  inOrderOfUse(
    (access?.credentials ?? []).filter(({ facts }) => facts.kind === kind),
    clock.now(),
  )

/** Each sealing gives another text, so the sealed texts tell one state of the credentials from any other. */
const versionOf = (credentials: readonly SealedCredential[], more = ''): string =>
  JSON.stringify([more, credentials.map(({ facts, slot, sealed }) => [facts, slot, sealed])])

const missing = (tenantId: TenantId, kind: CredentialKind): AppError =>
  new AppError('ERR_CREDENTIAL_MISSING', { message: `Tenant ${tenantId} has no ${kind} credential.`, facts: { tenantId, kind } })

interface Kept<T> {
  get(key: string, version: string, make: () => T): T
}

/** One thing a key, made anew when its version is another. */
function createKept<T>(): Kept<T> {
  const kept = new Map<string, { readonly version: string; readonly value: T }>()
  return {
    get(key, version, make) {
      const have = kept.get(key)
      if (have?.version === version) return have.value
      const value = make()
      kept.set(key, { version, value })
      return value
    },
  }
}
