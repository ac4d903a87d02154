/** Tier accounts (customers and resellers) and the requests to set resellers up with a vendor. */
import type { HubId, ProductId } from '../../kit/ids.ts'
import { type ConnectApi, path, send } from '../api.ts'
import type { ConnectionType } from '../model/asset.ts'
import { type TierConfigRequest, tierConfigRequest } from '../model/tier-config.ts'
import { type ContactInfo, type TierAccount, tierAccount } from '../model/tiers.ts'
import { contactBody, given } from '../orders.ts'
import { readAll } from '../paging.ts'
import { eq, oneOf } from '../rql.ts'

/** An external id repeats across hubs: give the hub with it. */
export interface TierAccountFilter {
  readonly hubId?: HubId
  readonly type?: 'customer' | 'reseller'
  readonly externalId?: string
  readonly externalUid?: string
}

export interface NewTierAccount {
  readonly type: 'customer' | 'reseller'
  /** Up to 255 characters, as the external ids. */
  readonly name: string
  readonly externalId?: string | undefined
  readonly externalUid?: string | undefined
  readonly taxId?: string | undefined
  readonly hubId?: HubId | undefined
  /** The reseller above a customer. */
  readonly parentId?: string | undefined
  readonly environment?: 'production' | 'test' | 'preview' | undefined
  readonly contactInfo: ContactInfo
}

export const createTierAccounts = (api: ConnectApi) => ({
  get: (id: string, signal?: AbortSignal): Promise<TierAccount> =>
    send(api, { method: 'GET', path: path`/tier/accounts/${id}`, signal }, tierAccount),

  list: (filter: TierAccountFilter, signal?: AbortSignal): Promise<readonly TierAccount[]> =>
    readAll(
      api,
      { path: path`/tier/accounts`, reader: tierAccount, idOf: (account) => account.id ?? '' },
      {
        where: [
          ...(filter.hubId === undefined ? [] : [eq('hub.id', filter.hubId)]),
          ...(filter.type === undefined ? [] : [eq('type', filter.type)]),
          ...(filter.externalId === undefined ? [] : [eq('external_id', filter.externalId)]),
          ...(filter.externalUid === undefined ? [] : [eq('external_uid', filter.externalUid)]),
        ],
        ordering: ['events.created.at'],
      },
      signal,
    ),

  /** Seldom needed: a purchase makes the accounts it names. Not repeatable: look it up first. */
  create: (account: NewTierAccount, signal?: AbortSignal): Promise<TierAccount> =>
    send(api, { method: 'POST', path: path`/tier/accounts`, body: accountBody(account), signal }, tierAccount),
})

const accountBody = (account: NewTierAccount) => ({
  type: account.type,
  name: account.name,
  ...given({
    external_id: account.externalId,
    external_uid: account.externalUid,
    tax_id: account.taxId,
    hub: account.hubId && { id: account.hubId },
    parent: account.parentId && { id: account.parentId },
    environment: account.environment,
  }),
  contact_info: contactBody(account.contactInfo),
})

export interface TierConfigRequestFilter {
  readonly productId?: ProductId
  /** `TA-…`. */
  readonly accountId?: string
  readonly connectionType?: Exclude<ConnectionType, 'unknown'>
  readonly statuses?: readonly Exclude<TierConfigRequest['status'], 'unknown'>[]
}

export const createTierConfigRequests = (api: ConnectApi) => ({
  /** Where a person opens one: as configured, or else its address in the API. */
  linkTo: (id: string): string =>
    api.tierRequestUrl?.replaceAll('{id}', encodeURIComponent(id)) ??
    `${api.baseUrl.href.replace(/\/+$/, '')}${path`/tier/config-requests/${id}`.text}`,

  /** Oldest first. */
  list: (filter: TierConfigRequestFilter, signal?: AbortSignal): Promise<readonly TierConfigRequest[]> =>
    readAll(
      api,
      { path: path`/tier/config-requests`, reader: tierConfigRequest, idOf: (request) => request.id },
      {
        where: [
          ...(filter.productId === undefined ? [] : [eq('configuration.product.id', filter.productId)]),
          ...(filter.accountId === undefined ? [] : [eq('configuration.account.id', filter.accountId)]),
          ...(filter.connectionType === undefined ? [] : [eq('configuration.connection.type', filter.connectionType)]),
          ...(filter.statuses ? [oneOf('status', filter.statuses)] : []),
        ],
        ordering: ['created'],
      },
      signal,
    ),
})
