/** How a reseller's configuration request ends, and what that means for the purchases that waited for it. */
import { templateOf } from '../catalogue/products.ts'
import type { RequestRecord, TierConfig, TierConfigRequest } from '../records.ts'
import { invalid } from '../refusal.ts'
import { assetOf, moveTierConfig, moveTierConfigRequest, productOf, type State } from '../state.ts'
import { configOfRequest, tierRequestChanged } from '../tiers/configs.ts'
import { askOrWait } from './enter.ts'
import { copyOf } from './params.ts'
import { endWithout } from './vendor.ts'

/** Purchases that wait for this configuration. */
const waitingFor = (state: State, config: TierConfig): RequestRecord[] =>
  [...state.requests.values()].filter((request) => {
    if (request.status !== 'tiers_setup') return false
    const asset = assetOf(state, request)
    return asset.productId === config.productId && asset.connectionId === config.connectionId && asset.tiers.tier1 === config.accountId
  })

/** Vendor: done. Waiting purchases go on. */
export function approveTierConfig(state: State, request: TierConfigRequest, templateId?: string): void {
  const config = configOfRequest(state, request)
  const product = productOf(state, config)
  const template = templateId ? product.templates.find((each) => each.id === templateId) : templateOf(product, 'fulfillment', 'tier1')
  if (templateId && template?.scope !== 'tier1') throw invalid(`template.id: Template "${templateId}" not found.`)
  moveTierConfigRequest(state, request, 'approved')
  request.templateId = template?.id
  request.effectiveDate = state.clock.now()
  moveTierConfig(state, config, 'active')
  config.params = copyOf(request.params)
  config.templateId = template?.id
  tierRequestChanged(state, request)
  for (const waiting of waitingFor(state, config)) askOrWait(state, waiting)
}

/** Vendor: no. Waiting purchases fail with it. */
export function failTierConfig(state: State, request: TierConfigRequest, reason: string): void {
  if (reason.trim() === '') throw invalid('reason: This field may not be blank.')
  moveTierConfigRequest(state, request, 'failed')
  request.reason = reason
  tierRequestChanged(state, request)
  for (const waiting of waitingFor(state, configOfRequest(state, request))) {
    endWithout(state, waiting, 'failed', `Tier configuration request ${request.id} failed: ${reason}`)
  }
}
