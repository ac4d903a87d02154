/** What the subscriptions room works with: given once, by main or by a test. */
import type { ConnectClient } from '../connect/index.ts'
import type { Guard } from '../database/work/index.ts'
import type { CrashPoint } from '../kit/crash-point.ts'
import type { OfferId, TenantId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import type { Clock, Milliseconds } from '../kit/time.ts'
import type { MicrosoftFulfilment } from '../microsoft/index.ts'
import type { Sold } from '../tenants/index.ts'
import type { Brakes } from './brakes/brakes.ts'
import type { FindSetup } from './setup.ts'
import type { RecognizePlan } from './sources/recognize.ts'
import type { SubscriptionStore } from './store/store.ts'

export interface Clients {
  readonly microsoft: MicrosoftFulfilment
  readonly connect: ConnectClient
}

export interface ConvergeDeps<Transaction> {
  readonly store: SubscriptionStore<Transaction>
  readonly clientsFor: (tenantId: TenantId) => Promise<Clients>
  readonly findSetup: FindSetup
  /** Asked about a plan that is not mapped, before anybody is. */
  readonly recognizePlan: RecognizePlan
  readonly brakes: Brakes<Transaction>
  readonly clock: Clock
  readonly log: Log
  /** Where tests stop the process. */
  readonly crashPoint: CrashPoint
}

/** What is sold as an offer, and its plans; `undefined`: not one of ours. @param offerId without `-preview` */
export type SalesOf = (tenantId: TenantId, offerId: OfferId) => Promise<Sold | undefined>

/** The right to write this subscription and to act for it outside, for as long as it lasts. */
export interface Holding<Transaction> {
  readonly signal: AbortSignal
  readonly guard: Guard<Transaction>
  /** Throws unless the lease outlasts a call of this length. */
  readonly assertTimeFor: (call: Milliseconds) => Promise<void>
}
