/** Joins Microsoft's verdicts with what was sent: by slot, never by position. Pure. */
import type { UsageEvent, UsageSlot, UsageVerdict } from './types.ts'

/** Text that is equal for events of the same slot. */
export const slotKey = ({ subscriptionId, dimension, slotHour }: UsageSlot): string =>
  `${subscriptionId} ${slotHour.toISOString()} ${dimension.toLowerCase()}`

export interface JoinedVerdict {
  readonly event: UsageEvent
  /** Undefined when Microsoft said nothing about this slot: what became of it is not known, so send it again. */
  readonly verdict: UsageVerdict | undefined
}

/** One entry for each event, in the order they were given. A verdict about anything else is left out. */
export function joinVerdicts(events: readonly UsageEvent[], verdicts: readonly UsageVerdict[]): readonly JoinedVerdict[] {
  const bySlot = new Map(verdicts.flatMap((verdict) => (hasSlot(verdict) ? [[slotKey(verdict), verdict] as const] : [])))
  return events.map((event) => ({ event, verdict: bySlot.get(slotKey(event)) }))
}

const hasSlot = (verdict: UsageVerdict): verdict is UsageVerdict & UsageSlot =>
  verdict.subscriptionId !== undefined && verdict.dimension !== undefined && verdict.slotHour !== undefined
