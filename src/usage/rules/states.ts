/**
 * The life of a slot: one subscription, one dimension, one hour of UTC, which Microsoft bills at most once. The table here and the one in the
 * database (`usage_slot_moves`, migration) say the same, and the database refuses every other move. Pure.
 *
 *     open ──► sealed ──► sent ──► accepted
 *       │        │ ▲        ├────► differs ─┐
 *       │        │ └────────┤               │
 *       │        └────► expired ◄───────────┤──► sealed (send again) · billedLater · writtenOff
 *       └► nothingDue       └────► refused ─┘
 */

export const slotMoves = {
  /** Takes records. */
  open: ['sealed', 'nothingDue'],
  /** Its quantity is fixed and stored; nothing is added any more. */
  sealed: ['sent', 'expired'],
  /** On its way: Microsoft may have it. Back to sealed on a passing error: sending again is safe, for Microsoft keeps the first. */
  sent: ['accepted', 'differs', 'refused', 'expired', 'sealed'],
  /** Microsoft has it: for good. */
  accepted: [],
  /** Zero, covered by the included quantity or carried: nothing is sent, for good. */
  nothingDue: [],
  /** Microsoft had taken another quantity for this hour before. */
  differs: ['billedLater', 'writtenOff'],
  /** Microsoft will not take it as it is. */
  refused: ['sealed', 'billedLater', 'writtenOff', 'expired'],
  /** Older than Microsoft takes. */
  expired: ['billedLater', 'writtenOff'],
  /** What was not billed here is billed in a later hour. */
  billedLater: [],
  /** An operator decided that it is not billed. */
  writtenOff: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type SlotState = keyof typeof slotMoves

export const slotStates = Object.keys(slotMoves) as readonly SlotState[]

export const mayMove = (from: SlotState, to: SlotState): boolean => (slotMoves[from] as readonly SlotState[]).includes(to)

/** Nothing happens to it any more without an operator: its records can be told what became of them. */
export const isFinal = (state: SlotState): boolean =>
  state === 'accepted' || state === 'nothingDue' || state === 'billedLater' || state === 'writtenOff'

/** Waits for an operator. */
export const needsDecision = (state: SlotState): boolean => state === 'differs' || state === 'refused' || state === 'expired'
