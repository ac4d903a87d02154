import type { Milliseconds } from '../src/kit/time.ts'

/** What so large a share of them stayed within. @param share 0.5 for the median, 1 for the worst. */
export const quantile = (took: readonly Milliseconds[], share: number): Milliseconds =>
  took.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(took.length * share) - 1)] ?? 0
