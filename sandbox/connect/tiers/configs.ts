/** Reseller configurations: a product that has them makes the first purchase through each reseller wait. */
import type { Product } from '../catalogue/products.ts'
import type { AssetRecord, Params, RequestRecord, TierConfig, TierConfigRequest } from '../records.ts'
import { invalid, wrongState } from '../refusal.ts'
import { copyOf, missingParams, readParams } from '../requests/params.ts'
import { moveTierConfigRequest, mustHave, productOf, type State, tell } from '../state.ts'

/** True when the purchase has to wait: there is no active configuration of its reseller yet. Opens the setup request when none is open. */
export function openTierSetup(state: State, asset: AssetRecord, request: RequestRecord): boolean {
  const product = productOf(state, asset)
  const accountId = asset.tiers.tier1
  if (!product.seed.capabilities.tierConfigs || !accountId) return false
  const known = configOf(state, asset.productId, accountId, asset.connectionId)
  if (known?.status === 'active') return false
  const config = known ?? createConfig(state, asset, accountId)
  if (!openRequestOf(state, config)) openSetup(state, product, config, tierParamsOf(product, request.params))
  return true
}

const configOf = (state: State, productId: string, accountId: string, connectionId: string): TierConfig | undefined =>
  [...state.tierConfigs.values()].find(
    (config) => config.productId === productId && config.accountId === accountId && config.connectionId === connectionId,
  )

export const openRequestOf = (state: State, config: TierConfig): TierConfigRequest | undefined =>
  [...state.tierConfigRequests.values()].find(
    (request) => request.configId === config.id && (request.status === 'pending' || request.status === 'inquiring'),
  )

const tierParamsOf = (product: Product, params: Params): Params => {
  const names = new Set(product.parameters.filter((parameter) => parameter.scope === 'tier1').map((parameter) => parameter.name))
  return new Map([...copyOf(params)].filter(([name]) => names.has(name)))
}

function createConfig(state: State, asset: AssetRecord, accountId: string): TierConfig {
  const now = state.clock.now()
  const config: TierConfig = {
    id: state.ids.tierConfig(),
    productId: asset.productId,
    accountId,
    level: 1,
    connectionId: asset.connectionId,
    environment: asset.environment,
    marketplaceId: asset.marketplaceId,
    status: 'processing',
    params: new Map(),
    templateId: undefined,
    created: now,
    updated: now,
  }
  state.tierConfigs.set(config.id, config)
  return config
}

function openSetup(state: State, product: Product, config: TierConfig, params: Params): void {
  const now = state.clock.now()
  const request: TierConfigRequest = {
    id: state.ids.tierConfigRequest(config.id),
    configId: config.id,
    type: 'setup',
    status: missingParams(product, params, 'tier1').length > 0 ? 'inquiring' : 'pending',
    params,
    reason: '',
    notes: '',
    templateId: undefined,
    assignee: undefined,
    effectiveDate: undefined,
    created: now,
    updated: now,
  }
  state.tierConfigRequests.set(request.id, request)
  tierRequestChanged(state, request)
}

export const configOfRequest = (state: State, request: TierConfigRequest): TierConfig =>
  mustHave(state.tierConfigs.get(request.configId), request.configId)

/** Notes the time and tells those who listen. */
export function tierRequestChanged(state: State, request: TierConfigRequest): void {
  request.updated = state.clock.now()
  tell(state, { objectClass: 'tier_config_request', productId: configOfRequest(state, request).productId, id: request.id })
}

/** Vendor: something about the reseller is missing. */
export function inquireTierConfig(state: State, request: TierConfigRequest): void {
  moveTierConfigRequest(state, request, 'inquiring')
  tierRequestChanged(state, request)
}

/** Distributor: the values are there now. */
export function pendTierConfig(state: State, request: TierConfigRequest): void {
  const missing = missingParams(productOf(state, configOfRequest(state, request)), request.params, 'tier1')
  if (missing.length > 0) throw invalid(...missing.map((parameter) => `params.${parameter.name}: This field is required.`))
  moveTierConfigRequest(state, request, 'pending')
  tierRequestChanged(state, request)
}

/** Either side: sets values while the request is open. */
export function updateTierConfigParams(state: State, request: TierConfigRequest, given: unknown, who: 'provider' | 'vendor'): void {
  if (request.status !== 'pending' && request.status !== 'inquiring') throw wrongState('Only open requests can be edited.')
  for (const { definition, entry } of readParams(productOf(state, configOfRequest(state, request)), given, who)) {
    if (definition.scope !== 'tier1') throw invalid(`params.${definition.name}: Not a parameter of this tier.`)
    request.params.set(definition.name, entry)
  }
  tierRequestChanged(state, request)
}
