/** What a history is told in: both outside worlds, a bridge, one clock. In this process with everything in memory, or over HTTP and PostgreSQL. */

import type { z } from 'zod'
import type { Sandbox } from '../../../sandbox/start.ts'
import { type Http, HttpFailure, type HttpRequest } from '../../../src/kit/http.ts'
import type { ProductId } from '../../../src/kit/ids.ts'
import type { Instant, Milliseconds, MovableClock } from '../../../src/kit/time.ts'
import type { Order, StoredSubscription, SubscriptionKey, TimelineEntry, WantedAction } from '../../../src/subscriptions/index.ts'
import type { policies } from '../../../src/tenants/model/policies.ts'

export interface HistoryWorld {
  readonly sandbox: Sandbox
  readonly clock: MovableClock
  readonly journal: Journal
  readonly deliveries: DeliveryScript
  /** The process ends when it passes this point next. */
  crashAt(point: string | undefined): void
  land(token: string, productId: ProductId): Promise<unknown>
  confirm(key: SubscriptionKey, order: Order, who: string): Promise<unknown>
  discover(): Promise<unknown>
  /** Connect has changed: where no watch runs, this stands for what it would wake. */
  connectChanged(key: SubscriptionKey): void
  /** What the publisher has decided about the product, from now on. */
  decide(productId: string, decided: Decided): Promise<void>
  /** An operator or buyer asks for it at Microsoft, here; in vain where it may not be. */
  ask(key: SubscriptionKey, wanted: WantedAction): Promise<unknown>
  /** An operator has it tried again. */
  retry(key: SubscriptionKey): Promise<void>
  /** An operator has the newest notice looked at again. */
  replay(key: SubscriptionKey): Promise<void>
  restart(): Promise<void>
  /** Everything due is looked at, on both sides, until nothing is. A crash on the way is followed by a restart. */
  rest(): Promise<void>
  /** Time passes: from one thing due to the next for a while, and then at once. */
  pass(length: Milliseconds): Promise<void>
  load(key: SubscriptionKey): Promise<StoredSubscription | undefined>
  timeline(key: SubscriptionKey): Promise<readonly TimelineEntry[]>
  /** As new, for the next history. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** A publisher's policies that matter to a history: those of the set-up file, with these in place of their own. */
export type Decided = Pick<z.input<typeof policies>, 'operations' | 'onVendorTermination'>

/** A call of the bridge that changes something outside, or reads an operation. */
export interface JournalEntry {
  readonly at: Instant
  readonly request: HttpRequest
  /** An HTTP status; `lost` when no answer came. */
  readonly ended: number | 'lost'
}

export interface Journal {
  readonly entries: JournalEntry[]
  /** Called before each call leaves. What it throws is kept in `broken`: the bridge must not swallow it. */
  before: (request: HttpRequest) => void | Promise<void>
  readonly broken: unknown[]
}

export const createJournal = (): Journal => ({ entries: [], before: () => {}, broken: [] })

/** Every call of the bridge passes by the journal. */
export const journaled = (http: Http, journal: Journal, clock: MovableClock): Http => ({
  async send(request) {
    try {
      await journal.before(request)
    } catch (error) {
      journal.broken.push(error)
    }
    const at = clock.now()
    try {
      const reply = await http.send(request)
      journal.entries.push({ at, request, ended: reply.status })
      return reply
    } catch (error) {
      journal.entries.push({ at, request, ended: 'lost' })
      throw error
    }
  },
  close: () => http.close(),
})

/** What becomes of the next calls to the bridge, one each: it is down, or its reply is lost on the way. */
export type DeliveryScript = ('down' | 'replyLost')[]

export const unreliable = (http: Http, script: DeliveryScript): Http => ({
  async send(request) {
    const fault = script.shift()
    if (fault === 'down') throw new HttpFailure('notSent', 'the bridge is down')
    const reply = await http.send(request)
    if (fault === 'replyLost') throw new HttpFailure('lost', 'the reply was lost')
    return reply
  },
  close: () => http.close(),
})
