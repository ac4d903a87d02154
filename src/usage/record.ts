/** What was reported, as the ledger takes it in. */
import type { DimensionId, ProductId, SubscriptionId } from '../kit/ids.ts'
import type { ExactQuantity } from '../kit/quantity.ts'
import type { Instant } from '../kit/time.ts'
import type { UtcHour } from '../kit/utc-hour.ts'
import type { Moved, Placement } from './rules/place.ts'

/** `connect`: a record of a usage file. `api`: sent by an application. `manual`: an operator's. `rest`: what was not billed elsewhere. */
export type UsageSource = 'connect' | 'api' | 'manual' | 'rest'

export interface ReportedUsage {
  readonly source: UsageSource
  /** The reporter's own, unique within its source: with the same content it may be told as often as one likes. */
  readonly key: string
  readonly productId: ProductId
  readonly subscriptionId: SubscriptionId
  /** Undefined: the flat fee covers it. */
  readonly dimension: DimensionId | undefined
  /** At least zero. */
  readonly quantity: ExactQuantity
  readonly consumedFrom: Instant
  /** Decides the hour: of a window its last moment. */
  readonly consumedAt: Instant
  readonly wholeMonth: boolean
  /** The usage file it came in. */
  readonly fileId?: string
}

export type TakenIn =
  /** Told before with the same content; nothing was counted again. `was` is what became of it then. */
  | { readonly outcome: 'repeated'; readonly was: 'placed' | 'held' | 'rejected' | 'covered'; readonly hour?: UtcHour }
  /** Told before with other content: refused. */
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'placed'; readonly hour: UtcHour; readonly moved?: Moved }
  | { readonly outcome: 'covered' }
  | Held
  | Rejected

type Held = { readonly outcome: 'held' } & Pick<Extract<Placement, { kind: 'hold' }>, 'because' | 'until'>
type Rejected = { readonly outcome: 'rejected' } & Pick<Extract<Placement, { kind: 'reject' }>, 'because'>
