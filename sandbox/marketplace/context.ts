/** What every part of the marketplace works with. */
import type { Http } from '../../src/kit/http.ts'
import type { Clock } from '../../src/kit/time.ts'
import type { App } from '../entra/apps.ts'
import type { Faults } from '../faults.ts'
import type { Timers } from '../timers.ts'
import type { State } from './state.ts'

/** `taken` 2xx · `refused` 4xx where there is something to refuse · `failing` anything else, to be repeated · `givenUp` after the last try. */
export type DeliveryOutcome = 'taken' | 'refused' | 'failing' | 'givenUp'

export interface Context {
  readonly state: State
  readonly clock: Clock
  readonly timers: Timers
  readonly faults: Faults
  readonly http: Http
  /** Aborted when the sandbox stops: calls in flight are given up. */
  readonly stopping: AbortSignal
  /** Notices held back by a `reorder` fault until the next one has gone out. */
  readonly held: (() => void)[]
  /** The publisher's base URL, without a slash at the end. */
  readonly bridgeUrl: () => string
  readonly findApp: (clientId: string) => App | undefined
  readonly signFor: (app: App) => Promise<string>
  /** What a webhook call came to. */
  readonly onOutcome: (operationId: string, outcome: DeliveryOutcome) => void
}
