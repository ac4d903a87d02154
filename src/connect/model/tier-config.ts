/** Tier configuration requests: a reseller's one-time set-up with a vendor; purchases wait for it in `tiers_setup`. */
import { z } from 'zod'
import { type ConnectionId, connectionId, type MarketplaceId, marketplaceId, type ProductId, productId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type ConnectionType, connectionType } from './asset.ts'
import { type ParameterValue, parameterValue } from './parameter.ts'
import { idOf, list, moment, number, part, text, word } from './read.ts'

export interface TierConfigRequest {
  readonly id: string
  readonly type: 'setup' | 'update' | 'adjustment' | 'unknown'
  readonly status: 'draft' | 'tiers_setup' | 'pending' | 'inquiring' | 'approved' | 'failed' | 'unknown'
  readonly tierLevel?: number | undefined
  /** `TC-…`. */
  readonly configurationId?: string | undefined
  readonly accountId?: string | undefined
  readonly productId?: ProductId | undefined
  readonly marketplaceId?: MarketplaceId | undefined
  readonly connectionId?: ConnectionId | undefined
  readonly connectionType: ConnectionType
  readonly params: readonly ParameterValue[]
  readonly reason?: string | undefined
  readonly created?: Instant | undefined
  readonly updated?: Instant | undefined
}

const stamp = part(z.object({ at: moment }))

const configuration = z.object({
  id: idOf(z.string()),
  tier_level: number,
  account: part(z.object({ id: idOf(z.string()) })),
  product: part(z.object({ id: idOf(productId) })),
  marketplace: part(z.object({ id: idOf(marketplaceId) })),
  connection: part(z.object({ id: idOf(connectionId), type: connectionType })),
})

export const tierConfigRequest = z
  .object({
    id: z.string().min(1),
    type: word(['setup', 'update', 'adjustment']),
    status: word(['draft', 'tiers_setup', 'pending', 'inquiring', 'approved', 'failed']),
    configuration: part(configuration),
    params: list(parameterValue),
    reason: text,
    events: part(z.object({ created: stamp, updated: stamp })),
  })
  .transform(
    (wire): TierConfigRequest => ({
      id: wire.id,
      type: wire.type,
      status: wire.status,
      tierLevel: wire.configuration?.tier_level,
      configurationId: wire.configuration?.id,
      accountId: wire.configuration?.account?.id,
      productId: wire.configuration?.product?.id,
      marketplaceId: wire.configuration?.marketplace?.id,
      connectionId: wire.configuration?.connection?.id,
      connectionType: wire.configuration?.connection?.type ?? 'unknown',
      params: wire.params,
      reason: wire.reason,
      created: wire.events?.created?.at,
      updated: wire.events?.updated?.at,
    }),
  )
