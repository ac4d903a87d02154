/** A work list of one test file: standing clock, looks that note what they saw, workers that look only when asked. */
import { sql } from 'kysely'
import { afterEach, beforeEach } from 'vitest'
import {
  defineLook,
  type Lease,
  type Look,
  type LookResult,
  priorities,
  startWorker,
  type Worker,
  type WorkerOptions,
} from '../../src/database/work/index.ts'
import { tenantId } from '../../src/kit/ids.ts'
import { silentLog } from '../../src/kit/log.ts'
import { type MovableClock, seconds, standingClock } from '../../src/kit/time.ts'
import type { TestDatabase } from './database.ts'

export const larkspur = tenantId.parse('larkspur')
export const juniper = tenantId.parse('juniper')
export const settled: LookResult = {}

export type Then = (key: string, lease: Lease) => Promise<LookResult>

export interface WorkBench {
  readonly db: TestDatabase['db']
  readonly clock: MovableClock
  /** Keys in the order they were looked at. */
  readonly seen: string[]
  /** A look that notes the key and then does what is given. */
  noting(then?: Then, more?: { kind?: string; priority?: number }): Look
  /** Stopped by itself after the test. */
  worker(look: Look | readonly Look[], more?: Partial<WorkerOptions>): Worker
}

export const sub = (key: string, tenant = larkspur) => ({ tenantId: tenant, kind: 'subscription', key })

/** Call it at the top of the file: before each test the list is empty, nothing was seen, and it is the first of January 2030. */
export function workBench(database: TestDatabase): WorkBench {
  const clock = standingClock('2030-01-01T00:00:00Z')
  const start = clock.now().getTime()
  const seen: string[] = []
  const workers: Worker[] = []
  beforeEach(async () => {
    seen.length = 0
    clock.moveBy(start - clock.now().getTime())
    await sql`truncate work, work_kind`.execute(database.db)
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((one) => one.stop(0)))
  })
  return {
    db: database.db,
    clock,
    seen,
    noting: (then = async () => settled, { kind = 'subscription', priority = priorities.routine } = {}) =>
      defineLook({
        kind,
        priority,
        longestCall: seconds(20),
        look({ key }, lease) {
          seen.push(key)
          return then(key, lease)
        },
      }),
    worker(look, more = {}) {
      const looks: readonly Look[] = 'kind' in look ? [look] : look
      const one = startWorker({ database, looks, clock, log: silentLog, onlyWhenAsked: true, random: () => 0, ...more })
      workers.push(one)
      return one
    },
  }
}

/** A look that ends only when it is aborted. */
export const untilAborted: Then = (_key, { signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
