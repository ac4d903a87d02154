/** Asks Partner Center for something once: the intent is kept before, the job after. */
import { ApiError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type IngestionResource, ingestionFindings } from '../../microsoft/index.ts'
import type { PrivateOfferDeps } from './deps.ts'
import { follow, sayFindings } from './follow.ts'
import { end, intend, keepJob, type NewAction, type PrivateOfferAction, readActions } from './store.ts'

/**
 * Never sent twice: with its answer lost it stays open and is looked for by `follow`, here and after a restart.
 *
 * @returns how it stands; undefined when something else is open for a private offer of this name
 * @throws ApiError what kept it from being sent
 */
export async function ask(
  deps: PrivateOfferDeps,
  tenantId: TenantId,
  wanted: NewAction,
  resources: readonly IngestionResource[],
): Promise<PrivateOfferAction | undefined> {
  const ingestion = await deps.ingestionFor(tenantId)
  const action = await intend(deps.db, tenantId, wanted, deps.clock.now())
  if (!action) return undefined
  deps.crashPoint('privateOffer.intended')
  try {
    const { jobId } = await ingestion.configure(resources, 'privateOffers')
    deps.crashPoint('privateOffer.sent')
    await keepJob(deps.db, action, jobId)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (!error.outcomeUnknown) await notSent(deps, action, error)
    return readAction(deps, action)
  }
  await follow(deps, ingestion, (await readAction(deps, action)) ?? action)
  return readAction(deps, action)
}

/** @throws ApiError what is no objection to the private offer */
async function notSent({ db, clock }: PrivateOfferDeps, action: PrivateOfferAction, error: ApiError): Promise<void> {
  const isRefusal = error.code === 'ERR_PARTNER_CENTER_REFUSED'
  const said = isRefusal ? sayFindings(ingestionFindings(error)) : [error.message]
  await end(db, action, { outcome: 'failed', said }, clock.now())
  if (!isRefusal) throw error
}

const readAction = async ({ db }: PrivateOfferDeps, { tenantId, id }: PrivateOfferAction): Promise<PrivateOfferAction | undefined> =>
  (await readActions(db, tenantId)).find((one) => one.id === id)
