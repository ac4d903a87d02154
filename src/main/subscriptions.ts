/** What the subscriptions room works with, put together: for the service, and for a command that asks the outside itself. */
import { createPrivateOffersOf } from '../catalogue/index.ts'
import type { Config } from '../config.ts'
import type { Tx } from '../database/index.ts'
import { type CrashPoint, noCrash } from '../kit/crash-point.ts'
import { createHttp, type Http } from '../kit/http.ts'
import type { Log } from '../kit/log.ts'
import type { Clock } from '../kit/time.ts'
import { createTokens } from '../microsoft/index.ts'
import type { Storage } from '../storage.ts'
import {
  type ConvergeDeps,
  createFindSetup,
  createRecognizePlan,
  postgresBrakes,
  postgresStore,
  type RecognizeDeps,
  salesIn,
} from '../subscriptions/index.ts'
import { createTenantClients, type ProbeDeps, type TenantClients } from '../tenants/index.ts'

export interface SubscriptionOptions {
  readonly config: Config
  readonly storage: Omit<Storage, 'close'>
  readonly clock: Clock
  readonly log: Log
  readonly crashPoint?: CrashPoint
}

/** Clients of both outside systems in the name of any tenant. */
export function tenantClients({ config, storage, clock, log }: SubscriptionOptions, http: Http): TenantClients {
  const { db, keyring } = storage
  const tokens = createTokens({ http, loginUrl: new URL(config.outside.login), clock, log })
  return createTenantClients({
    db,
    keyring,
    http,
    tokens,
    outside: config.outside,
    ingestionVersions: config.ingestionVersions,
    clock,
    log,
  })
}

/** What trying a credential works with. */
export const probeDeps = ({ config, clock, log }: Pick<SubscriptionOptions, 'config' | 'clock' | 'log'>, http: Http): ProbeDeps => ({
  ...{
    http,
    clock,
    log,
    outside: config.outside,
    loginUrl: config.outside.login,
    publicUrl: config.publicUrl,
    signInApp: config.signInApp,
    ingestionVersions: config.ingestionVersions,
  },
  tokens: createTokens({ http, loginUrl: new URL(config.outside.login), clock, log }),
})

/** What telling where an unmapped plan comes from works with. */
export const recognizing = (
  { storage: { db }, clock, log }: Pick<SubscriptionOptions, 'storage' | 'clock' | 'log'>,
  { clientsFor, ingestionFor }: TenantClients,
): RecognizeDeps => ({ ...{ db, clientsFor, clock, log }, privateOffersOf: createPrivateOffersOf({ ingestionFor, log }) })

export function subscriptionDeps({ storage, clock, log, crashPoint }: SubscriptionOptions, clients: TenantClients): ConvergeDeps<Tx> {
  const { db, keyring } = storage
  return {
    store: postgresStore(db, keyring),
    clientsFor: clients.clientsFor,
    findSetup: createFindSetup({ salesOf: salesIn(db), connectFor: clients.connectFor, clock }),
    recognizePlan: createRecognizePlan(recognizing({ storage, clock, log }, clients)),
    brakes: postgresBrakes(db),
    clock,
    log,
    crashPoint: crashPoint ?? noCrash,
  }
}

export interface OpenedSubscriptions {
  readonly subscriptions: ConvergeDeps<Tx>
  close(): Promise<void>
}

/** With connections of its own. */
export function openSubscriptions(options: SubscriptionOptions): OpenedSubscriptions {
  const http = createHttp({ clock: options.clock, log: options.log })
  return { subscriptions: subscriptionDeps(options, tenantClients(options, http)), close: () => http.close() }
}
