import type { TenantId } from '../../kit/ids.ts'
import type { Person } from '../person.ts'

/** Somebody signed in at one publisher's pages, in one browser. */
export interface Session {
  readonly tenantId: TenantId
  /** What the browser's cookie holds. Never stored or logged. */
  readonly token: string
  readonly person: Person
}
