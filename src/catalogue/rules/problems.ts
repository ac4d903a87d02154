/** Everything that may be wrong with an offer before Microsoft sees it, as data: what it is, and what to do. */
import { itemProblems } from './problems-items.ts'
import { limitProblems } from './problems-limits.ts'

/** `blocks`: Microsoft would refuse it. `warns`: it can be published, and somebody should know. `notes`: how it was modeled. */
export type Severity = 'blocks' | 'warns' | 'notes'

export interface ProblemEntry {
  readonly severity: Severity
  /** What is the matter; `{name}` stands for one of the problem's facts. */
  readonly sentence: string
  readonly todo: string
}

const entries = { ...itemProblems, ...limitProblems } as const
export type ProblemCode = keyof typeof entries
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = entries

export interface Problem {
  readonly code: ProblemCode
  /** What it is about, as people find it: `offer planner`, `plan planner / basic`, `item PRD-…-0001`. */
  readonly subject: string
  /** A key within the subject, as the set-up file writes it: `listings[0].title`. */
  readonly field?: string | undefined
  readonly facts: Readonly<Record<string, string>>
}

export const problem = (code: ProblemCode, subject: string, facts: Problem['facts'] = {}, field?: string): Problem => ({
  code,
  subject,
  facts,
  ...(field === undefined ? {} : { field }),
})

export const severityOf = ({ code }: Problem): Severity => problemCatalogue[code].severity

export const sentenceOf = ({ code, facts }: Problem): string =>
  problemCatalogue[code].sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)

/** Nothing that blocks: it may be sent to Microsoft. */
export const isPublishable = (problems: readonly Problem[]): boolean => problems.every((one) => severityOf(one) !== 'blocks')
