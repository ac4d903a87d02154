import type { AttentionActionId } from '../actions.ts'

export interface AttentionEntry {
  /** What is wrong, in plain words. */
  readonly sentence: string
  /** Why, and what it means for buyer and vendor. */
  readonly cause: string
  /** The facts that make it another cause when they change: then a snoozed, acknowledged or left item comes back. */
  readonly matters?: readonly string[]
  /** What may be done, the best first. */
  readonly actions: readonly AttentionAction[]
}

export interface AttentionAction {
  readonly id: AttentionActionId
  /** In words of the operator, for this code. */
  readonly words: string
}

/** Keeps the literal keys, so that the codes become a union type. */
export const defineAttention = <const Code extends string>(entries: Readonly<Record<Code, AttentionEntry>>) => entries

export const action = (id: AttentionActionId, words: string): AttentionAction => ({ id, words })
export const retry = action('retry', 'Retry now')
export const askVendor = action('askVendor', 'Ask the vendor')
export const cancelAtMicrosoft = action('cancelAtMicrosoft', 'Cancel at Microsoft')
export const lapses = action('leave', 'Leave it: it lapses uncharged on day 30')
