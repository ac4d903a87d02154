/** What is kept of an offer's way to the store. */
import { z } from 'zod'
import { configureJobId, type OfferId, type PartnerCenterProductId, type TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { Goal } from '../rules/publishing/view.ts'

/** An offer of a tenant; the offer's id without `-preview`. */
export interface PublicationKey {
  readonly tenantId: TenantId
  readonly offerId: OfferId
}

export interface Publication extends PublicationKey {
  /** How far it is wanted, by whom, since when. */
  readonly target: Goal
  readonly wantedBy: string
  readonly wantedAt: Instant
  /** Somebody agreed that buyers may see this content: `contentMark`. Another content needs another yes. */
  readonly confirmed: { readonly content: string; readonly by: string; readonly at: Instant } | undefined
  /** Edits of colleagues somebody agreed to publish: `editsMark`. */
  readonly acceptedEdits: string | undefined
  readonly productGuid: PartnerCenterProductId | undefined
  readonly request: StoredRequest | undefined
  readonly preview: SeenSubmission | undefined
  readonly live: SeenSubmission | undefined
  readonly leadMark: string | undefined
  /** Partner Center has been busy with it since. */
  readonly lockedSince: Instant | undefined
  readonly standing: Standing | undefined
  /** Goes up whenever something of the offer may have changed here: a standing of an earlier one says nothing about that. */
  readonly revision: number
}

const time = z.iso.datetime().transform((text): Instant => instant(text))

const explanation = z.object({
  sentence: z.string(),
  todo: z.string().optional(),
  advice: z.enum(['correct', 'wait', 'look', 'portal']),
  words: z.string(),
})

export const storedRequest = z.object({
  kind: z.enum(['write', 'updateAudiences', 'submitPreview', 'goLive', 'endSale']),
  /** `unanswered` from before it is sent until an answer is stored. */
  state: z.enum(['unanswered', 'running', 'succeeded', 'failed', 'cancelled', 'unknown']),
  /** What was wanted: `wantedMark`. */
  wanted: z.string(),
  /** What was sent: `bodiesMark`. */
  sent: z.string(),
  /** The draft before it: `treeMark`. */
  draft: z.string(),
  sentAt: time,
  jobId: configureJobId.optional(),
  /** Why it was refused or failed. */
  reasons: z.array(explanation).default([]),
})
export type StoredRequest = z.output<typeof storedRequest>

export const seenSubmission = z.object({
  durableId: z.string(),
  /** The draft it was made of, as far as is known: `treeMark`. */
  draft: z.string(),
  firstSeenAt: time,
})
export type SeenSubmission = z.output<typeof seenSubmission>

export const standing = z.object({
  steps: z.array(
    z.object({
      step: z.enum(['submission', 'review', 'staging', 'publishing', 'goToMarket']),
      state: z.enum(['done', 'running', 'blocked', 'open']),
      since: time,
    }),
  ),
  next: z.object({
    kind: z.enum(['step', 'wait', 'confirm', 'settled', 'attention', 'refused']),
    /** What is waited for, what a person has to see to, or what is done next. */
    why: z.string().optional(),
    since: time,
  }),
  /** What blocks it, or keeps it waiting, in sentences. */
  sentences: z.array(z.string()),
  /** Resources that were still to be sent. */
  toWrite: z.number().optional(),
  /** The publication's own when the look began. */
  revision: z.number().optional(),
  /** What was wanted then: `contentMark`. */
  content: z.string().optional(),
  seenAt: time,
})
export type Standing = z.output<typeof standing>
