/** Tier accounts, their configurations and the requests for those. */
import { connectSeed } from '../../seed.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Role, TierAccount, TierConfig, TierConfigRequest } from '../records.ts'
import { mustHave, productOf, type State } from '../state.ts'
import { configOfRequest, openRequestOf } from '../tiers/configs.ts'
import { connectionRef, contractRef, events, hubRef, marketplaceRef, productRef, providerRef, stampOrNull } from './common.ts'
import { paramsWire } from './params.ts'

/** An account inside an asset or a request. */
export const tierWire = (account: TierAccount): JsonObject => ({
  id: account.id,
  name: account.name,
  external_id: account.externalId,
  external_uid: account.externalUid,
  tax_id: account.taxId,
  contact_info: account.contactInfo,
  ...(account.parentId && { parent: { id: account.parentId } }),
})

export const tierAccountWire = (state: State, account: TierAccount): JsonObject => {
  const parent = account.parentId ? state.tierAccounts.get(account.parentId) : undefined
  return {
    ...tierWire(account),
    type: account.type,
    version: account.version,
    db: 'EU',
    ...(parent && { parent: { id: parent.id, name: parent.name, external_id: parent.externalId } }),
    owner: providerRef,
    scopes: [account.type === 'customer' ? 'customer' : 'tier1'],
    hub: hubRef(account.hubId === connectSeed.hubs.test.id ? 'test' : 'production'),
    environment: account.environment,
    events: events(account.created, account.updated),
  }
}

const accountOf = (state: State, config: TierConfig): TierAccount => mustHave(state.tierAccounts.get(config.accountId), config.accountId)

export const tierConfigWire = (state: State, config: TierConfig, role: Role): JsonObject => {
  const open = openRequestOf(state, config)
  const account = accountOf(state, config)
  return {
    id: config.id,
    name: `Configuration of ${account.name}`,
    status: config.status,
    tier_level: config.level,
    account: tierWire(account),
    product: productRef(productOf(state, config)),
    connection: connectionRef(config.connectionId, config.environment),
    marketplace: marketplaceRef,
    contract: contractRef,
    params: paramsWire(productOf(state, config), config.params, role, 'tier1'),
    ...(config.templateId && { template: { id: config.templateId } }),
    ...(open && { open_request: { id: open.id } }),
    configuration: { params: [] },
    events: events(config.created, config.updated),
  }
}

export const tierConfigRequestWire = (state: State, request: TierConfigRequest, role: Role): JsonObject => {
  const config = configOfRequest(state, request)
  return {
    id: request.id,
    type: request.type,
    status: request.status,
    environment: config.environment,
    configuration: tierConfigWire(state, config, role),
    params: paramsWire(productOf(state, config), request.params, role, 'tier1'),
    tiers: { tier1: tierWire(accountOf(state, config)) },
    assignee: request.assignee === undefined ? (null satisfies Json) : { id: request.assignee, name: 'Larkspur integration' },
    notes: request.notes,
    reason: request.reason,
    ...(request.templateId && { template: { id: request.templateId } }),
    effective_date: stampOrNull(request.effectiveDate),
    events: events(request.created, request.updated),
  }
}
