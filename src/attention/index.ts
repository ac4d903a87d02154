/** The face of the attention room. */
export type { AttentionChange, AttentionEvent, AttentionHistoryEntry, AttentionItem } from './item.ts'
export {
  type AttentionActionId,
  attentionActions,
  type BridgeActionId,
  isAttentionAction,
  isDoneByBridge,
  type Quiet,
} from './rules/actions.ts'
export type { AttentionAction, AttentionEntry } from './rules/catalogue/entry.ts'
export { type AttentionCode, attentionCatalogue, isAttentionCode, type LifecycleCode, lifecycleCodes } from './rules/catalogue.ts'
export { type AttentionState, attentionStates, type Life, type Resolution, stateAt } from './rules/life.ts'
export { type AttentionFacts, type AttentionNote, causeOf } from './rules/note.ts'
export { type Subject, type SubjectKind, subjectKinds } from './rules/subject.ts'
export { acknowledgeAttention, LONGEST_SNOOZE, type Move, resolveAttention, snoozeAttention } from './store/moves.ts'
export {
  type AttentionFilter,
  findAttention,
  listAttention,
  noAttention,
  type PresentAttention,
  presentAttention,
  presentColumn,
  readAttentionHistory,
  readPresent,
} from './store/read.ts'
export { clearAttention, raiseAttention, type Settlement, settleAttention, subjectsWithItems } from './store/settle.ts'
