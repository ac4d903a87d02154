/** Connect's assets of the tenant's products into the run's table, page by page. */
import type { ConnectAsset, ConnectClient } from '../../connect/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { ConnectionId, ProductId } from '../../kit/ids.ts'
import type { Product } from '../../tenants/index.ts'
import { assetInView } from '../view.ts'
import type { ListFault, ReconcileDeps } from './deps.ts'
import { keepAssets, type RunKey, type StoredAsset } from './lists.ts'
import { keysOfAsset } from './match-keys.ts'

type Environment = 'production' | 'test'

/** So many rows in one statement. */
const CHUNK = 200

export async function readConnect(
  deps: ReconcileDeps,
  run: RunKey,
  products: readonly Product[],
  signal: AbortSignal,
): Promise<readonly ListFault[]> {
  const faults: ListFault[] = []
  for (const product of products) {
    const code = await readProduct(deps, run, product, signal)
    if (code !== undefined) faults.push({ side: 'connect', productId: product.id, code })
  }
  return faults
}

/** @returns the code of what stopped it, if anything did. */
async function readProduct(
  deps: ReconcileDeps,
  run: RunKey,
  { id, connections }: Product,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { connect } = await deps.clientsFor(run.tenantId)
    for (const environment of ['production', 'test'] as const) {
      const connection = connections[environment]?.connection
      if (connection !== undefined) await readConnection(deps, run, { connect, id, connection, environment }, signal)
    }
    return undefined
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    return error.code
  }
}

interface Place {
  readonly connect: ConnectClient
  readonly id: ProductId
  readonly connection: ConnectionId
  readonly environment: Environment
}

async function readConnection({ db }: ReconcileDeps, run: RunKey, place: Place, signal: AbortSignal): Promise<void> {
  let chunk: StoredAsset[] = []
  for await (const asset of place.connect.assets.walk(place.id, place.connection, signal)) {
    const whole = asset.itemsKnown ? asset : await place.connect.assets.get(asset.id, signal)
    chunk.push(toRow(whole, place, run))
    if (chunk.length < CHUNK) continue
    await keepAssets(db, run, chunk)
    chunk = []
  }
  await keepAssets(db, run, chunk)
}

const toRow = (asset: ConnectAsset, { connection, environment }: Place, { runId }: RunKey): StoredAsset => ({
  id: asset.id,
  productId: asset.productId,
  connectionId: connection,
  environment,
  ...assetInView(asset),
  externalUid: asset.externalUid ?? '',
  madeAt: asset.created,
  matchKeys: keysOfAsset(asset, runId),
})
