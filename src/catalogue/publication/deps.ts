/** What publishing works with. */
import type { CrashPoint } from '../../kit/crash-point.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import type { Clock } from '../../kit/time.ts'
import type { MicrosoftIngestion } from '../../microsoft/index.ts'
import type { Pace } from '../rules/publishing/next-step.ts'
import type { WantedDeps } from './wanted.ts'

export interface ObserveDeps extends WantedDeps {
  readonly ingestionFor: (tenantId: TenantId) => Promise<MicrosoftIngestion>
  readonly clock: Clock
  /** Between looks while something runs at Microsoft. */
  readonly pace: Pace
}

export interface PublishDeps extends ObserveDeps {
  readonly log: Log
  readonly crashPoint: CrashPoint
}
