import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'

/** What the work list holds one row of: a subscription, an operation to answer, a poll … The kind's look knows what the key means. */
export interface WorkObject {
  /** Absent for work of the whole installation. */
  readonly tenantId?: TenantId | undefined
  readonly kind: string
  readonly key: string
}

export interface WokenObject extends WorkObject {
  /** When, for this one; that of the call when left out. */
  readonly dueAt?: Instant | undefined
  /** For this look only; the kind's own when left out, and never less urgent than that of a wake still waiting. Lower comes first. */
  readonly priority?: number | undefined
}

/** Woken at a time of its own. */
export interface DueObject extends WokenObject {
  readonly dueAt: Instant
}

/** Lower comes first. */
export const priorities = {
  /** Microsoft takes silence for a yes after ten seconds. */
  answer: 10,
  /** Somebody sits before a page and waits. */
  person: 20,
  routine: 50,
  /** Nightly runs, tidying up. */
  background: 80,
} as const

/** How the table writes "no tenant": a key column cannot be null. */
export const NO_TENANT = ''
