/** Both makers of what the subscriptions room remembers, behind one face: a contract is stated once and holds for both. */
import { createKeyring, type Tx } from '../../src/database/index.ts'
import { type Look, listWork, startWorker, wake } from '../../src/database/work/index.ts'
import { silentLog } from '../../src/kit/log.ts'
import type { Instant, MovableClock } from '../../src/kit/time.ts'
import { applySandboxSetup } from '../../src/main/with-sandbox.ts'
import {
  type NoticeStore,
  type OperationStore,
  postgresNoticeStore,
  postgresOperationStore,
  postgresStore,
  readTimeline,
  type SubscriptionKey,
  type SubscriptionStore,
  type TimelineEntry,
} from '../../src/subscriptions/index.ts'
import { createTestDatabase } from './database.ts'
import {
  createMemory,
  type MemoryTransaction,
  memoryNoticeStore,
  memoryOperationStore,
  memoryStore,
  startMemoryWorker,
} from './memory/index.ts'

export interface Stores<Transaction> {
  readonly subscriptions: SubscriptionStore<Transaction>
  readonly notices: NoticeStore
  readonly operations: OperationStore<Transaction>
  wake(object: { readonly tenantId: SubscriptionKey['tenantId']; readonly kind: string; readonly key: string }, at: Instant): Promise<void>
  runDue(looks: readonly Look<Transaction>[]): Promise<number>
  /** The earliest due first. */
  waiting(): Promise<readonly Waiting[]>
  timeline(key: SubscriptionKey): Promise<readonly TimelineEntry[]>
  drop(): Promise<void>
}

export interface Waiting {
  readonly kind: string
  readonly key: string
  readonly dueAt: Instant | undefined
  readonly attempts: number
  readonly lastError: string | undefined
}

export async function inPostgres(clock: MovableClock): Promise<Stores<Tx>> {
  const database = await createTestDatabase()
  const { db } = database
  const keyring = createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] })
  await applySandboxSetup({ db, keyring }, clock)
  return {
    subscriptions: postgresStore(db, keyring),
    notices: postgresNoticeStore(db),
    operations: postgresOperationStore(db),
    wake: (object, at) => wake(db, object, at),
    async runDue(looks) {
      const worker = startWorker({ database, looks, clock, log: silentLog, onlyWhenAsked: true, random: () => 0, batch: 1 })
      const looked = await worker.runDue()
      await worker.stop()
      return looked
    },
    waiting: async () =>
      (await listWork(db)).map(({ kind, key, dueAt, attempts, lastError }) => ({ kind, key, dueAt, attempts, lastError: lastError?.code })),
    timeline: (key) => readTimeline(db, key),
    drop: () => database.drop(),
  }
}

export async function keptInMemory(clock: MovableClock): Promise<Stores<MemoryTransaction>> {
  const memory = createMemory()
  return {
    subscriptions: memoryStore(memory),
    notices: memoryNoticeStore(memory),
    operations: memoryOperationStore(memory),
    wake: async (object, at) => memory.work.wake(object, at),
    runDue: (looks) => startMemoryWorker({ work: memory.work, looks, clock }).runDue(),
    waiting: async () =>
      memory.work
        .items()
        .map(({ kind, key, dueAt, attempts, lastError }) => ({ kind, key, dueAt, attempts, lastError }))
        .toSorted((a, b) => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity) || a.kind.localeCompare(b.kind)),
    timeline: async ({ tenantId, subscriptionId }) => memory.timelines.get(`${tenantId} ${subscriptionId}`) ?? [],
    async drop() {},
  }
}
