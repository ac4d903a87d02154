/** The face of the usage room. */
export type { UsageDeps } from './deps.ts'
export { type Intake, MOST_AT_ONCE, takeIn } from './ledger/intake.ts'
export { usageLooks } from './looks.ts'
export { policiesOf } from './policies.ts'
export type { ReportedUsage, TakenIn, UsageSource } from './record.ts'
