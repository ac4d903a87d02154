/** The face of the usage room. */

export { type FileAct, readActs } from './connect/acts.ts'
export { listFiles, type StoredFile } from './connect/file.ts'
export { wakeUsageFiles } from './connect/find.ts'
export { closeUnbilled, type FileDecided, type FileOperation, judgeAgain } from './connect/operate.ts'
export { countRecords, findFile, readFileRecords, type ShownRecord } from './connect/show.ts'
export { type DecidedRecord, listDecided } from './decide/decided.ts'
export {
  countHeldOf,
  decideHeld,
  type HeldDecided,
  type HeldDecision,
  type HeldFilter,
  type HeldKey,
  type HeldRecord,
  listHeld,
  listHeldOf,
} from './decide/held.ts'
export type { Signature, Together } from './decide/signed.ts'
export { type Decided, type Decisions, decideSlots, type SlotDecision } from './decide/slots.ts'
export { listStopActs, listStops, resumeSending, type Stop, type StopAct, stopSending } from './decide/stops.ts'
export type { UsageDeps } from './deps.ts'
export { readTable, type TableEvent } from './events/read-table.ts'
export { type EventAnswer, type EventIntake, MOST_EVENTS_AT_ONCE, takeEvents } from './events/take-events.ts'
export { type TracedRecord, type TraceFilter, traceUsage } from './export/trace.ts'
export { type ExportPeriod, exportPeriod, externalIdOf, type UsageFileWanted, usageFileOf, type WhyLeftOut } from './export/usage-file.ts'
export { asCsv, asJson } from './export/write.ts'
export { type Intake, MOST_AT_ONCE, takeIn } from './ledger/intake.ts'
export { usageLooks } from './looks.ts'
export { policiesOf } from './policies.ts'
export { type Compared, listReadBack } from './read-back/compare.ts'
export type { ReportedUsage, TakenIn, UsageSource } from './record.ts'
export { amountsInWords, type Risk, readRisk } from './risk/risk.ts'
export { type RecordReason, recordReasons } from './rules/files/reasons.ts'
export { type FileState, fileStates, isFileState } from './rules/files/states.ts'
export type { Included } from './rules/meter.ts'
export { type SlotState, slotStates } from './rules/states.ts'
export { countSlots, cursorOf, listSlots, type SlotFilter, type SlotShown } from './show/slots.ts'
export { type DimensionUsage, type SubscriptionUsage, usageOf } from './show/usage-of.ts'
