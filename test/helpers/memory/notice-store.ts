/** The intake of Microsoft's notices, in memory: beside `src/subscriptions/notification/store.ts`, held to the same statements. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../../src/kit/errors/index.ts'
import type { TenantId } from '../../../src/kit/ids.ts'
import type { Instant } from '../../../src/kit/time.ts'
import { type MicrosoftNotice, readNotice } from '../../../src/microsoft/index.ts'
import type { NoticeStore } from '../../../src/subscriptions/notification/notice-store.ts'
import { deliveryKey, toldOf, wantsAnswer } from '../../../src/subscriptions/notification/reading.ts'
import { type Delivery, happenedAt, receivedEvent } from '../../../src/subscriptions/notification/row.ts'
import { wakesFor } from '../../../src/subscriptions/notification/work.ts'
import { addToTimelineIfKnown, type Memory, type MemoryNotice } from './memory.ts'
import { operationName } from './operation-store.ts'

export const memoryNoticeStore = (memory: Memory): NoticeStore => ({
  add: async (delivery, now) => add(memory, delivery, now),
  async replyHasLeft({ held, leftAt }) {
    if (held) memory.work.pullForward(held, leftAt) // what we answered is read by nobody here
  },
  replay: async (id, now, tenantId) => replay(memory, id, now, tenantId),
})

function add(memory: Memory, delivery: Delivery, now: Instant): string {
  const { tenantId, reading } = delivery
  const id = randomUUID()
  const key = deliveryKey(reading, delivery.body.text)
  const isRepeat = memory.notices.some((notice) => notice.tenantId === tenantId && notice.deliveryKey === key)
  memory.notices.push(keep(delivery, id, key, isRepeat))
  if (!reading.readable) return id
  const { notice } = reading
  const subscription = { tenantId, subscriptionId: notice.subscriptionId }
  if (!isRepeat) addToTimelineIfKnown(memory, subscription, [receivedEvent(notice, id)], delivery.receivedAt)
  if (wantsAnswer(notice)) rememberOperation(memory, delivery, notice)
  wakeFor(memory, tenantId, notice, now)
  return id
}

function keep({ tenantId, productId, receivedAt, reading, body }: Delivery, id: string, key: string, isRepeat: boolean): MemoryNotice {
  return {
    ...{ id, tenantId, productId, receivedAt, deliveryKey: key, body: body.text },
    subscriptionId: reading.readable ? reading.notice.subscriptionId : undefined,
    kept: reading.readable ? keptOf(reading.notice, id, receivedAt) : undefined,
    outcome: isRepeat ? 'repeated' : undefined,
  }
}

const keptOf = (notice: MicrosoftNotice, id: string, receivedAt: Instant) => ({
  ...{ id, operationId: notice.operationId, told: toldOf(notice), receivedAt },
  happenedAt: happenedAt(notice, receivedAt),
})

function wakeFor(memory: Memory, tenantId: TenantId, notice: MicrosoftNotice, now: Instant): void {
  for (const { object, dueAt } of wakesFor(tenantId, notice, now)) memory.work.wake(object, dueAt)
}

type Told = Pick<Delivery, 'tenantId' | 'productId' | 'receivedAt'>

/** Told again, the ten seconds begin anew. */
function rememberOperation(memory: Memory, { tenantId, productId, receivedAt }: Told, notice: MicrosoftNotice): void {
  if (notice.operationId === undefined) return
  const name = operationName({ tenantId, operationId: notice.operationId })
  const known = memory.operations.get(name)
  if (known) {
    if (receivedAt.getTime() > known.lastToldAt.getTime()) memory.operations.set(name, { ...known, lastToldAt: receivedAt })
    return
  }
  const { operationId, subscriptionId, action, source } = notice
  memory.operations.set(name, {
    ...{ tenantId, operationId, subscriptionId, productId, action, source, told: toldOf(notice) },
    ...{ firstToldAt: receivedAt, lastToldAt: receivedAt, decision: undefined, because: undefined, reasons: [] },
    ...{ answer: undefined, microsoftStatus: undefined },
  })
}

function replay(memory: Memory, id: string, now: Instant, tenantId: TenantId | undefined): MicrosoftNotice {
  const at = memory.notices.findIndex((one) => one.id === id && (tenantId === undefined || one.tenantId === tenantId))
  const found = memory.notices[at]
  if (!found) throw new AppError('ERR_NOTICE_NOT_FOUND')
  const reading = readNotice(found.body)
  if (!reading.readable) throw new AppError('ERR_NOTICE_UNREADABLE', { facts: { reason: reading.reason } })
  const { notice } = reading
  memory.notices[at] = { ...found, subscriptionId: notice.subscriptionId, kept: keptOf(notice, id, found.receivedAt) }
  if (wantsAnswer(notice)) rememberOperation(memory, found, notice)
  const event = { actor: 'operator', event: 'notice.replayed', facts: { notice: id, action: notice.action } } as const
  addToTimelineIfKnown(memory, { tenantId: found.tenantId, subscriptionId: notice.subscriptionId }, [event], now)
  wakeFor(memory, found.tenantId, notice, now)
  return notice
}
