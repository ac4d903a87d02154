/** What changed between two looks, for the timeline; and whether Microsoft's target moved, which makes attempts count anew. */
import type { Instant } from '../kit/time.ts'
import type { SeenNotice } from './notification/observe.ts'
import type { NoticeProgress } from './notification/types.ts'
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
  if (!now) return []
  const [from, to] = [inWords(stored.microsoft), inWords(now)]
  return [
    ...(targetMoved(stored, now) ? [{ actor: 'microsoft', event: 'microsoft.changed', facts: { from, to } } as const] : []),
    ...renewal(stored.microsoft.term.endDate, now.term.endDate),
  ]
}

function renewal(before: Instant | undefined, now: Instant | undefined): readonly TimelineEvent[] {
  if (!before || !now || now.getTime() <= before.getTime()) return []
  return [{ actor: 'microsoft', event: 'microsoft.renewed', facts: { from: before.toISOString(), to: now.toISOString() } }]
}

/** Notices that are waited for no longer. */
export const explanationEvents = (notices: readonly SeenNotice[], progress: readonly NoticeProgress[]): readonly TimelineEvent[] =>
  progress.flatMap(({ id, explained }) => {
    if (!explained) return []
    const action = notices.find((notice) => notice.view.id === id)?.view.action ?? 'Unknown'
    return [{ actor: 'bridge', event: 'notice.explained', facts: { notice: id, action, outcome: explained } }]
  })

const inWords = ({ status, planId, quantity }: MicrosoftSnapshot): string =>
  [status, planId, ...(quantity === undefined ? [] : [`${quantity} seats`])].join(', ')

function connectEvents(before: ConnectSnapshot, now: ConnectSnapshot): readonly TimelineEvent[] {
  const request = now.openRequest ?? now.lastFinished
  const requestBefore = [before.openRequest, before.lastFinished].find((one) => one?.id === request?.id)
  const sameRequest = request?.status === requestBefore?.status
  const tier = request?.tierRequest
  const sameTier = tier?.id === requestBefore?.tierRequest?.id && tier?.status === requestBefore?.tierRequest?.status
  const sameAsset = now.asset?.status === before.asset?.status
  if (sameRequest && sameTier && sameAsset) return []
  return [
    {
      actor: 'vendor',
      event: 'connect.changed',
      facts: {
        ...(request ? { request: request.id, type: request.type, status: request.status } : {}),
        ...(request?.reason ? { reason: request.reason } : {}),
        ...(tier ? { tierRequest: tier.id, tierStatus: tier.status, link: tier.link } : {}),
        ...(now.asset ? { asset: now.asset.id, assetStatus: now.asset.status } : {}),
      },
    },
  ]
}
