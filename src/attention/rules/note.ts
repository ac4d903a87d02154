import { type AttentionCode, attentionCatalogue } from './catalogue.ts'

/** For people: ids, names of plans, the vendor's own words. Nothing secret. */
export type AttentionFacts = Readonly<Record<string, string | number | readonly string[]>>

/** An item as somebody asks for it: a rule, or whoever found what is wrong. */
export interface AttentionNote<Code extends AttentionCode = AttentionCode> {
  readonly code: Code
  readonly facts: AttentionFacts
}

/** The cause in one word: the same while the facts that matter are the same. */
export const causeOf = ({ code, facts }: AttentionNote): string =>
  JSON.stringify((attentionCatalogue[code].matters ?? []).map((name) => facts[name] ?? null))
