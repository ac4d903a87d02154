/** A private offer as the sandbox keeps it. */
import type { Instant } from '../../../src/kit/time.ts'
import type { Body } from '../types.ts'

export interface PrivateOffer {
  readonly guid: string
  /** As it was sent, with durable ids in place of references. */
  readonly body: Body
  readonly state: 'draft' | 'live' | 'withdrawn'
  readonly accepted: boolean
  readonly modified: Instant
  /** Counts its changes, for the eTag. */
  readonly revision: number
}
