/** Customers of private offers are billing accounts, not directories: each of the seed's organisations has one. */
import { createHash } from 'node:crypto'
import { people } from '../../seed.ts'

export interface BillingAccount {
  readonly id: string
  readonly name: string
  readonly tenantId: string
}

/** In the shape of Microsoft's: two guids and a date. */
export function billingAccountOf(tenantId: string): string {
  const hex = createHash('sha256').update(`billing account of ${tenantId}`).digest('hex')
  const guid = (from: number): string =>
    [
      hex.slice(from, from + 8),
      hex.slice(from + 8, from + 12),
      `4${hex.slice(from + 13, from + 16)}`,
      `a${hex.slice(from + 17, from + 20)}`,
      hex.slice(from + 20, from + 32),
    ].join('-')
  return `${guid(0)}:${guid(32)}_2019-05-31`
}

export const billingAccounts = (): readonly BillingAccount[] =>
  [...new Map(people.map((person) => [person.tenantId, person])).values()].map(({ tenantId, organisation }) => ({
    id: billingAccountOf(tenantId),
    name: organisation,
    tenantId,
  }))
