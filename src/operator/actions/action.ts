/** An action of an operator: first what will happen, then, on their word, doing it. */

export type Preview = Possible | NotPossible

export interface Possible {
  readonly possible: true
  /** What will happen, sentence by sentence. */
  readonly effect: readonly string[]
}

/** A no is data: a stable reason, a sentence, and what may help. */
export interface NotPossible {
  readonly possible: false
  readonly reason: string
  readonly because: string
  readonly hints: readonly string[]
}

export type Done =
  /** Done, or begun: `asked` when the other side takes its time. */
  | { readonly outcome: 'done' | 'asked' | 'underWay'; readonly said: readonly string[] }
  | ({ readonly outcome: 'notPossible' } & NotPossible)

export interface OperatorAction {
  preview(signal?: AbortSignal): Promise<Preview>
  /** Safe to repeat: what is done or under way is not done twice. */
  carryOut(signal?: AbortSignal): Promise<Done>
}

export const notPossible = (reason: string, because: string, hints: readonly string[] = []): NotPossible => ({
  possible: false,
  reason,
  because,
  hints,
})

export const refusedAs = (no: NotPossible): Done => ({ outcome: 'notPossible', ...no })
