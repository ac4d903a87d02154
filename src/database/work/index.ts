/** The work list: one row per object that may need a look. A wake says "look again"; a look observes, takes the next step, and says when to look next. */

export { type FailingWork, listFailing } from './failing.ts'
export { listWork, type WorkFilter, type WorkItem } from './list.ts'
export {
  defineInstallationLook,
  defineLook,
  type Guard,
  type InstallationLook,
  type Lease,
  type Look,
  type LookResult,
  type TenantLook,
} from './look.ts'
export { type DueObject, priorities, type WokenObject, type WorkObject } from './object.ts'
export { type Overdue, overdueWork } from './overdue.ts'
export { type HeldChanges, storeGuarded, storeHeld, whileHeld } from './store-held.ts'
export { pullAllForwardWith, pullForward, wake, wakeAll, wakeAllWith, waking } from './wake.ts'
export { startWorker, type Worker, type WorkerOptions } from './worker.ts'
