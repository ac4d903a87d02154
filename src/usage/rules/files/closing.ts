/** What a Connect record is closed with, once it is known what became of it: Microsoft's usage event id, or why there is none. Pure. */
import type { Instant } from '../../../kit/time.ts'
import { isFinal, type SlotState } from '../states.ts'

export interface SlotFate {
  readonly state: SlotState
  readonly because: string | undefined
  readonly hour: Instant
  readonly dimension: string
  readonly usageEventId: string | undefined
  readonly acceptedAt: Instant | undefined
}

export type RecordFate =
  | { readonly state: 'placed'; readonly moved: string | undefined; readonly slot: SlotFate; readonly later: SlotFate | undefined }
  | { readonly state: 'covered' }
  | { readonly state: 'rejected'; readonly because: string | undefined }
  /** Waits for an operator. */
  | { readonly state: 'held' }

export interface Closing {
  readonly billingId: string | undefined
  readonly note: string
}

/** @returns undefined while it is not known what becomes of it */
export function closingOf(fate: RecordFate): Closing | undefined {
  switch (fate.state) {
    case 'held':
      return undefined
    case 'covered':
      return { billingId: undefined, note: 'Covered by the flat fee: nothing is billed by usage.' }
    case 'rejected':
      return { billingId: undefined, note: `Not billed: ${REJECTED[fate.because ?? ''] ?? 'an operator decided so.'}` }
    case 'placed':
      return ofSlot(fate.slot, fate.moved, fate.later)
  }
}

const REJECTED: Readonly<Record<string, string>> = {
  late: 'it came too late for its hour.',
  wholeMonth: 'it is stamped over a whole month.',
  afterEnd: 'it was consumed after the subscription had ended.',
  beforeStart: 'the subscription was not active then.',
  dropped: 'an operator decided so.',
  holdOver: 'it was held, and nobody decided about it in time.',
  inFuture: 'it is stamped in the future.',
  noHourLeft: 'Microsoft takes no hour of the ended subscription any more.',
}

function ofSlot(slot: SlotFate, moved: string | undefined, later: SlotFate | undefined): Closing | undefined {
  if (!isFinal(slot.state)) return undefined
  switch (slot.state) {
    case 'accepted':
      return { billingId: slot.usageEventId, note: `Billed by Microsoft${placeOf(slot)}.${MOVED[moved ?? ''] ?? ''}` }
    case 'nothingDue':
      return { billingId: undefined, note: `Nothing due${placeOf(slot)}: ${NOTHING[slot.because ?? ''] ?? 'nothing is to be billed.'}` }
    case 'writtenOff':
      return { billingId: undefined, note: `Not billed${placeOf(slot)}: written off by an operator.` }
    default:
      return ofLater(slot, later)
  }
}

/** Where it was billed is told only once Microsoft has taken it there. */
function ofLater(slot: SlotFate, later: SlotFate | undefined): Closing | undefined {
  if (!later || !isFinal(later.state)) return undefined
  const closing = ofSlot(later, undefined, undefined)
  return closing && { ...closing, note: `Microsoft did not take ${hourText(slot.hour)}. ${closing.note}` }
}

const NOTHING: Readonly<Record<string, string>> = {
  zero: 'the quantity of the hour is zero.',
  included: 'the plan includes it.',
  unlimited: 'the plan includes it without limit.',
  carried: 'too small to be billed by itself, it is counted in a later hour.',
}

const MOVED: Readonly<Record<string, string>> = {
  late: ' It came too late for its own hour.',
  wholeMonth: ' It was stamped over a whole month.',
  released: ' It was held, and an operator let it go.',
  planChanged: ' The plan had changed within its own hour.',
}

const placeOf = ({ dimension, hour }: SlotFate): string => ` as ${dimension} in the hour ${hourText(hour)}`

const hourText = (hour: Instant): string => `${hour.toISOString().slice(0, 13)}:00Z`
