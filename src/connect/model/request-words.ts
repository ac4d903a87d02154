/** What a request can be, and how far it can have come. */
import { word } from './read.ts'

export const REQUEST_TYPES = ['purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment', 'renew', 'transfer'] as const
export type KnownRequestType = (typeof REQUEST_TYPES)[number]
export type RequestType = KnownRequestType | 'unknown'
export const requestType = word(REQUEST_TYPES)

export const REQUEST_STATUSES = [
  'draft',
  'tiers_setup',
  'pending',
  'inquiring',
  'scheduled',
  'revoking',
  'approved',
  'failed',
  'revoked',
] as const
export type KnownRequestStatus = (typeof REQUEST_STATUSES)[number]
export type RequestStatus = KnownRequestStatus | 'unknown'
export const requestStatus = word(REQUEST_STATUSES)
