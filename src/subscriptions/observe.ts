/** Looking at both sides. Nothing is changed here; what cannot be reached throws and is looked at again later. */
import { type ConnectAsset, type ConnectClient, type ConnectRequest, isOpen } from '../connect/index.ts'
import { ApiError, hasCode } from '../kit/errors/index.ts'
import type { AssetId, ProductId, SubscriptionId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import { between, type Clock, type Instant } from '../kit/time.ts'
import type { MicrosoftFulfilment, MicrosoftSubscription } from '../microsoft/index.ts'
import { observeTierRequest, type TierRequestInWay } from './tier-request.ts'

export type MicrosoftObservation =
  | { readonly kind: 'seen'; readonly subscription: MicrosoftSubscription; readonly begunAt: Instant }
  | { readonly kind: 'unreadable'; readonly reason: 'forbidden' | 'notFound'; readonly begunAt: Instant }

export interface ConnectObservation {
  readonly asset: ConnectAsset | undefined
  /** Newest first, drafts left out. */
  readonly requests: readonly ConnectRequest[]
  /** What an open request in `tiers_setup` waits for. */
  readonly tierRequest?: TierRequestInWay | undefined
  /** The asset an operator matched, of which Connect knows nothing. */
  readonly lostAsset?: AssetId | undefined
  readonly begunAt: Instant
}

/** @throws ApiError `ERR_MS_UNAVAILABLE` and those of the sign-in: nothing was learnt. */
export async function observeMicrosoft(
  microsoft: MicrosoftFulfilment,
  id: SubscriptionId,
  clock: Clock,
  signal: AbortSignal,
): Promise<MicrosoftObservation> {
  const begunAt = clock.now()
  try {
    return { kind: 'seen', subscription: await microsoft.getSubscription(id, signal), begunAt }
  } catch (error) {
    if (hasCode(error, 'ERR_MS_FORBIDDEN')) return { kind: 'unreadable', reason: 'forbidden', begunAt }
    if (hasCode(error, 'ERR_MS_NOT_FOUND')) return { kind: 'unreadable', reason: 'notFound', begunAt }
    throw error
  }
}

/** More requests than any subscription has in practice; the newest ones decide. */
const REQUESTS_LOOKED_AT = 100

/** By the asset an operator matched, or by its `external_uid`, which is the subscription's id. */
export interface ToBeFound {
  readonly id: SubscriptionId
  readonly link: AssetId | undefined
}

/** @throws ApiError of the `ERR_CONNECT_` family: nothing was learnt. */
export async function observeConnect(
  connect: ConnectClient,
  productId: ProductId,
  { id, link }: ToBeFound,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  signal: AbortSignal,
): Promise<ConnectObservation> {
  const begunAt = clock.now()
  const which = link === undefined ? { externalUid: id } : { assetId: link }
  const { items } = await connect.requests.list({ ...which, productIds: [productId] }, { limit: REQUESTS_LOOKED_AT }, signal)
  const requests = items.toSorted(newestFirst)
  const [newest] = requests
  const found = newest?.asset.id ?? link
  const asset = found && (await readAsset(connect, found, link, signal))
  if (asset === 'lost') return { asset: undefined, requests, lostAsset: link, begunAt }
  const tierRequest = await observeTierRequest(connect, requests.find(isOpen), log, signal)
  return { asset, requests, tierRequest, begunAt }
}

/** A matched one may be gone, or never have been this account's: looking again does not help. Any other that is unknown is only late. */
async function readAsset(
  connect: ConnectClient,
  id: AssetId,
  link: AssetId | undefined,
  signal: AbortSignal,
): Promise<ConnectAsset | 'lost'> {
  try {
    return await connect.assets.get(id, signal)
  } catch (error) {
    if (id === link && hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return 'lost'
    throw error
  }
}

/** Of two made at the same moment the one with the higher number is the newer: an asset's requests are numbered. */
const newestFirst = (a: ConnectRequest, b: ConnectRequest): number =>
  between(a.created, b.created) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** The vendor's text for the buyer. A text that cannot be had now is no reason to hold anything up: it is asked for again. */
export async function readActivationText(
  connect: ConnectClient,
  asset: ConnectAsset,
  log: Log,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const text = await connect.assets.render(asset.id, undefined, signal)
    return text.trim() === '' ? undefined : text
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    log.warn({ asset: asset.id, code: error.code, status: error.status }, 'the activation text cannot be read now')
    return undefined
  }
}
