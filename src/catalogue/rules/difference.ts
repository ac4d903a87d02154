/** A difference a re-synchronization found, with what happens about it. */
import type { ProductChange } from './product-changes.ts'
import type { Resynced } from './resync.ts'

/** A plan Microsoft shows that is neither mapped nor recognized. */
export interface UnmappedPlan {
  readonly offerId: string
  readonly planId: string
  readonly name: string
  /** The plan of ours it looks like. */
  readonly like: string | undefined
  readonly reasons: readonly string[]
}

/** `accept`: done by accepting. `decide`: a person's, in the set-up file or with `--retire`. `know`: nothing is to be done. */
export type Deed = 'accept' | 'decide' | 'know'

export interface Difference {
  readonly kind: ProductChange['kind'] | Resynced['kind'] | 'planUnmapped' | 'productHidden'
  readonly sentence: string
  /** What will happen, and what one may do. */
  readonly meaning: string
  readonly deed: Deed
}
