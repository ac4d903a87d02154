/** Which set-up request of a reseller an order in `tiers_setup` waits for: the vendor wants to know each reseller once, before its first order. */
import type { ConnectClient, ConnectRequest, TierConfigRequest } from '../connect/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import type { Log } from '../kit/log.ts'

export interface TierRequestInWay {
  readonly request: TierConfigRequest
  /** Where people open it. */
  readonly link: string
}

const UNDER_WAY = ['inquiring', 'pending', 'tiers_setup', 'draft'] as const

/** Nothing for an order that waits for something else, and where the set-ups may not be read. @throws ApiError when Connect does not answer now */
export async function observeTierRequest(
  connect: ConnectClient,
  order: ConnectRequest | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<TierRequestInWay | undefined> {
  if (order?.status !== 'tiers_setup') return undefined
  const { tiers, productId } = order.asset
  const accounts = [...new Set([tiers.tier1?.id, tiers.tier2?.id])].filter((id) => id !== undefined)
  try {
    const lists = accounts.map((accountId) => connect.tierConfigRequests.list({ productId, accountId, statuses: UNDER_WAY }, signal))
    const request = inTheWay((await Promise.all(lists)).flat(), order)
    return request && { request, link: connect.tierConfigRequests.linkTo(request.id) }
  } catch (error) {
    if (!(error instanceof ApiError) || error.retryable) throw error
    log.warn({ request: order.id, code: error.code, status: error.status }, 'the set-up of the reseller cannot be read in Connect')
    return undefined
  }
}

/** Of this connection. One that asks something comes first, for somebody has to answer; one that waits for another tier comes last. */
function inTheWay(requests: readonly TierConfigRequest[], { asset: { connection } }: ConnectRequest): TierConfigRequest | undefined {
  const here = requests.filter(({ connectionId }) => !connectionId || !connection.id || connectionId === connection.id)
  return UNDER_WAY.map((status) => here.find((one) => one.status === status)).find((one) => one !== undefined)
}
