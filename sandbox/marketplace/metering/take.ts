/** Takes usage events: judged one by one, the first for a slot wins. */
import { randomUUID } from 'node:crypto'
import type { Caller } from '../../entra/bearer.ts'
import type { Context } from '../context.ts'
import { hourOf, type WholeUsage, whole, whyNot } from './rules.ts'
import type { RecordedUsage, SentUsage, Verdict } from './types.ts'

/** One event. Undefined when a fault has the answer say nothing about it. */
export function take(context: Context, sent: SentUsage, caller: Caller): Verdict | undefined {
  const struck = context.faults.strikeUsage(sent.dimension ?? '')
  if (!struck) return takeUnhurt(context, sent, caller)
  if (struck.afterEffect) takeUnhurt(context, sent, caller)
  if (struck.kind === 'omit') return undefined
  return { sent, status: struck.status, message: 'The sandbox was told to fail this event.', recorded: undefined }
}

function takeUnhurt(context: Context, sent: SentUsage, caller: Caller): Verdict {
  const { state, clock } = context
  const usage = whole(sent)
  if ('status' in usage) return { sent, ...usage, recorded: undefined }
  const refusal = whyNot(usage, state.subscriptions.get(usage.resourceId), caller, state.options, clock.now())
  if (refusal) return { sent, ...refusal, recorded: undefined }
  const slot = slotOf(context, usage)
  const before = state.usage.get(slot)
  if (before) return { sent, status: 'Duplicate', message: 'This usage event already exists.', recorded: before }
  const recorded = recordedOf(context, usage)
  state.usage.set(slot, recorded)
  return { sent, status: 'Accepted', message: '', recorded }
}

const slotOf = ({ state }: Context, { resourceId, dimension, effectiveStartTime, planId }: WholeUsage): string =>
  [resourceId, dimension, hourOf(effectiveStartTime).toISOString(), ...(state.options.slotIncludesPlan ? [planId] : [])].join(' ')

const recordedOf = ({ clock }: Context, usage: WholeUsage): RecordedUsage => ({
  usageEventId: randomUUID(),
  subscriptionId: usage.resourceId,
  planId: usage.planId,
  dimension: usage.dimension,
  hour: hourOf(usage.effectiveStartTime),
  effectiveStartTime: usage.effectiveStartTime,
  quantity: usage.quantity,
  messageTime: clock.now(),
  processed: undefined,
})
