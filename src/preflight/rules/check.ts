/** What a check is, and what comes of it. */

/** The four steps to a live offer. */
export const steps = {
  1: 'Be a partner of Microsoft',
  2: 'The product in Connect',
  3: 'The offer at Microsoft',
  4: 'The bridge between them',
} as const
export type Step = keyof typeof steps

export const results = ['passed', 'warning', 'failed', 'declared', 'skipped'] as const
/** `declared`: an operator says so, and no API can tell. `skipped`: it could not be looked at; the sentence says why. */
export type Result = (typeof results)[number]

export interface Finding {
  readonly result: Result
  /** For people: what was seen. */
  readonly sentence: string
  /** What to do next; absent when there is nothing to do. */
  readonly todo?: string
}

/** What one check is about: the installation, one tenant, or one of its products. */
export type Scope = 'installation' | 'tenant' | 'product'

export interface Check<Facts> {
  readonly step: Step
  /** What is looked at, for the page of checks. */
  readonly about: string
  readonly judge: (facts: Facts) => Finding
}

export const passed = (sentence: string): Finding => ({ result: 'passed', sentence })
export const warning = (sentence: string, todo: string): Finding => ({ result: 'warning', sentence, todo })
export const failed = (sentence: string, todo: string): Finding => ({ result: 'failed', sentence, todo })
export const skipped = (sentence: string, todo?: string): Finding => ({
  result: 'skipped',
  sentence,
  ...(todo === undefined ? {} : { todo }),
})

/** Keeps the codes, so that they become a union type. */
export const defineChecks =
  <Facts>() =>
  <const Code extends string>(checks: Readonly<Record<Code, Check<Facts>>>) =>
    checks

/** What was asked of somebody else: the answer, or why there is none. */
export type Asked<T> =
  | { readonly answered: true; readonly value: T }
  | { readonly answered: false; readonly because: string; readonly todo?: string }

/** Judges the answer; without one the check is skipped with the reason. */
export const ifAnswered = <T>(asked: Asked<T>, judge: (value: T) => Finding): Finding =>
  asked.answered ? judge(asked.value) : skipped(asked.because, asked.todo)

export const listed = (names: readonly string[], most = 6): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`

/** Names in what is to be done: a command is there to be run as it stands. */
export const addressed = (finding: Finding, names: Readonly<Partial<Record<'TENANT' | 'PRODUCT', string>>>): Finding =>
  finding.todo === undefined
    ? finding
    : {
        ...finding,
        todo: finding.todo.replaceAll(/\b(TENANT|PRODUCT)\b/g, (word) => (word === 'TENANT' ? names.TENANT : names.PRODUCT) ?? word),
      }
