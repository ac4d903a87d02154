/**
 * Judges one record of a usage file by what is known, before its file is accepted: exactly one verdict, with every reason when it cannot be
 * billed. Whether its hour still takes it is the ledger's to say (`place`). Pure.
 */
import { type ExactQuantity, fitsPrecision, type QuantityReading } from '../../../kit/quantity.ts'
import type { Instant } from '../../../kit/time.ts'
import { type Phases, phaseAt } from '../phases.ts'
import type { RecordReason } from './reasons.ts'
import { type FilePeriod, windowOf } from './window.ts'

export interface FileFacts {
  readonly schema: 'qt' | 'cr' | 'pr' | 'tr' | 'unknown'
  readonly environment: 'production' | 'test' | 'preview' | 'unknown'
  readonly currency: string | undefined
  readonly period: FilePeriod
  readonly productId: string
}

export interface RecordFacts {
  /** Connect's word: before the file is accepted `valid` or `pending`, then `approved`. */
  readonly status: 'valid' | 'invalid' | 'approved' | 'rejected' | 'closed' | 'uploaded' | 'pending' | 'unknown'
  readonly itemId: string | undefined
  /** Decimal places its item counts in; undefined when Connect does not say. */
  readonly decimals: number | undefined
  readonly usage: QuantityReading
  readonly amount: QuantityReading | undefined
  readonly tier: number | undefined
  readonly from: Instant | undefined
  readonly to: Instant | undefined
  /** The row says that it comes from our own export, with this key of an application's record. */
  readonly ownKey: string | undefined
}

export interface KnownSubscription {
  readonly productId: string | undefined
  readonly environment: 'production' | 'test'
  readonly phases: Phases
}

export interface KnownItem {
  readonly kind: 'reservation' | 'payAsYouGo'
  readonly dimension: string | undefined
}

export interface DimensionFacts {
  readonly source: 'connect' | 'api'
  /** It is priced as one unit of this currency. */
  readonly currency: string | undefined
}

/** What the judge may ask about. */
export interface Knowledge {
  /** Those any of the asset's ids belong to. */
  readonly subscriptions: readonly KnownSubscription[]
  /** Of the plan the subscription had at that moment. */
  readonly itemAt: (at: Instant, itemId: string) => KnownItem | undefined
  readonly dimension: (id: string) => DimensionFacts
  /** Whether the ledger holds what the row says it was exported from: same subscription, dimension and quantity. */
  readonly exported: (key: string, dimension: string, quantity: ExactQuantity) => boolean
}

export interface Bill {
  readonly dimension: string
  readonly quantity: ExactQuantity
  readonly consumedFrom: Instant
  readonly consumedAt: Instant
  readonly wholeMonth: boolean
}

export type RecordVerdict =
  | ({ readonly kind: 'bill' } & Bill)
  /** Nothing to send: the flat fee covers it, or it is another tier's amount of the same usage. */
  | { readonly kind: 'covered'; readonly because: 'flatFee' | 'otherTier'; readonly bill: Omit<Bill, 'dimension'> }
  /** Told by the application before; closed with what became of that. */
  | { readonly kind: 'own'; readonly key: string }
  /** Not ours to bill: Connect or somebody else is done with it. */
  | { readonly kind: 'done'; readonly because: 'closed' | 'rejected' | 'invalid' }
  | { readonly kind: 'bad'; readonly reasons: readonly [RecordReason, ...RecordReason[]] }

export function judgeRecord(file: FileFacts, record: RecordFacts, known: Knowledge): RecordVerdict {
  const { status } = record
  if (status === 'closed' || status === 'rejected' || status === 'invalid') return { kind: 'done', because: status }
  const window = windowOf(record, file.period)
  const quantity = quantityOf(file, record)
  const reasons: RecordReason[] = [
    ...(status === 'unknown' ? (['STATUS_UNKNOWN'] as const) : []),
    ...whyNotSubscription(file, known),
    ...(window.ok ? [] : [window.reason]),
    ...(typeof quantity === 'bigint' ? [] : [quantity]),
  ]
  const item = itemOf(record, known, window.ok ? window.consumedAt : undefined)
  if (typeof item === 'string') reasons.push(item)
  if (!window.ok || typeof quantity !== 'bigint' || typeof item !== 'object') return bad(reasons)
  return judgeItem(
    file,
    record,
    known,
    item,
    { quantity, consumedFrom: window.consumedFrom, consumedAt: window.consumedAt, wholeMonth: window.wholeMonth },
    reasons,
  )
}

function judgeItem(
  file: FileFacts,
  record: RecordFacts,
  known: Knowledge,
  { dimension }: KnownItem,
  bill: Omit<Bill, 'dimension'>,
  reasons: readonly RecordReason[],
): RecordVerdict {
  if (dimension === undefined) return reasons.length > 0 ? bad(reasons) : { kind: 'covered', because: 'flatFee', bill }
  const facts = known.dimension(dimension)
  if (record.ownKey !== undefined) {
    if (reasons.length > 0) return bad(reasons)
    return known.exported(record.ownKey, dimension, bill.quantity) ? { kind: 'own', key: record.ownKey } : bad(['EXPORT_UNKNOWN'])
  }
  const all: readonly RecordReason[] = [
    ...reasons,
    ...(facts.source === 'api' ? (['SOURCE_IS_API'] as const) : []),
    ...(isRated(file) && (facts.currency === undefined || facts.currency !== file.currency) ? (['SCHEMA_REFUSED'] as const) : []),
  ]
  if (all.length > 0) return bad(all)
  if (file.schema === 'tr' && record.tier !== undefined && record.tier !== 0) return { kind: 'covered', because: 'otherTier', bill }
  return { kind: 'bill', dimension, ...bill }
}

const isRated = ({ schema }: FileFacts): boolean => schema !== 'qt'

function whyNotSubscription({ productId, environment }: FileFacts, { subscriptions }: Knowledge): readonly RecordReason[] {
  const [subscription, another] = subscriptions
  if (!subscription) return ['ASSET_UNKNOWN']
  if (another) return ['ASSET_AMBIGUOUS']
  return [
    ...(subscription.productId === productId ? [] : (['OTHER_PRODUCT'] as const)),
    ...(sideOf(environment) === subscription.environment ? [] : (['OTHER_ENVIRONMENT'] as const)),
  ]
}

/** Preview purchases go to the test connection. */
const sideOf = (environment: FileFacts['environment']): 'production' | 'test' | undefined => {
  if (environment === 'unknown') return undefined
  return environment === 'production' ? 'production' : 'test'
}

/** @returns undefined when nothing can be said about the item, and the reason is named elsewhere */
function itemOf(
  { itemId }: RecordFacts,
  { subscriptions, itemAt }: Knowledge,
  at: Instant | undefined,
): KnownItem | RecordReason | undefined {
  const [subscription, another] = subscriptions
  if (itemId === undefined) return 'ITEM_UNKNOWN'
  if (!subscription || another || at === undefined) return undefined
  if (!phaseAt(subscription.phases, at)) return 'NOT_ACTIVE'
  const item = itemAt(at, itemId)
  if (!item) return 'ITEM_NOT_MAPPED'
  return item.kind === 'reservation' ? 'ITEM_RESERVED' : item
}

/** Of a rated file its money; otherwise what was used, as fine as its item counts. */
function quantityOf(file: FileFacts, { usage, amount, decimals }: RecordFacts): ExactQuantity | RecordReason {
  if (file.schema === 'unknown') return 'SCHEMA_UNKNOWN'
  const reading = isRated(file) ? amount : usage
  if (!reading?.ok) return 'QUANTITY_UNREADABLE'
  if (reading.quantity < 0n) return 'QUANTITY_NEGATIVE'
  if (!isRated(file) && decimals !== undefined && !fitsPrecision(reading.quantity, decimals)) return 'QUANTITY_TOO_FINE'
  return reading.quantity
}

function bad(reasons: readonly RecordReason[]): RecordVerdict {
  const [first, ...rest] = reasons
  if (first === undefined) throw new TypeError('a record is bad for a reason')
  return { kind: 'bad', reasons: [first, ...rest] }
}
