/** Where one thing stands between Microsoft, Connect and our records. Total: whatever was read, there is one answer. Pure. */
import { type Difference, differencesOf, recordDifferences } from './differences.ts'
import type { Coverage, KnownSubscription, ListedAsset, ListedSubscription, Subject, SubjectSetup } from './subject.ts'

export const STANDINGS = [
  /** All sides agree, or nothing is left on any. */
  'inStep',
  /** A request or operation is open, or the buyer's turn has not come: a difference is expected. */
  'waiting',
  'differs',
  /** Billed at Microsoft, and nothing in Connect. */
  'onlyAtMicrosoft',
  /** An asset that belongs to no subscription, or a second one of the same. */
  'onlyAtConnect',
  /** We know it; Microsoft's whole list does not have it. Never taken as its end. */
  'onlyOurs',
  /** Of an offer that is not ours: left alone. */
  'unmanaged',
  /** A list could not be read to its end, or the thing came while it was read: nothing is claimed. */
  'notRead',
] as const
export type Standing = (typeof STANDINGS)[number]

export interface Judgment {
  readonly standing: Standing
  readonly differences: readonly Difference[]
}

export function classify({ microsoft, asset, record, setup }: Subject, coverage: Coverage): Judgment {
  if (microsoft) {
    if (!setup) return judged('unmanaged')
    return asset ? withBoth(microsoft, asset, record, setup) : withoutAsset(microsoft, record, coverage)
  }
  if (record) return missingAtMicrosoft(record, asset, coverage)
  if (!asset || asset.status === 'terminated') return judged('inStep')
  const isCertain = asset.isSecond || (coverage.microsoft && !asset.isNew)
  return judged(isCertain ? 'onlyAtConnect' : 'notRead')
}

const judged = (standing: Standing, differences: readonly Difference[] = []): Judgment => ({ standing, differences })

function withBoth(microsoft: ListedSubscription, asset: ListedAsset, record: KnownSubscription | undefined, setup: SubjectSetup): Judgment {
  const differences = differencesOf(microsoft, asset, record, setup)
  if (isUnderWay(microsoft, asset)) return judged('waiting', differences)
  if (differences.length === 0) return judged('inStep')
  return judged(isAwaited(record) ? 'waiting' : 'differs', differences)
}

/** An order that is not delivered yet, a request the vendor has, an asset on its way from one state to another. */
const isUnderWay = (microsoft: ListedSubscription, asset: ListedAsset): boolean =>
  asset.openRequest !== undefined ||
  asset.status === 'processing' ||
  asset.status === 'terminating' ||
  (isPending(microsoft) && asset.status !== 'terminated')

/** The last decision was to wait for the other side: a notice, an operation, a step whose effect does not show yet. */
const isAwaited = (record: KnownSubscription | undefined): boolean => record?.next?.kind === 'wait' && record.next.waitsFor !== 'operator'

const isPending = ({ status }: ListedSubscription): boolean => status === 'PendingFulfillmentStart' || status === 'NotStarted'

function withoutAsset(microsoft: ListedSubscription, record: KnownSubscription | undefined, coverage: Coverage): Judgment {
  if (!coverage.connect) return judged('notRead')
  const lagging = recordDifferences(microsoft, record)
  if (isPending(microsoft)) return judged('waiting', lagging)
  if (microsoft.status === 'Unsubscribed') return judged(lagging.length === 0 ? 'inStep' : 'differs', lagging)
  return judged('onlyAtMicrosoft', [{ field: 'status', microsoft: microsoft.status, connect: 'no asset' }, ...lagging])
}

function missingAtMicrosoft(record: KnownSubscription, asset: ListedAsset | undefined, coverage: Coverage): Judgment {
  if (!coverage.microsoft || record.isNew) return judged('notRead')
  const isOver = record.status === 'Unsubscribed' && (!asset || asset.status === 'terminated')
  if (isOver) return judged('inStep')
  return judged('onlyOurs', [
    { field: 'status', microsoft: 'not in the list', bridge: record.status, ...(asset ? { connect: asset.status } : {}) },
  ])
}
