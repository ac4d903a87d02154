/** One attention item as stored, and what happened to it. */
import type { AttentionItemId, TenantId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import type { AttentionCode } from './rules/catalogue.ts'
import type { Life } from './rules/life.ts'
import type { AttentionFacts } from './rules/note.ts'
import type { Subject } from './rules/subject.ts'

export interface AttentionItem extends Life {
  readonly tenantId: TenantId
  readonly id: AttentionItemId
  readonly subject: Subject
  readonly code: AttentionCode
  readonly facts: AttentionFacts
  /** Since when its cause is there: its age. */
  readonly since: Instant
  /** Who brought it into its state, and what they said; absent when it was the bridge. */
  readonly by: string | undefined
  readonly note: string | undefined
}

export type AttentionEvent =
  | 'raised'
  | 'changed'
  | 'returned'
  /** The cause is back within the snooze. */
  | 'sleepsOn'
  | 'gone'
  | 'acknowledged'
  | 'snoozed'
  | 'resolved'

/** What a call of this room changed, for the subject's timeline. */
export interface AttentionChange {
  readonly itemId: AttentionItemId
  readonly code: AttentionCode
  readonly event: AttentionEvent
}

export interface AttentionHistoryEntry {
  readonly at: Instant
  readonly event: AttentionEvent
  readonly by: string | undefined
  readonly note: string | undefined
  readonly facts: AttentionFacts
}
