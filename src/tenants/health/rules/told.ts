/** Which credentials are told to an operator. Pure. */
import type { Instant } from '../../../kit/time.ts'
import { type CheckedCredential, credentialState, type ExpiryStage, expiryStage } from './state.ts'

export interface ToBeTold {
  readonly expiring: readonly (CheckedCredential & { readonly stage: ExpiryStage })[]
  readonly failing: readonly CheckedCredential[]
}

/**
 * An ending credential is told unless another of its kind is good and lasts: then it was replaced. A refused one is told here only where work goes on
 * without it: Connect's and Microsoft's work stops with the last good one, which is told by whoever finds it out (`MICROSOFT_CREDENTIAL_REFUSED`,
 * `CONNECT_CREDENTIAL_REFUSED`).
 */
export function toBeTold(credentials: readonly CheckedCredential[], now: Instant): ToBeTold {
  const othersOf = (one: CheckedCredential) => credentials.filter(({ kind, slot }) => kind === one.kind && slot !== one.slot)
  const lasts = (one: CheckedCredential) => credentialState(one, now) === 'active'
  const works = (one: CheckedCredential) => one.check?.result === 'good'
  const failing = credentials.filter((one) => one.check?.result === 'refused' && (!STOPS_WORK.has(one.kind) || othersOf(one).some(works)))
  const expiring = credentials.flatMap((one) => {
    const stage = expiryStage(one.expiresAt, now)
    return stage === undefined || one.check?.result === 'refused' || othersOf(one).some(lasts) ? [] : [{ ...one, stage }]
  })
  return { expiring, failing }
}

const STOPS_WORK: ReadonlySet<string> = new Set(['connect', 'microsoft'])
