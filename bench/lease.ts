/** A lease nobody contends for: what a look needs when it is called by itself. */
import type { Lease } from '../src/database/work/index.ts'

export const freeLease: Lease = {
  attempt: 1,
  signal: new AbortController().signal,
  assertHeld: () => Promise.resolve(),
  assertTimeFor: () => Promise.resolve(),
}
