/** The bridge, put together: rooms, doors and worker. Everything it needs is given; nothing here reads the environment. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { apiRoutes } from '../api/http.ts'
import { buyerPages } from '../buyer/http.ts'
import { createBuyerPorts } from '../buyer/live-ports.ts'
import {
  type ListingDeps,
  listingRequestLook,
  listingRequestsLook,
  mediaRoute,
  offerLook,
  type PublishDeps,
  resyncLook,
  wakeListingRequests,
  wakeOffers,
  wakeResync,
} from '../catalogue/index.ts'
import type { Config } from '../config.ts'
import type { Tx } from '../database/index.ts'
import { type Look, startWorker, type Worker } from '../database/work/index.ts'
import { createSignIn, type IdentityDeps } from '../identity/index.ts'
import { type CrashPoint, noCrash } from '../kit/crash-point.ts'
import { createHttp, type Http } from '../kit/http.ts'
import type { Log } from '../kit/log.ts'
import type { Clock } from '../kit/time.ts'
import { createTokenProof } from '../microsoft/index.ts'
import type { Storage } from '../storage.ts'
import {
  actionLook,
  type ConvergeDeps,
  connectEventsRoute,
  connectWatchLook,
  connectWebhookLook,
  createReceivers,
  discoveryLook,
  notificationRoute,
  operationLook,
  postgresNoticeStore,
  postgresOperationStore,
  reconcileLook,
  salesIn,
  subscriptionLook,
  wakeConnectWebhooks,
  wakeDiscovery,
  wakeReconcile,
} from '../subscriptions/index.ts'
import { credentialLook, signInCredential, type TenantClients, wakeCredentialChecks } from '../tenants/index.ts'
import { type UsageDeps, usageLooks, wakeUsageFiles } from '../usage/index.ts'
import { healthRoutes } from './health.ts'
import { offerDeps } from './offers.ts'
import { probeDeps, recognizing, subscriptionDeps, tenantClients } from './subscriptions.ts'

export interface BridgeOptions {
  readonly config: Config
  readonly storage: Omit<Storage, 'close'>
  readonly clock: Clock
  readonly log: Log
  readonly crashPoint?: CrashPoint
  /** The way out; over the network when left out. Closed with the bridge. */
  readonly http?: Http
  /** Looks only when asked (`worker.runDue`): for tests. */
  readonly onlyWhenAsked?: boolean
  /** Looks at the same time in this process; as the worker has it when left out. */
  readonly concurrency?: number
}

export interface Bridge {
  readonly app: FastifyInstance
  readonly worker: Worker
  readonly subscriptions: ConvergeDeps<Tx>
  readonly usage: UsageDeps
  /** Opens the port. @returns the address it listens on. */
  listen(): Promise<string>
  /** Lets what runs come to an end, then closes. The storage stays open: it was given. */
  stop(): Promise<void>
}

export async function createBridge(options: BridgeOptions): Promise<Bridge> {
  const { config, storage, clock, log } = options
  const http = options.http ?? createHttp({ clock, log })
  const clients = tenantClients(options, http)
  const subscriptions = subscriptionDeps(options, clients)
  const usage = usageDeps(options, clients)
  const worker = startWorker({
    database: storage,
    looks: [
      ...looksOf(subscriptions, options),
      credentialLook({ ...probeDeps(options, http), db: storage.db, keyring: storage.keyring }),
      ...usageLooks(usage),
      offerLook(publishDeps(options, clients)),
      ...listingLooks(listingDeps(options, clients)),
      resyncLook({ ...recognizing(options, clients), connectFor: clients.connectFor, ingestionFor: clients.ingestionFor }),
    ],
    clock,
    log,
    crashPoint: options.crashPoint,
    onlyWhenAsked: options.onlyWhenAsked ?? false,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
  })
  const app = await createApp(options, subscriptions, http)
  return {
    app,
    worker,
    subscriptions,
    usage,
    async listen() {
      await wakeDiscovery(storage.db, clock.now())
      await wakeReconcile(storage.db, clock.now())
      await wakeUsageFiles(storage.db, clock.now())
      await wakeListingRequests(storage.db, clock.now())
      await wakeConnectWebhooks(storage.db, clock.now())
      await wakeCredentialChecks(storage.db, clock.now())
      await wakeOffers(storage.db, clock.now())
      await wakeResync(storage.db, clock.now())
      return app.listen({ host: config.host, port: config.port })
    },
    async stop() {
      await app.close()
      await worker.stop()
      await http.close()
    },
  }
}

const looksOf = (subscriptions: ConvergeDeps<Tx>, { storage: { db, keyring }, config }: BridgeOptions): readonly Look[] => [
  subscriptionLook(subscriptions),
  operationLook({ ...subscriptions, operations: postgresOperationStore(db), salesOf: salesIn(db) }),
  actionLook({ ...subscriptions, db }),
  discoveryLook({ ...subscriptions, db }),
  connectWatchLook({ ...subscriptions, db }),
  reconcileLook({ ...subscriptions, db }),
  connectWebhookLook({ ...subscriptions, db, keyring, publicUrl: config.publicUrl, connectUrl: config.outside.connect }),
]

const usageDeps = (
  { storage, clock, log, crashPoint }: BridgeOptions,
  { meteringFor, microsoftFor, connectFor }: TenantClients,
): UsageDeps => ({
  ...{ db: storage.db, meteringFor, microsoftFor, connectFor, clock, log },
  crashPoint: crashPoint ?? noCrash,
})

const publishDeps = (
  { config, storage, clock, log, crashPoint }: BridgeOptions,
  { ingestionFor }: Pick<TenantClients, 'ingestionFor'>,
): PublishDeps => ({
  ...offerDeps({ config, storage, clock }, { ingestionFor }),
  log,
  crashPoint: crashPoint ?? noCrash,
})

const listingLooks = (deps: ListingDeps): readonly Look[] => [listingRequestsLook(deps), listingRequestLook(deps)]

const listingDeps = ({ storage, clock, log, crashPoint }: BridgeOptions, { connectFor, ingestionFor }: TenantClients): ListingDeps => ({
  ...{ db: storage.db, connectFor, ingestionFor, clock, log },
  crashPoint: crashPoint ?? noCrash,
})

async function createApp(
  { config, storage, clock, log }: BridgeOptions,
  subscriptions: ConvergeDeps<Tx>,
  http: Http,
): Promise<FastifyInstance> {
  const { db, keyring } = storage
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger, // pino's own type says the same in other words
    logController: new LogController({ disableRequestLogging: true }), // addresses carry tokens; each door logs its own answers without them
    trustProxy: trustProxy(config.trustProxy),
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 1024 }, // a long product id in an address of Microsoft's must not be a 404
    forceCloseConnections: true,
  })
  const identity: IdentityDeps = {
    db,
    keyring,
    http,
    clock,
    log,
    loginUrl: config.outside.login,
    publicUrl: config.publicUrl,
    signInApp: async (tenantId) => (await signInCredential({ db, keyring }, tenantId, clock.now())) ?? config.signInApp,
  }
  await app.register(healthRoutes(db))
  await app.register(
    notificationRoute({
      notices: postgresNoticeStore(db),
      receiverOf: createReceivers(db),
      verifyMicrosoftToken: webhookProof({ config, clock, log }, http),
      clock,
      log,
    }),
  )
  await app.register(apiRoutes({ operator: { ...subscriptions, db }, log, publicUrl: config.publicUrl }))
  await app.register(mediaRoute({ db }))
  await app.register(connectEventsRoute({ db, keyring, clock, log }))
  await app.register(buyerPages({ ports: createBuyerPorts({ db, subscriptions }), identity, signIn: createSignIn(identity) }))
  return app
}

/** One for the process, for it keeps Entra's keys. */
const webhookProof = ({ config: { outside }, clock, log }: Pick<BridgeOptions, 'config' | 'clock' | 'log'>, http: Http) =>
  createTokenProof({ http, loginUrl: new URL(outside.login), stsUrl: new URL(outside.sts), clock, log })

/** So many proxies in front are ours, or those at the given addresses. */
const trustProxy = (trusted: Config['trustProxy']) =>
  typeof trusted === 'number' ? (_address: string, hop: number) => hop < trusted : trusted
