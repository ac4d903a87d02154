/** What to do about all of Microsoft's objections at once. */
import type { Advice } from '../rules/refusals/known.ts'

/** What needs a person outweighs what passes by itself. */
const GRAVEST_FIRST: readonly Advice[] = ['portal', 'correct', 'look', 'wait']

export const gravest = (reasons: readonly { readonly advice: Advice }[]): Advice | undefined =>
  GRAVEST_FIRST.find((advice) => reasons.some((one) => one.advice === advice))
