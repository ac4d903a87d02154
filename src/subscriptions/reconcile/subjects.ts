/** From rows of the lists and our records to what the rules compare. */
import { type Instant, minutes, plus } from '../../kit/time.ts'
import type { KnownSubscription, ListedAsset, ListedSubscription } from '../rules/reconcile/subject.ts'
import type { StoredSubscription } from '../store/store.ts'
import type { ListedRow, StoredAsset } from './lists.ts'

/** What came so shortly before a run began may not be on the other side's list yet; clocks differ, too. */
const SETTLING = minutes(5)

export const isNewTo = (begunAt: Instant, at: Instant | undefined): boolean =>
  at !== undefined && at.getTime() > plus(begunAt, -SETTLING).getTime()

export const listedSubscription = ({ environment, mayCancel, snapshot }: ListedRow): ListedSubscription => ({
  status: snapshot.status,
  offerId: snapshot.offerId,
  planId: snapshot.planId,
  quantity: snapshot.quantity,
  environment,
  mayCancel,
  createdAt: snapshot.createdAt,
  termEndDate: snapshot.term.endDate,
})

export const listedAsset = (asset: StoredAsset, begunAt: Instant, isSecond: boolean): ListedAsset => ({
  id: asset.id,
  productId: asset.productId,
  environment: asset.environment,
  status: asset.status,
  items: asset.items,
  openRequest: asset.openRequest,
  isNew: isNewTo(begunAt, asset.madeAt),
  isSecond,
})

export const knownSubscription = (record: StoredSubscription, begunAt: Instant): KnownSubscription => ({
  managed: record.productId !== undefined,
  status: record.microsoft.status,
  planId: record.planId,
  quantity: record.quantity,
  buyerConfirmed: record.confirmed !== undefined,
  attempts: record.attempts,
  next: record.next && { kind: record.next.kind, waitsFor: record.next.waitsFor, note: record.next.note },
  firstSeenAt: record.firstSeenAt,
  isNew: isNewTo(begunAt, record.firstSeenAt),
})

/** The one an operator matched; otherwise the newest that is not over, as it would be ordered and found again. */
export function assetOf(record: StoredSubscription | undefined, uid: string, assets: readonly StoredAsset[]): StoredAsset | undefined {
  if (record?.assetLink !== undefined) return assets.find(({ id }) => id === record.assetLink)
  const [best] = assets
    .filter(({ externalUid }) => externalUid === uid)
    .toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1))
  return best
}

const isOver = ({ status }: StoredAsset): boolean => status === 'terminated'
const timeOf = ({ madeAt }: StoredAsset): number => madeAt?.getTime() ?? 0
