/** One line of the error catalogue. The page `docs/generated/errors.md` is made from it. */
export interface ErrorEntry {
  /** What happened, in one sentence for people. */
  readonly what: string
  /** What to do next, and who. */
  readonly todo: string
  /** HTTP status of our own answer when this reaches one of our doors. */
  readonly status: number
  /** True when trying the same again may help. */
  readonly retryable: boolean
}

/** Keeps the literal keys, so that the codes become a union type. */
export const defineErrors = <const Code extends `ERR_${string}`>(entries: Readonly<Record<Code, ErrorEntry>>) => entries
