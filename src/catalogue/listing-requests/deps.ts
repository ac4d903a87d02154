/** What following listing requests works with: given once, by main or by a test. */
import type { ConnectClient } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import type { CrashPoint } from '../../kit/crash-point.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import type { Clock } from '../../kit/time.ts'
import type { MicrosoftIngestion } from '../../microsoft/index.ts'

export interface ListingDeps {
  readonly db: Db
  readonly connectFor: (tenantId: TenantId) => Promise<ConnectClient>
  /** For how far offers are. @throws AppError `ERR_CREDENTIAL_MISSING` where the publisher gave no Partner Center app. */
  readonly ingestionFor: (tenantId: TenantId) => Promise<Pick<MicrosoftIngestion, 'findProduct' | 'readTree' | 'listSubmissions'>>
  readonly clock: Clock
  readonly log: Log
  /** Where tests stop the process. */
  readonly crashPoint: CrashPoint
}
