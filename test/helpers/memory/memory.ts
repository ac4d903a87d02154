/** Everything the subscriptions room remembers, in memory. The stores beside this file read and write it. */
import type { PresentAttention } from '../../../src/attention/index.ts'
import type { TenantId } from '../../../src/kit/ids.ts'
import type { Instant } from '../../../src/kit/time.ts'
import type { KeptNotice } from '../../../src/subscriptions/notification/told.ts'
import type { StoredOperation } from '../../../src/subscriptions/operations/store.ts'
import type { Order } from '../../../src/subscriptions/order.ts'
import type { SubscriptionKey } from '../../../src/subscriptions/record.ts'
import type { Explanation } from '../../../src/subscriptions/rules/notices.ts'
import type { StoredSubscription } from '../../../src/subscriptions/store/store.ts'
import type { TimelineEntry, TimelineEvent } from '../../../src/subscriptions/timeline.ts'
import { createMemoryWorkList, type MemoryWorkList } from './work-list.ts'

export interface Memory {
  readonly subscriptions: Map<string, Omit<StoredSubscription, 'openAttention'>>
  readonly orders: Map<string, Order>
  readonly timelines: Map<string, TimelineEntry[]>
  readonly attention: Map<string, PresentAttention[]>
  /** Oldest first. */
  readonly notices: MemoryNotice[]
  readonly operations: Map<string, StoredOperation>
  readonly work: MemoryWorkList
  clear(): void
}

export interface MemoryNotice {
  readonly id: string
  readonly tenantId: TenantId
  readonly productId: string
  readonly receivedAt: Instant
  readonly deliveryKey: string
  readonly body: string
  /** Absent when the body could not be read. */
  readonly subscriptionId: string | undefined
  readonly kept: KeptNotice | undefined
  readonly outcome: Explanation | 'repeated' | undefined
}

export function createMemory(): Memory {
  const maps = { subscriptions: new Map(), orders: new Map(), timelines: new Map(), attention: new Map(), operations: new Map() }
  const notices: MemoryNotice[] = []
  const work = createMemoryWorkList()
  return {
    ...maps,
    notices,
    work,
    clear() {
      for (const map of Object.values(maps)) map.clear()
      notices.length = 0
      work.clear()
    },
  }
}

export const nameOf = ({ tenantId, subscriptionId }: SubscriptionKey): string => `${tenantId} ${subscriptionId}`

export function addToTimeline(memory: Memory, key: SubscriptionKey, events: readonly TimelineEvent[], at: Instant): void {
  const timeline = memory.timelines.get(nameOf(key)) ?? []
  memory.timelines.set(nameOf(key), timeline)
  for (const event of events) timeline.push({ ...event, at })
}

/** For what may concern a subscription that is not known yet: then there is no timeline. */
export function addToTimelineIfKnown(memory: Memory, key: SubscriptionKey, events: readonly TimelineEvent[], at: Instant): void {
  if (memory.subscriptions.has(nameOf(key))) addToTimeline(memory, key, events, at)
}

export const openAttention = (memory: Memory, key: SubscriptionKey): readonly PresentAttention[] => memory.attention.get(nameOf(key)) ?? []
