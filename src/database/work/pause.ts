import { type Milliseconds, minutes, seconds } from '../../kit/time.ts'

const FIRST: Milliseconds = seconds(1)
const LONGEST: Milliseconds = minutes(5)

/**
 * How long to wait after the n-th failure in a row: 1 s, doubled each time, up to 5 min; half of it by chance, so that objects that failed together
 * do not come back together.
 * @param chance between 0 and 1.
 */
export const pauseAfterFailure = (failures: number, chance: number): Milliseconds =>
  Math.round(Math.min(LONGEST, FIRST * 2 ** (failures - 1)) * (1 - chance / 2))
