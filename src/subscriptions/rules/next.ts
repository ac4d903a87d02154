/** What `nextStep` may say, and the few words it says it with. */
import type { LifecycleCode } from '../../attention/rules/catalogue.ts'
import type { AttentionNote as AnyNote } from '../../attention/rules/note.ts'
import { type Instant, type Milliseconds, plus } from '../../kit/time.ts'
import { type Attempt, permission } from './attempts.ts'
import { codeOfRefusal } from './refusal.ts'
import type { Step } from './steps.ts'
import type { SubscriptionView } from './view.ts'

/** Only the codes of this room: what others ask attention for is theirs to raise and to clear. */
export type AttentionNote = AnyNote<LifecycleCode>

export type WaitingFor = 'buyer' | 'vendor' | 'connect' | 'microsoft' | 'retry' | 'operator'

export type Next =
  /** Take this step, then look again. */
  | { readonly kind: 'step'; readonly step: Step }
  /** Nothing to do but to look again then; `attention` when a person should know meanwhile. */
  | { readonly kind: 'wait'; readonly for: WaitingFor; readonly until: Instant; readonly attention?: AttentionNote }
  /** Both sides agree. `note` says what was let stand. */
  | { readonly kind: 'settled'; readonly final: boolean; readonly note?: string }
  /** A person has to decide; look again then, for the cause may go away by itself. */
  | { readonly kind: 'attention'; readonly attention: AttentionNote; readonly until: Instant }

export const settled: Next = { kind: 'settled', final: false }
export const settledForGood: Next = { kind: 'settled', final: true }

export const settledWith = (note: string): Next => ({ kind: 'settled', final: false, note })

export const waitFor = (reason: WaitingFor, until: Instant, attention?: AttentionNote): Next =>
  attention ? { kind: 'wait', for: reason, until, attention } : { kind: 'wait', for: reason, until }

export const note = (code: LifecycleCode, facts: AttentionNote['facts'] = {}): AttentionNote => ({ code, facts })

export const attentionUntil = (attention: AttentionNote, now: Instant, lookAgainAfter: Milliseconds): Next => ({
  kind: 'attention',
  attention,
  until: plus(now, lookAgainAfter),
})

/** Takes the step if it may be taken now; otherwise waits for its effect, or tells why it was refused. */
export function attempt(view: SubscriptionView, step: Step, now: Instant, refusal: (attempt: Attempt) => AttentionNote): Next {
  const may = permission(view.attempts, step, now, view.sendWith)
  switch (may.may) {
    case 'go':
      return { kind: 'step', step }
    case 'wait':
      return waitFor('retry', may.until)
    case 'refused':
      return isPassing(may.attempt) ? waitFor('retry', may.until) : { kind: 'attention', attention: refusal(may.attempt), until: may.until }
  }
}

/** The asset was in another state than we had seen: that settles itself within a few looks, or it does not. */
const isPassing = ({ because, count }: Attempt): boolean => because === 'assetStatus' && count < 4

export const refusedAs =
  (code: LifecycleCode) =>
  (tried: Attempt): AttentionNote =>
    note(code, { step: tried.key, reasons: tried.messages })

/** By Connect, of an order or a change: with a code of its own where its sentence is known. */
export const refusedByConnect =
  (otherwise: LifecycleCode) =>
  (tried: Attempt): AttentionNote =>
    refusedAs(codeOfRefusal(tried.because) ?? otherwise)(tried)
