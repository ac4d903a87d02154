/** What the usage room works with: given once, by main or by a test. */
import type { ConnectClient } from '../connect/index.ts'
import type { Db } from '../database/index.ts'
import type { CrashPoint } from '../kit/crash-point.ts'
import type { TenantId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import type { Clock } from '../kit/time.ts'
import type { MicrosoftFulfilment, MicrosoftMetering } from '../microsoft/index.ts'

export interface UsageDeps {
  readonly db: Db
  readonly meteringFor: (tenantId: TenantId) => Promise<MicrosoftMetering>
  /** For what plans include, which the metering API does not tell. */
  readonly microsoftFor: (tenantId: TenantId) => Promise<MicrosoftFulfilment>
  /** For usage files. */
  readonly connectFor: (tenantId: TenantId) => Promise<ConnectClient>
  readonly clock: Clock
  readonly log: Log
  /** Where tests stop the process. */
  readonly crashPoint: CrashPoint
}
