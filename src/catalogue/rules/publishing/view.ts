/** What is known of an offer on its way to the store, as observed, without judgment. */
import type { Instant } from '../../../kit/time.ts'
import type { Advice } from '../refusals/known.ts'

/** `ended`: out of the store. Nobody can buy it; subscriptions go on. */
export type Goal = 'draft' | 'preview' | 'live' | 'ended'

export interface PublishingView {
  /** How far an operator asked to go. */
  readonly goal: Goal
  /** An operator looked at this very preview and said yes. */
  readonly liveConfirmed: boolean
  /** An operator agreed to publish what colleagues edited. */
  readonly editsAccepted: boolean
  /** Resources that differ from what is wanted and can be sent. */
  readonly toWrite: number
  /** Plans whose private audience can be changed for buyers at once. */
  readonly audiences: number
  /** What Microsoft requires and nobody gave. */
  readonly gaps: number
  /** Edits of colleagues a publication would take along. */
  readonly foreignEdits: number
  /** Our last request, until it is known how it ended and that was acted upon. */
  readonly request: PublishingRequest | undefined
  /** The newest publication of each kind, the draft left out. */
  readonly preview: SubmissionView | undefined
  readonly live: SubmissionView | undefined
  /** The publication buyers see, or saw until the sale was ended. */
  readonly sale: { readonly durableId: string; readonly ended: boolean } | undefined
  /** The preview, or the live state, holds what the draft holds. */
  readonly previewIsDraft: boolean
  readonly liveIsDraft: boolean
}

export interface PublishingRequest {
  readonly kind: 'write' | 'updateAudiences' | 'submitPreview' | 'goLive' | 'endSale'
  /** `unanswered`: nobody knows whether it arrived. */
  readonly state: 'unanswered' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown'
  readonly sentAt: Instant
  /** Of a failed one: the gravest of what Microsoft said to it. */
  readonly advice: Advice | undefined
  /** What is wanted has changed since it was sent. */
  readonly outdated: boolean
}

export interface SubmissionView {
  /** `submission/<product>/<number>`. */
  readonly durableId: string
  readonly state: 'running' | 'succeeded' | 'failed' | 'unknown'
  /** The draft was changed after it failed. */
  readonly outdated: boolean
}
