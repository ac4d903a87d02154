/** What private offers are worked with. */
import type { Db } from '../../database/index.ts'
import type { CrashPoint } from '../../kit/crash-point.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Clock, Instant } from '../../kit/time.ts'
import type { MicrosoftIngestion } from '../../microsoft/index.ts'

export interface PrivateOfferDeps {
  readonly db: Db
  readonly clock: Clock
  readonly ingestionFor: (tenantId: TenantId) => Promise<MicrosoftIngestion>
  readonly crashPoint: CrashPoint
}

/** The day in UTC, as Microsoft writes days. */
export const dayOf = (at: Instant): string => at.toISOString().slice(0, 10)
