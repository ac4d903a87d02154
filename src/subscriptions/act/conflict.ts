/**
 * 409, "already there". Adopted is only an open request of the same kind for the same subscription; another kind is waited for; what is
 * wanted is swallowed where the asset has it already. Whether the request is ours is read from it, not believed.
 * Source of the reading: cloudblue/connect-extension-for-cb-commerce, services/fulfillment.
 */
import { type AssetStatus, type Conflict, type ConnectClient, type ConnectRequest, isOpen } from '../../connect/index.ts'
import { ApiError } from '../../kit/errors/index.ts'
import type { SubscriptionId } from '../../kit/ids.ts'
import { type ActOutcome, accepted } from './outcome.ts'

export type Placed = 'purchase' | 'change' | 'suspend' | 'resume' | 'cancel'

/** What is there already when the asset is in one of these. */
const ALREADY: Readonly<Record<Placed, readonly AssetStatus[]>> = {
  purchase: [],
  change: [],
  suspend: ['suspended', 'terminating', 'terminated'],
  resume: ['active'],
  cancel: ['terminating', 'terminated'],
}

export async function ofConflict(
  type: Placed,
  subscription: SubscriptionId,
  conflict: Conflict,
  { requests }: Pick<ConnectClient, 'requests'>,
  signal: AbortSignal,
): Promise<ActOutcome> {
  const facts = factsOf(conflict)
  if (conflict.assetStatus !== undefined && ALREADY[type].includes(conflict.assetStatus)) return accepted(facts)
  const found = await requestOf(conflict, requests, signal)
  if (!found || found.asset.externalUid?.toLowerCase() !== subscription || !isOpen(found)) return inTheWay(conflict, facts)
  if (found.type === type) return accepted(facts)
  return { outcome: 'notTaken', messages: [], facts: { ...facts, type: found.type } } // seen at the next look, and waited for
}

/** `undefined` when Connect does not show it to us. @throws ApiError when it cannot be read now. */
async function requestOf(
  { requestId }: Conflict,
  requests: ConnectClient['requests'],
  signal: AbortSignal,
): Promise<ConnectRequest | undefined> {
  if (requestId === undefined) return undefined
  try {
    return await requests.get(requestId, signal)
  } catch (error) {
    if (error instanceof ApiError && !error.retryable) return undefined
    throw error
  }
}

const inTheWay = (conflict: Conflict, facts: ActOutcome['facts']): ActOutcome => ({
  outcome: 'refused',
  because: 'conflict',
  messages: [...conflict.messages, ...named(conflict)],
  facts,
})

function named({ requestId, requestStatus, assetId, assetStatus, failMessage }: Conflict): readonly string[] {
  const things = [thing('request', requestId, requestStatus), thing('asset', assetId, assetStatus)].filter((one) => one !== undefined)
  return [...(things.length > 0 ? [`There already: ${things.join(', ')}.`] : []), ...(failMessage === undefined ? [] : [failMessage])]
}

const thing = (what: string, id: string | undefined, status: string | undefined): string | undefined =>
  id && `${what} ${id}${status === undefined ? '' : ` (${status})`}`

const factsOf = ({ requestId, requestStatus }: Conflict): ActOutcome['facts'] => ({
  conflict: requestId ?? 'unnamed',
  ...(requestStatus === undefined ? {} : { status: requestStatus }),
})
