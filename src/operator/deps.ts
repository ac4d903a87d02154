/** What the operator's room works with: the database, the clock, and Microsoft in a tenant's name. */
import type { ManageDeps } from '../subscriptions/index.ts'

export type OperatorDeps = ManageDeps
