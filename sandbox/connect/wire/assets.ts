/** Assets, alone and inside a request. */
import type { Product } from '../catalogue/products.ts'
import type { Json, JsonObject } from '../json.ts'
import type { AssetRecord, ItemLine, Params, RequestRecord, Role } from '../records.ts'
import { openRequestOf } from '../requests/conflict.ts'
import { linesOf, quantityText } from '../requests/items.ts'
import { mustHave, productOf, type State } from '../state.ts'
import { connectionRef, contractRef, events, marketplaceRef, productRef } from './common.ts'
import { paramsWire } from './params.ts'
import { tierWire } from './tiers.ts'

/** Here `type` is the unit's title and the kind of item is `item_type`; `id` is the local one. */
const lineWire = (product: Product, line: ItemLine): JsonObject => {
  const item = mustHave(
    product.seed.items.find((each) => each.id === line.itemId),
    line.itemId,
  )
  return {
    id: item.localId,
    global_id: item.id,
    mpn: item.mpn,
    display_name: item.name,
    period: 'Monthly',
    item_type: item.type,
    type: item.unit,
    quantity: quantityText(line.quantity),
    old_quantity: quantityText(line.oldQuantity),
    params: [],
  }
}

const tier = (state: State, id: string | undefined): JsonObject | undefined => {
  const account = id === undefined ? undefined : state.tierAccounts.get(id)
  return account && tierWire(account)
}

interface Shown {
  readonly items: readonly ItemLine[]
  readonly params: Params
  /** What stands where there is no second reseller: it differs between the two views. */
  readonly noTier2: Json | undefined
}

function assetBody(state: State, asset: AssetRecord, role: Role, shown: Shown): JsonObject {
  const product = productOf(state, asset)
  return {
    id: asset.id,
    status: asset.status,
    external_id: asset.externalId,
    external_uid: asset.externalUid,
    product: productRef(product),
    connection: connectionRef(asset.connectionId, asset.environment),
    items: shown.items.map((line) => lineWire(product, line)),
    params: paramsWire(product, shown.params, role),
    tiers: {
      customer: tier(state, asset.tiers.customer),
      tier1: tier(state, asset.tiers.tier1) ?? {},
      tier2: tier(state, asset.tiers.tier2) ?? shown.noTier2,
    },
    configuration: { params: [] },
    marketplace: marketplaceRef,
    contract: contractRef,
    events: events(asset.created, asset.updated),
  }
}

export function assetWire(state: State, asset: AssetRecord, role: Role): JsonObject {
  const product = productOf(state, asset)
  const open = openRequestOf(state, asset)
  const { activation } = asset
  const template = activation && 'templateId' in activation ? product.templates.find(({ id }) => id === activation.templateId) : undefined
  return {
    ...assetBody(state, asset, role, {
      items: linesOf(product, asset.quantities, asset.quantities),
      params: asset.params,
      noTier2: undefined,
    }),
    ...(template && { template: { id: template.id, name: template.title } }),
    ...(open && { pending_request: { id: open.id, type: open.type, status: open.status } }),
  }
}

export const assetInRequest = (state: State, asset: AssetRecord, request: RequestRecord, role: Role): JsonObject => ({
  ...assetBody(state, asset, role, { items: request.items, params: request.params, noTier2: [] }),
})
