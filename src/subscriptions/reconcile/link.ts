/**
 * An operator says which asset is that of a subscription sold before this bridge. Connect has no call that changes an asset (OpenAPI v37:
 * `/assets/{id}` can only be read), so its `external_uid` stays what it is and the link is kept with the subscription.
 */
import type { ConnectAsset } from '../../connect/index.ts'
import { inTransaction } from '../../database/index.ts'
import { AppError, hasCode } from '../../kit/errors/index.ts'
import type { AssetId } from '../../kit/ids.ts'
import type { SubscriptionKey } from '../record.ts'
import { differencesOf } from '../rules/reconcile/differences.ts'
import type { ListedSubscription } from '../rules/reconcile/subject.ts'
import type { SubscriptionSetup } from '../setup.ts'
import { load, wakeSubscription } from '../store/postgres.ts'
import type { StoredSubscription } from '../store/store.ts'
import { addToTimeline } from '../store/timeline.ts'
import { assetInView } from '../view.ts'
import type { ReconcileDeps } from './deps.ts'
import { differenceInWords } from './words.ts'

export type MatchRefusal = 'unmanaged' | 'noSuchAsset' | 'otherProduct' | 'terminated' | 'takenByAnother' | 'hasItsOwn'

export interface MatchPreview {
  readonly subscription: StoredSubscription
  readonly asset: ConnectAsset | undefined
  /** Why it cannot be. */
  readonly refusal: MatchRefusal | undefined
  /** In what the two differ now: what will be brought in step, or asked about. */
  readonly differences: readonly string[]
}

export const matchRefusalWords: Readonly<Record<MatchRefusal, string>> = {
  unmanaged: 'The subscription is of an offer that is not ours.',
  noSuchAsset: 'Connect knows no such asset.',
  otherProduct: 'The asset is of another product than the one the offer sells.',
  terminated: 'The asset is terminated.',
  takenByAnother: 'The asset belongs to another subscription.',
  hasItsOwn: 'The subscription has an asset of its own, which is not over.',
}

/** @throws AppError `ERR_SUBSCRIPTION_NOT_FOUND`; ApiError of the `ERR_CONNECT_` family. */
export async function previewMatch(deps: ReconcileDeps, key: SubscriptionKey, id: AssetId, signal?: AbortSignal): Promise<MatchPreview> {
  const subscription = await load(deps.db, key)
  if (!subscription) throw new AppError('ERR_SUBSCRIPTION_NOT_FOUND')
  const setup = await deps.findSetup(key.tenantId, subscription.offerId)
  if (!setup) return { subscription, asset: undefined, refusal: 'unmanaged', differences: [] }
  const asset = await assetIfThere(deps, key, id, signal)
  const refusal = asset ? await whyNot(deps, subscription, asset, setup) : 'noSuchAsset'
  const differences = asset && !refusal ? differencesNow(subscription, asset, setup) : []
  return { subscription, asset, refusal, differences }
}

async function assetIfThere({ clientsFor }: ReconcileDeps, key: SubscriptionKey, id: AssetId, signal?: AbortSignal) {
  const { connect } = await clientsFor(key.tenantId)
  try {
    return await connect.assets.get(id, signal)
  } catch (error) {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return undefined
    throw error
  }
}

async function whyNot(
  deps: ReconcileDeps,
  one: StoredSubscription,
  asset: ConnectAsset,
  setup: SubscriptionSetup,
): Promise<MatchRefusal | undefined> {
  if (asset.productId !== setup.productId) return 'otherProduct'
  if (assetInView(asset).status === 'terminated') return 'terminated'
  if (await isTaken(deps, one, asset)) return 'takenByAnother'
  const own = one.assetLink === undefined ? one.connect.asset : undefined
  return own && own.id !== asset.id && own.status !== 'terminated' ? 'hasItsOwn' : undefined
}

/** Matched with another, or carrying another subscription's id. */
async function isTaken({ db }: ReconcileDeps, one: StoredSubscription, asset: ConnectAsset): Promise<boolean> {
  const uid = asset.externalUid?.toLowerCase()
  const other = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', one.tenantId)
    .where('id', '<>', one.subscriptionId)
    .where(({ eb, or }) => or([eb('linked_asset', '=', asset.id), eb(eb.cast<string>('id', 'text'), '=', uid ?? '')]))
    .executeTakeFirst()
  return other !== undefined
}

function differencesNow(one: StoredSubscription, asset: ConnectAsset, setup: SubscriptionSetup): readonly string[] {
  const environment = one.environment
  const listed: ListedSubscription = {
    status: one.microsoft.status,
    ...{ offerId: one.offerId, planId: one.planId, quantity: one.quantity, environment },
    mayCancel: false,
    createdAt: one.microsoft.createdAt,
    termEndDate: one.microsoft.term.endDate,
  }
  const connection = asset.connection.id
  const at = connection === setup.connections.production ? 'production' : connection === setup.connections.test ? 'test' : undefined
  const inList = {
    id: asset.id,
    productId: asset.productId,
    environment: at,
    ...assetInView(asset),
    isNew: false,
    isSecond: false,
  } as const
  return differencesOf(listed, inList, undefined, setup).map(differenceInWords)
}

type Linking = Pick<ReconcileDeps, 'db' | 'clock'>

/**
 * Stores the link and wakes the subscription, which from then on is observed by it.
 * @throws AppError `ERR_ASSET_TAKEN` when another subscription was matched with it a moment ago.
 */
export async function acceptMatch({ db, clock }: Linking, key: SubscriptionKey, asset: AssetId, by: string): Promise<void> {
  await setLink(db, key, asset, clock.now(), { actor: 'operator', event: 'asset.matched', facts: { asset, by } })
}

/** Takes the link back: from then on the asset is looked for by the subscription's own id again. */
export async function withdrawMatch({ db, clock }: Linking, key: SubscriptionKey, by: string): Promise<void> {
  await setLink(db, key, null, clock.now(), { actor: 'operator', event: 'asset.unmatched', facts: { by } })
}

async function setLink(
  db: ReconcileDeps['db'],
  key: SubscriptionKey,
  asset: AssetId | null,
  at: ReturnType<ReconcileDeps['clock']['now']>,
  event: Parameters<typeof addToTimeline>[2][number],
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('subscriptions')
      .set({ linked_asset: asset, proposed_asset: null, updated_at: new Date(at.getTime()) })
      .where('tenant_id', '=', key.tenantId)
      .where('id', '=', key.subscriptionId)
      .execute()
    await addToTimeline(tx, key, [event], at)
    await wakeSubscription(tx, key, at)
  }).catch((error: unknown) => {
    if (isTakenAlready(error)) throw new AppError('ERR_ASSET_TAKEN')
    throw error
  })
}

const isTakenAlready = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'subscriptions_linked_asset'
