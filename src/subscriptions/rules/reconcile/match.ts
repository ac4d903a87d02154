/** Which asset may be that of a subscription that was sold before this bridge. Proposed only: a person accepts. Pure. */
import type { AssetId } from '../../../kit/ids.ts'

/** What an asset and a subscription have in common, the strongest first. */
export const EVIDENCE = ['subscriptionId', 'customerId', 'mail', 'name', 'mailDomain'] as const
export type Evidence = (typeof EVIDENCE)[number]

const WEIGHTS: Readonly<Record<Evidence, number>> = { subscriptionId: 8, customerId: 5, mail: 5, name: 2, mailDomain: 2 }
const WORDS: Readonly<Record<Evidence, string>> = {
  subscriptionId: 'its external id names the subscription',
  customerId: 'its customer has the id of the buyer’s organization or person',
  mail: 'its contact has the buyer’s e-mail address',
  name: 'its customer has the name of the subscription',
  mailDomain: 'its contact’s e-mail address is of the buyer’s domain',
}
const FITTING_ITEMS = 2
/** Strong evidence of its own, or weaker evidence and the same items. */
const ENOUGH = 5

export interface Candidate {
  readonly assetId: AssetId
  readonly evidence: readonly Evidence[]
  /** Exactly the items of the subscription's plan and quantity. */
  readonly itemsFit: boolean
}

export interface ProposedMatch {
  readonly assetId: AssetId
  /** Why, in words. */
  readonly because: readonly string[]
}

export interface Proposal {
  /** The one that fits best; absent when two fit equally well. */
  readonly best: ProposedMatch | undefined
  /** The others that fit, at most four. */
  readonly others: readonly ProposedMatch[]
}

/** `undefined` when nothing fits well enough. Items alone never make a match: many customers have five seats. */
export function propose(candidates: readonly Candidate[]): Proposal | undefined {
  const fitting = candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate) }))
    .filter(({ candidate, score }) => candidate.evidence.length > 0 && score >= ENOUGH)
    .toSorted((a, b) => b.score - a.score || (a.candidate.assetId < b.candidate.assetId ? -1 : 1))
  const [first, second] = fitting
  if (!first) return undefined
  const isClear = !second || second.score < first.score
  const rest = isClear ? fitting.slice(1) : fitting
  return {
    best: isClear ? matchOf(first.candidate) : undefined,
    others: rest.slice(0, 4).map(({ candidate }) => matchOf(candidate)),
  }
}

const scoreOf = ({ evidence, itemsFit }: Candidate): number =>
  evidence.reduce((sum, one) => sum + WEIGHTS[one], itemsFit ? FITTING_ITEMS : 0)

const matchOf = ({ assetId, evidence, itemsFit }: Candidate): ProposedMatch => ({
  assetId,
  because: [
    ...EVIDENCE.filter((one) => evidence.includes(one)).map((one) => WORDS[one]),
    itemsFit ? 'it holds the same items' : 'but it holds other items or quantities',
  ],
})
