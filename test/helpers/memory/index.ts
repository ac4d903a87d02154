/** What the subscriptions room remembers, in memory, and the work list: for thousands of histories without a database. */
export { createMemory, type Memory, type MemoryNotice, nameOf as memoryNameOf } from './memory.ts'
export { memoryNoticeStore } from './notice-store.ts'
export { memoryOperationStore } from './operation-store.ts'
export { memoryStore, wakeSubscription } from './subscription-store.ts'
export { createMemoryWorkList, type MemoryTransaction, type MemoryWorker, startMemoryWorker } from './work-list.ts'
