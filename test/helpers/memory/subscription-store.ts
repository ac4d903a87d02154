/** The store of subscriptions in memory: beside `src/subscriptions/store/postgres.ts`, held to the same statements. */

import { causeOf } from '../../../src/attention/index.ts'
import type { Instant } from '../../../src/kit/time.ts'
import { plus } from '../../../src/kit/time.ts'
import { latestOf, MOST_OPEN, openNotice, REFUSAL_TOLD } from '../../../src/subscriptions/notification/told.ts'
import type { NoticeProgress, RefusedPlan, Told } from '../../../src/subscriptions/notification/types.ts'
import type { SubscriptionKey } from '../../../src/subscriptions/record.ts'
import type { AttentionNote, Next } from '../../../src/subscriptions/rules/next.ts'
import { toStoredNext } from '../../../src/subscriptions/store/rows.ts'
import type { LookResult, StoredSubscription, SubscriptionStore } from '../../../src/subscriptions/store/store.ts'
import type { TimelineEvent, TimelineWord } from '../../../src/subscriptions/timeline.ts'
import { SUBSCRIPTION_WORK } from '../../../src/subscriptions/work-kinds.ts'
import { addToTimeline, type Memory, nameOf, openAttention } from './memory.ts'
import { inMemory, type MemoryTransaction } from './work-list.ts'

export function memoryStore(memory: Memory): SubscriptionStore<MemoryTransaction> {
  return {
    load: async (key) => loadFrom(memory, key),
    async recall(key, now) {
      const stored = loadFrom(memory, key)
      return stored && { stored, told: toldIn(memory, key, now) }
    },
    told: async (key, now) => toldIn(memory, key, now),
    loadOrder: async (key) => memory.orders.get(nameOf(key)),

    async insertIfAbsent(subscription, events, at) {
      const isNew = !memory.subscriptions.has(nameOf(subscription))
      if (isNew) {
        const { tenantId, subscriptionId, productId, environment, microsoft, observedAt } = subscription
        memory.subscriptions.set(nameOf(subscription), {
          ...{ tenantId, subscriptionId, productId, environment, microsoft },
          ...{ offerId: microsoft.offerId, planId: microsoft.planId, quantity: microsoft.quantity },
          ...{ microsoftObservedAt: observedAt, firstSeenAt: at, connect: {}, connectObservedAt: undefined, confirmed: undefined },
          ...{ attempts: [], targetBaseline: undefined, next: undefined, retryAskedAt: undefined },
        })
        addToTimeline(memory, subscription, events, at)
      }
      wakeSubscription(memory, subscription, at)
      return isNew
    },

    async confirm(key, order, visitor, event, at) {
      const kept = memory.subscriptions.get(nameOf(key))
      const first = kept !== undefined && kept.confirmed === undefined
      if (first) {
        const confirmed = { at, entraTenantId: visitor.entraTenantId, objectId: visitor.objectId }
        memory.subscriptions.set(nameOf(key), { ...kept, confirmed })
        memory.orders.set(nameOf(key), order)
        addToTimeline(memory, key, [event], at)
      }
      wakeSubscription(memory, key, at)
      return first
    },

    async recordLook(key, result, guard) {
      await guard(inMemory)
      updateLook(memory, key, result)
      for (const notice of result.notices) closeNotice(memory, notice)
      const attentionEvents = reconcileAttention(memory, key, attentionOf(result.next), result.at)
      addToTimeline(memory, key, [...result.events, ...attentionEvents], result.at)
    },

    async recordAttempts(key, attempts, events, at, guard) {
      await guard(inMemory)
      const kept = memory.subscriptions.get(nameOf(key))
      if (kept) memory.subscriptions.set(nameOf(key), { ...kept, attempts })
      addToTimeline(memory, key, events, at)
    },
  }
}

export const wakeSubscription = (memory: Memory, { tenantId, subscriptionId }: SubscriptionKey, at: Instant): void =>
  memory.work.wake({ tenantId, kind: SUBSCRIPTION_WORK, key: subscriptionId }, at)

function loadFrom(memory: Memory, key: SubscriptionKey): StoredSubscription | undefined {
  const kept = memory.subscriptions.get(nameOf(key))
  return kept && { ...kept, openAttention: openAttention(memory, key) }
}

function updateLook(memory: Memory, key: SubscriptionKey, result: LookResult): void {
  const kept = memory.subscriptions.get(nameOf(key))
  if (!kept) return
  const { productId, environment, connect, connectObservedAt, targetBaseline, attempts, renewal, microsoft, microsoftObservedAt } = result
  const wish = kept.retryAskedAt
  const isHonored = wish && result.retryHonored && wish.getTime() <= result.retryHonored.getTime() // a wish that came meanwhile stays
  const isNewer = microsoftObservedAt.getTime() >= kept.microsoftObservedAt.getTime()
  memory.subscriptions.set(nameOf(key), {
    ...kept,
    ...{ productId, environment, connect, connectObservedAt, targetBaseline, attempts, renewal, next: toStoredNext(result.next) },
    ...(isHonored ? { retryAskedAt: undefined } : {}),
    ...(microsoft && isNewer // an observation begun earlier never replaces one begun later
      ? { microsoft, microsoftObservedAt, offerId: microsoft.offerId, planId: microsoft.planId, quantity: microsoft.quantity }
      : {}),
  })
}

function closeNotice(memory: Memory, { id, explained }: NoticeProgress): void {
  const at = memory.notices.findIndex((notice) => notice.id === id)
  const notice = memory.notices[at]
  if (explained && notice && notice.outcome === undefined) memory.notices[at] = { ...notice, outcome: explained }
}

const attentionOf = (next: Next) => (next.kind === 'attention' || next.kind === 'wait' ? next.attention : undefined)

/** Never two for the same cause; what is asked for no longer is resolved. */
function reconcileAttention(
  memory: Memory,
  key: SubscriptionKey,
  wanted: AttentionNote | undefined,
  at: Instant,
): readonly TimelineEvent[] {
  const open = openAttention(memory, key)
  const present = open.find(({ code }) => code === wanted?.code)
  memory.attention.set(nameOf(key), wanted ? [{ since: at, state: 'open', ...present, code: wanted.code, facts: wanted.facts }] : [])
  const resolved = open.filter((item) => item !== present).map(({ code }) => attentionEvent('attention.resolved', code))
  if (!wanted || (present && causeOf({ ...present, code: wanted.code }) === causeOf(wanted))) return resolved
  return [...resolved, attentionEvent(present ? 'attention.changed' : 'attention.raised', wanted.code)]
}

const attentionEvent = (event: TimelineWord, code: string): TimelineEvent => ({
  actor: 'bridge',
  event,
  facts: { code },
})

function toldIn(memory: Memory, key: SubscriptionKey, now: Instant): Told {
  const ours = memory.notices.filter(({ tenantId, subscriptionId }) => tenantId === key.tenantId && subscriptionId === key.subscriptionId)
  const read = ours.flatMap(({ kept }) => (kept ? [{ action: kept.told.action, happenedAt: kept.happenedAt }] : []))
  const open = ours.flatMap(({ kept, outcome }) => (kept && outcome === undefined ? [kept] : [])).slice(0, MOST_OPEN)
  return { open: open.map((kept) => openNotice(kept, latestOf(read))), refusedPlans: refusedPlans(memory, key, now) }
}

const refusedPlans = (memory: Memory, key: SubscriptionKey, now: Instant): readonly RefusedPlan[] =>
  [...memory.operations.values()].flatMap(({ tenantId, subscriptionId, because, answer, lastToldAt, told: { target } }) => {
    const ours = tenantId === key.tenantId && subscriptionId === key.subscriptionId
    const refused = because === 'planNotMapped' && answer?.outcome === 'taken'
    const lately = lastToldAt.getTime() >= plus(now, -REFUSAL_TOLD).getTime()
    return ours && refused && lately && target.planId !== undefined ? [{ planId: target.planId, at: lastToldAt }] : []
  })
