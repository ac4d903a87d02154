/** What trying a credential shows. */
import { AppError, type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'

/** What was seen with it, for people: never a secret. */
export type ProbeFacts = Readonly<Record<string, string | readonly string[]>>

export type ProbeOutcome =
  | {
      readonly result: 'good'
      readonly facts: ProbeFacts
      /** What it cannot do, or what could not be tried: not wrong, but worth knowing. */
      readonly notes: readonly string[]
      /** As the other side says it. */
      readonly expiresAt: Instant | undefined
    }
  /** `refused`: it will not work until a person changes something. `unclear`: the other side gave no answer, which says nothing about it. */
  | { readonly result: 'refused' | 'unclear'; readonly code: ErrorCode; readonly reason: string; readonly todo: string }

export const good = (facts: ProbeFacts, notes: readonly string[] = [], expiresAt?: Instant): ProbeOutcome => ({
  result: 'good',
  facts,
  notes,
  expiresAt,
})

export const withNotes = (outcome: Extract<ProbeOutcome, { result: 'good' }>, notes: readonly string[]): ProbeOutcome => ({
  ...outcome,
  notes: [...outcome.notes, ...notes],
})

/** It works, and is not what is needed here. @param reason in whole sentences, with what to do */
export const unfit = (reason: string): ProbeOutcome => {
  const { todo } = errorCatalogue.ERR_CREDENTIAL_UNFIT
  return { result: 'refused', code: 'ERR_CREDENTIAL_UNFIT', reason, todo }
}

/** Turns a failure of ours into an outcome. @throws whatever else was thrown */
export function outcomeOf(error: unknown): ProbeOutcome {
  if (!(error instanceof AppError)) throw error
  return { result: error.retryable ? 'unclear' : 'refused', code: error.code, reason: error.message, todo: errorCatalogue[error.code].todo }
}
