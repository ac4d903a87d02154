/** What looking at offers works with, put together: for the service, and for a command that asks Partner Center itself. */
import type { ObserveDeps } from '../catalogue/index.ts'
import type { Config } from '../config.ts'
import type { Clock } from '../kit/time.ts'
import type { Storage } from '../storage.ts'
import type { TenantClients } from '../tenants/index.ts'

interface OfferOptions {
  readonly config: Config
  readonly storage: Pick<Storage, 'db' | 'keyring'>
  readonly clock: Clock
}

/** A publication takes hours to days: it is asked for less often than a job. */
const SUBMISSION_PACE = 5

export const offerDeps = (
  { config: { publicUrl, partnerCenterPoll }, storage: { db, keyring }, clock }: OfferOptions,
  { ingestionFor }: Pick<TenantClients, 'ingestionFor'>,
): ObserveDeps => ({
  ...{ db, keyring, publicUrl, ingestionFor, clock },
  pace: { job: partnerCenterPoll, submission: SUBMISSION_PACE * partnerCenterPoll },
})
