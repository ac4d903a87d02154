import type { RawBuilder } from 'kysely'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant, Milliseconds } from '../../kit/time.ts'
import type { Tx } from '../types.ts'

/**
 * In the transaction that stores what was seen or done: nobody can take over until it has committed. Does not hold up wakes.
 * @throws AppError `ERR_LEASE_LOST`: another holder may be at work; store nothing.
 */
export interface Guard<Transaction = Tx> {
  (tx: Transaction): Promise<void>
  /**
   * PostgreSQL's lease, when there is nothing else to check: for what is stored by one statement (`storeHeld`), sent now.
   * @throws when the look was told to stop
   */
  readonly lease?: () => HeldRow
}

export interface HeldRow {
  /** Selects and locks one row as long as the lease is ours. */
  readonly row: RawBuilder<unknown>
  /** Told whether it was there. @throws AppError `ERR_LEASE_LOST` when it was not. */
  proved(isHeld: boolean): void
}

/** What a look holds while it works. Another process takes over only after the lease's end plus the kind's longest call. */
export interface Lease<Transaction = Tx> {
  /** 1 when the last look went well; more after looks that failed or were cut off by the end of their process. */
  readonly attempt: number
  /** Aborted when the lease is lost, or the process stops and its grace is over. Hand it to every call. */
  readonly signal: AbortSignal
  /** Before anything is stored. */
  readonly assertHeld: Guard<Transaction>
  /**
   * Just before every call that changes something outside: more of the lease is left than the call may take.
   * @param call the call's timeout, retries included; at most the kind's `longestCall`.
   * @throws AppError `ERR_LEASE_LOST`: do not call.
   */
  assertTimeFor(call: Milliseconds): Promise<void>
}

export interface LookResult {
  /** By the workers' clock. Without it the object is settled until somebody wakes it. */
  readonly lookAgainAt?: Instant | undefined
}

interface LookBase {
  readonly kind: string
  /** Lower comes first; see `priorities`. */
  readonly priority: number
  /** The longest timeout of any call outside that changes something. Takeover after a crash waits for this much more. */
  readonly longestCall: Milliseconds
}

/** A look at an object of one tenant. */
export interface TenantLook<Transaction = Tx> extends LookBase {
  readonly of: 'tenant'
  look(object: { readonly tenantId: TenantId; readonly key: string }, lease: Lease<Transaction>): Promise<LookResult>
}

/** A look at something of the whole installation. */
export interface InstallationLook<Transaction = Tx> extends LookBase {
  readonly of: 'installation'
  look(object: { readonly key: string }, lease: Lease<Transaction>): Promise<LookResult>
}

/** @typeParam Transaction what a look writes in; PostgreSQL's unless a test keeps everything in memory. */
export type Look<Transaction = Tx> = TenantLook<Transaction> | InstallationLook<Transaction>

/**
 * What a worker does with a due object of this kind. It may be done again at any time (after a crash, after another wake), so it observes first.
 * A throw is recorded and tried again after 1 s, then growing pauses up to 5 min.
 */
export const defineLook = <Transaction = Tx>(look: Omit<TenantLook<Transaction>, 'of'>): Look<Transaction> => ({ ...look, of: 'tenant' })

/** The same for work without a tenant. */
export const defineInstallationLook = (look: Omit<InstallationLook, 'of'>): Look => ({ ...look, of: 'installation' })
