/** What the sandbox's Partner Center keeps: products with three states each, jobs, submissions, private offers. Microsoft's words. */
import type { Instant } from '../../src/kit/time.ts'

export type Body = Readonly<Record<string, unknown>>

/** A resource without its `$schema`, `id` and `resourceName`; references in it are durable ids. */
export interface Resource {
  readonly type: string
  readonly id: string
  readonly body: Body
}

/** By durable id. Replaced, never changed in place. */
export type Tree = ReadonlyMap<string, Resource>

export type Target = 'draft' | 'preview' | 'live'

/** A publishing step. The one that went live is the preview's own, pushed on. */
export interface Submission {
  readonly number: string
  readonly target: 'preview' | 'live'
  readonly status: 'notStarted' | 'running' | 'completed'
  readonly result: 'pending' | 'succeeded' | 'failed'
  readonly created: Instant
  readonly lifecycleState: 'generallyAvailable' | 'deprecated'
}

export interface Product {
  readonly guid: string
  readonly draft: Tree
  readonly preview: Tree | undefined
  /** Absent while it was never published. */
  readonly live: Tree | undefined
  /** Oldest first. The same number stands twice once it went live: for the preview, and for live. */
  readonly submissions: readonly Submission[]
  /** The draft the preview was made from. */
  readonly previewed: Tree | undefined
  /** Locked by something else, as the portal locks a product somebody is saving. */
  readonly locked: boolean
  /** When somebody last edited the draft by hand, if ever. */
  readonly editedByHand: Instant | undefined
}

/** A cause, as the service nests them. */
export interface Cause {
  readonly code: string
  readonly message: string
  readonly resourceId?: unknown
  readonly details?: readonly Cause[]
}

export interface Job {
  readonly id: string
  readonly status: 'notStarted' | 'running' | 'completed'
  readonly result: 'pending' | 'succeeded' | 'failed' | 'cancelled'
  readonly start: Instant
  readonly end: Instant | undefined
  readonly errors: readonly Cause[]
  /** Durable ids of what it made or changed. */
  readonly written: readonly string[]
  /** The submission it waits for. */
  readonly submission: { readonly guid: string; readonly number: string } | undefined
  /** A private offer's address. */
  readonly resourceUri: string | undefined
}

/** One resource of a configure request, as it was sent. */
export interface Given {
  readonly type: string
  readonly version: string
  readonly body: Body
  readonly resourceName: string | undefined
  readonly id: string | undefined
}
