/** What a token may do: Connect grants tokens module by module, and has no call that tells a token which. So each module is asked for one row. */
import { z } from 'zod'
import { AppError, hasCode } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'
import { type ConnectApi, exchange, type Path, path, send } from '../api.ts'
import { failureOfReply } from '../failures.ts'
import { moment } from '../model/read.ts'

/** As people find them in Connect's form for tokens. */
export type ConnectModule =
  | 'Products'
  | 'Listings'
  | 'Marketplaces'
  | 'Hubs'
  | 'Subscriptions'
  | 'Fulfillment requests'
  | 'Customers'
  | 'Tier configurations'
  | 'Usage'
  | 'Billing'
  | 'Webhooks'

const DOORS: Readonly<Record<ConnectModule, Path>> = {
  Products: path`/products`,
  Listings: path`/listings`,
  Marketplaces: path`/marketplaces`,
  Hubs: path`/hubs`,
  Subscriptions: path`/assets`,
  'Fulfillment requests': path`/requests`,
  Customers: path`/tier/accounts`,
  'Tier configurations': path`/tier/config-requests`,
  Usage: path`/usage/files`,
  Billing: path`/subscriptions/requests`,
  Webhooks: path`/notifications/webhooks`,
}

export interface ConnectGrant {
  readonly module: ConnectModule
  readonly granted: boolean
}

const isModule = (name: string): name is ConnectModule => Object.hasOwn(DOORS, name)
const modules: readonly ConnectModule[] = Object.keys(DOORS).filter(isModule)

/**
 * Which modules the token is granted, read-only.
 * @throws ApiError `ERR_CONNECT_UNAUTHORIZED` when the token itself is not accepted, `ERR_CONNECT_UNAVAILABLE` when Connect does not answer.
 */
export async function readGrants(api: ConnectApi, signal?: AbortSignal): Promise<readonly ConnectGrant[]> {
  const grants: ConnectGrant[] = []
  for (const module of modules) grants.push({ module, granted: await isGranted(api, DOORS[module], signal) })
  return grants
}

/** A module that is not granted is an error of any 4xx: which one is not documented. */
async function isGranted(api: ConnectApi, door: Path, signal: AbortSignal | undefined): Promise<boolean> {
  const call = { method: 'GET', path: door, query: { limit: 1 }, signal } as const
  const reply = await exchange(api, call)
  if (reply.status < 300) return true
  const failure = failureOfReply(call, reply)
  if (failure.retryable || failure.code === 'ERR_CONNECT_UNAUTHORIZED') throw failure
  return false
}

const token = z.object({ expiration_date: moment }).transform(({ expiration_date }) => expiration_date)

/**
 * When the token ends, where Connect says so.
 * @param tokenId `SU-…`, the first part of the token
 * @returns `undefined` for a token without an end, and where it may not read about itself
 */
export async function readTokenEnd(api: ConnectApi, tokenId: string, signal?: AbortSignal): Promise<Instant | undefined> {
  try {
    return await send(api, { method: 'GET', path: path`/auth/tokens/${tokenId}`, signal }, token)
  } catch (error) {
    if (error instanceof AppError && !hasCode(error, 'ERR_CONNECT_UNAUTHORIZED', 'ERR_CONNECT_UNAVAILABLE')) return undefined
    throw error
  }
}
