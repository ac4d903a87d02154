/** The face of the usage room. */

export { wakeUsageFiles } from './connect/find.ts'
export { decideHeld, type HeldDecided, type HeldKey, type HeldRecord, listHeld } from './decide/held.ts'
export { type Decided, type Decision, decide, previewDecision, type SlotDecision } from './decide/slots.ts'
export { listStops, resumeSending, type Stop, stopSending } from './decide/stops.ts'
export type { UsageDeps } from './deps.ts'
export { readTable, type TableEvent } from './events/read-table.ts'
export { type EventAnswer, type EventIntake, MOST_EVENTS_AT_ONCE, takeEvents } from './events/take-events.ts'
export { type Intake, MOST_AT_ONCE, takeIn } from './ledger/intake.ts'
export { usageLooks } from './looks.ts'
export { policiesOf } from './policies.ts'
export type { ReportedUsage, TakenIn, UsageSource } from './record.ts'
