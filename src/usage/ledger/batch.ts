/** A batch on its way into the ledger. */
import type { ProductId, TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { UsagePolicy } from '../../tenants/index.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import type { Phase } from '../rules/phases.ts'

export interface Intake {
  readonly tenantId: TenantId
  readonly policyOf: (product: ProductId) => UsagePolicy
  readonly now: Instant
  /** Says what would become of each, and keeps nothing. */
  readonly dryRun?: boolean
  /** A rejected record is kept too: its file has to tell of it. Without it the reporter is told, and may tell again under the same key. */
  readonly keepsRejected?: boolean
  /** Keys of records that may be billed already: what would be placed is held. */
  readonly reportedBefore?: ReadonlySet<string>
}

/** As the ledger writes it: everything that is billed by, and its hash. */
export interface Content {
  readonly quantity: string
  readonly consumedFrom: string
  readonly consumedAt: string
  /** SHA-256, hexadecimal. */
  readonly hash: string
}

/** Not told before. */
export interface FreshRecord {
  readonly record: ReportedUsage
  readonly content: Content
  /** It was consumed in. */
  readonly phase: Phase | undefined
  readonly outcome: Exclude<TakenIn, { readonly outcome: 'repeated' | 'conflict' }>
}
