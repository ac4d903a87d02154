/** What changed between two looks, for the timeline; and whether Microsoft's target moved, which makes attempts count anew. */
import type { ConnectSnapshot, MicrosoftSnapshot } from './snapshots.ts'
import type { StoredSubscription } from './store/store.ts'
import type { TimelineEvent } from './timeline.ts'
import type { Observations } from './view.ts'

/** The status, plan or quantity wanted by Microsoft is another than the one last seen. */
export const targetMoved = (stored: StoredSubscription, microsoft: MicrosoftSnapshot): boolean =>
  stored.microsoft.status !== microsoft.status ||
  stored.microsoft.planId !== microsoft.planId ||
  stored.microsoft.quantity !== microsoft.quantity

export function changeEvents(
  stored: StoredSubscription,
  seen: Observations,
  microsoft: MicrosoftSnapshot | undefined,
  connect: ConnectSnapshot,
): readonly TimelineEvent[] {
  return [...microsoftEvents(stored, seen, microsoft), ...connectEvents(stored.connect, connect)]
}

function microsoftEvents(stored: StoredSubscription, seen: Observations, now: MicrosoftSnapshot | undefined): readonly TimelineEvent[] {
  if (seen.microsoft.kind === 'unreadable') {
    const known = stored.openAttention.some(({ code }) => code === 'MICROSOFT_FORBIDDEN' || code === 'MICROSOFT_NOT_FOUND')
    return known ? [] : [{ actor: 'microsoft', event: 'microsoft.unreadable', facts: { reason: seen.microsoft.reason } }]
  }
  if (!now || !targetMoved(stored, now)) return []
  return [{ actor: 'microsoft', event: 'microsoft.changed', facts: { from: inWords(stored.microsoft), to: inWords(now) } }]
}

const inWords = ({ status, planId, quantity }: MicrosoftSnapshot): string =>
  [status, planId, ...(quantity === undefined ? [] : [`${quantity} seats`])].join(', ')

function connectEvents(before: ConnectSnapshot, now: ConnectSnapshot): readonly TimelineEvent[] {
  const request = now.openRequest ?? now.lastFinished
  const requestBefore = [before.openRequest, before.lastFinished].find((one) => one?.id === request?.id)
  const sameRequest = request?.status === requestBefore?.status
  const sameAsset = now.asset?.status === before.asset?.status
  if (sameRequest && sameAsset) return []
  return [
    {
      actor: 'vendor',
      event: 'connect.changed',
      facts: {
        ...(request ? { request: request.id, type: request.type, status: request.status } : {}),
        ...(request?.reason ? { reason: request.reason } : {}),
        ...(now.asset ? { asset: now.asset.id, assetStatus: now.asset.status } : {}),
      },
    },
  ]
}
