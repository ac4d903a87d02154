/** The work list in memory: the same meaning as `src/database/work`, for one process and one look at a time. */

import { type Lease, type Look, priorities, type WokenObject, type WorkObject } from '../../../src/database/work/index.ts'
import { pauseAfterFailure } from '../../../src/database/work/pause.ts'
import { AppError } from '../../../src/kit/errors/index.ts'
import { tenantId } from '../../../src/kit/ids.ts'
import { type Clock, earliest, type Instant, isAtOrAfter, plus } from '../../../src/kit/time.ts'

/** What stands for an open transaction: all of memory is written at once. */
export interface MemoryTransaction {
  readonly kept: 'in memory'
}
export const inMemory: MemoryTransaction = { kept: 'in memory' }

export interface MemoryWorkItem {
  readonly tenantId: string | undefined
  readonly kind: string
  readonly key: string
  readonly priority: number
  /** Absent while it is looked at and was not woken since. */
  readonly dueAt: Instant | undefined
  /** Present while it is looked at. */
  readonly lease: number | undefined
  /** Looks begun in a row without success. */
  readonly attempts: number
  readonly lastError: string | undefined
}

export interface MemoryWorkList {
  /** Wakes coalesce: the earliest time counts. One that comes during a look is kept. */
  wake(object: WokenObject, dueAt: Instant): void
  /** A wake that still waits is due now. */
  pullForward(object: WorkObject, now: Instant): void
  items(): readonly MemoryWorkItem[]
  /** When the next free object becomes due, whether or not that has passed. */
  nextDue(): Instant | undefined
  claim(looks: ReadonlyMap<string, Look<MemoryTransaction>>, now: Instant): MemoryWorkItem | undefined
  isHeld(claimed: MemoryWorkItem): boolean
  settle(claimed: MemoryWorkItem, lookAgainAt: Instant | undefined): void
  fail(claimed: MemoryWorkItem, code: string, again: Instant): void
  /** Its holder is gone: due at once for another. */
  takeBack(claimed: MemoryWorkItem, now: Instant): void
  clear(): void
}

export function createMemoryWorkList(): MemoryWorkList {
  const items = new Map<string, MemoryWorkItem>()
  let leases = 0

  const put = (item: MemoryWorkItem): void => void items.set(nameOf(item), item)
  const held = (claimed: MemoryWorkItem): MemoryWorkItem | undefined => {
    const item = items.get(nameOf(claimed))
    return item?.lease === claimed.lease ? item : undefined
  }
  const free = (claimed: MemoryWorkItem, dueAt: Instant | undefined, also: Partial<MemoryWorkItem>): void => {
    const item = held(claimed)
    if (item) put({ ...item, lease: undefined, dueAt: sooner(item.dueAt, dueAt), ...also })
  }

  return {
    wake(object, dueAt) {
      const present = items.get(nameOf(object))
      if (present)
        put({ ...present, dueAt: sooner(present.dueAt, dueAt), priority: Math.min(present.priority, object.priority ?? present.priority) })
      else put({ ...fresh, ...object, tenantId: object.tenantId, priority: object.priority ?? priorities.routine, dueAt })
    },
    pullForward(object, now) {
      const item = items.get(nameOf(object))
      if (item?.dueAt && item.dueAt.getTime() > now.getTime()) put({ ...item, dueAt: now })
    },
    items: () => [...items.values()],
    nextDue: () =>
      [...items.values()].reduce<Instant | undefined>(
        (next, item) => (item.lease === undefined ? sooner(next, item.dueAt) : next),
        undefined,
      ),
    claim(looks, now) {
      const due = [...items.values()].filter((item) => isDue(item, now) && looks.has(item.kind))
      const [first] = due.sort((a, b) => priorityOf(looks, a) - priorityOf(looks, b) || timeOf(a) - timeOf(b))
      if (!first) return undefined
      leases += 1
      const claimed = {
        ...first,
        dueAt: undefined,
        lease: leases,
        attempts: first.attempts + 1,
        priority: looks.get(first.kind)?.priority ?? first.priority,
      }
      put(claimed)
      return claimed
    },
    isHeld: (claimed) => held(claimed) !== undefined,
    settle(claimed, lookAgainAt) {
      if (!lookAgainAt && held(claimed) && held(claimed)?.dueAt === undefined) items.delete(nameOf(claimed))
      else free(claimed, lookAgainAt, { attempts: 0, lastError: undefined })
    },
    fail: (claimed, code, again) => free(claimed, again, { lastError: code }),
    takeBack: (claimed, now) => free(claimed, now, { lastError: 'ERR_LEASE_LOST' }),
    clear: () => items.clear(),
  }
}

const fresh = { lease: undefined, attempts: 0, lastError: undefined } as const
const nameOf = ({ tenantId: tenant, kind, key }: Pick<WorkObject, 'kind' | 'key'> & { readonly tenantId?: string | undefined }): string =>
  JSON.stringify([tenant ?? '', kind, key])
const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => (a && b ? earliest(a, b) : (a ?? b))
const isDue = ({ lease, dueAt }: MemoryWorkItem, now: Instant): boolean =>
  lease === undefined && dueAt !== undefined && isAtOrAfter(now, dueAt)
const timeOf = ({ dueAt }: MemoryWorkItem): number => dueAt?.getTime() ?? 0
/** A kind's own priority, or a more urgent one that a wake gave. */
const priorityOf = (looks: ReadonlyMap<string, Look<MemoryTransaction>>, { kind, priority }: MemoryWorkItem): number =>
  Math.min(looks.get(kind)?.priority ?? priority, priority)

export interface MemoryWorker {
  /** Looks at everything due by the clock, one after the other, until nothing is. Returns how many looks that took. */
  runDue(): Promise<number>
}

export interface MemoryWorkerOptions {
  readonly work: MemoryWorkList
  readonly looks: readonly Look<MemoryTransaction>[]
  readonly clock: Clock
  readonly random?: () => number
  /** A throw that stands for the end of the process: nothing of the look is recorded, and what it held is taken back. */
  readonly isCrash?: (error: unknown) => boolean
}

const TOO_MANY = 5_000

/** @throws what `isCrash` knows: the caller starts another worker, as after a restart. */
export function startMemoryWorker({ work, looks, clock, random = () => 0, isCrash = () => false }: MemoryWorkerOptions): MemoryWorker {
  const byKind = new Map(looks.map((look) => [look.kind, look]))

  async function runOne(claimed: MemoryWorkItem, look: Look<MemoryTransaction>): Promise<void> {
    try {
      const { lookAgainAt } = await call(look, claimed, leaseOf(work, claimed, look))
      work.settle(claimed, lookAgainAt)
    } catch (error) {
      if (isCrash(error)) {
        work.takeBack(claimed, clock.now())
        throw error
      }
      work.fail(claimed, codeOf(error), plus(clock.now(), pauseAfterFailure(claimed.attempts, random())))
    }
  }

  return {
    async runDue() {
      for (let looked = 0; looked < TOO_MANY; looked++) {
        const claimed = work.claim(byKind, clock.now())
        const look = claimed && byKind.get(claimed.kind)
        if (!claimed || !look) return looked
        await runOne(claimed, look)
      }
      throw new RangeError(`more than ${TOO_MANY} looks: something asks to be looked at again at once, for ever`)
    },
  }
}

const call = (look: Look<MemoryTransaction>, { tenantId: tenant, key }: MemoryWorkItem, lease: Lease<MemoryTransaction>) =>
  look.of === 'tenant' ? look.look({ tenantId: tenantId.parse(tenant), key }, lease) : look.look({ key }, lease)

function leaseOf(work: MemoryWorkList, claimed: MemoryWorkItem, look: Look<MemoryTransaction>): Lease<MemoryTransaction> {
  const assertHeld = async (): Promise<void> => {
    if (!work.isHeld(claimed)) throw new AppError('ERR_LEASE_LOST')
  }
  return {
    attempt: claimed.attempts,
    signal: new AbortController().signal,
    assertHeld,
    async assertTimeFor(length) {
      if (!(length >= 0 && length <= look.longestCall))
        throw new RangeError(`a call of 0..${look.longestCall} ms (longestCall), got ${length}`)
      await assertHeld()
    },
  }
}

/** As the table keeps it: an unexpected error is `ERR_INTERNAL`. */
const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'ERR_INTERNAL')
