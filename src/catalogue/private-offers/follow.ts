/** Follows what was asked of Partner Center to its end. What it says of a job is not enough: the private offer is read back. */
import { hasCode } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { isAtOrAfter, minutes, plus } from '../../kit/time.ts'
import type { ConfigureJob, IngestionFinding, MicrosoftIngestion } from '../../microsoft/index.ts'
import { kindOf } from '../../microsoft/index.ts'
import { explain } from '../rules/refusals/explain.ts'
import type { PrivateOfferDeps } from './deps.ts'
import { findShown, readOne, type ShownOffer } from './read.ts'
import { end, type PrivateOfferAction, type PrivateOfferActionKind, readActions } from './store.ts'

/** Jobs of private offers take up to 20 minutes, and what they made is shown up to 15 minutes later. */
const PATIENCE = minutes(40)

/** Goes on with everything that is open, whoever began it. */
export async function followAll(deps: PrivateOfferDeps, tenantId: TenantId, ingestion: MicrosoftIngestion): Promise<void> {
  for (const action of await readActions(deps.db, tenantId, { open: true })) await follow(deps, ingestion, action)
}

export async function follow(deps: PrivateOfferDeps, ingestion: MicrosoftIngestion, action: PrivateOfferAction): Promise<void> {
  const now = deps.clock.now()
  const job = await jobOf(ingestion, action)
  if (job?.state === 'running') return
  if (job?.state === 'failed' || job?.state === 'cancelled') {
    const said = job.state === 'cancelled' ? ['Somebody cancelled it.'] : sayFindings(job.findings)
    return end(deps.db, action, { outcome: 'failed', said }, now)
  }
  const shown = await lookUp(ingestion, action, job)
  const privateOfferId = shown?.offer.id
  if (shown && REACHED[action.kind](shown.offer.state)) return end(deps.db, action, { outcome: 'done', said: [], privateOfferId }, now)
  if (isAtOrAfter(now, plus(action.askedAt, PATIENCE))) {
    return end(deps.db, action, { outcome: 'unclear', said: [unclear(shown, job)], privateOfferId }, now)
  }
}

const REACHED: Readonly<Record<PrivateOfferActionKind, (state: string) => boolean>> = {
  create: (state) => state !== 'deleted',
  publish: (state) => state === 'live',
  withdraw: (state) => state === 'withdrawn',
}

const unclear = (shown: ShownOffer | undefined, job: ConfigureJob | undefined): string => {
  const seen = shown ? `shows it as ${shown.offer.state}` : 'does not show it'
  return job
    ? `Microsoft says that the job has succeeded, but ${seen}. Look into Partner Center.`
    : `Microsoft’s answer was lost. After ${PATIENCE / minutes(1)} minutes it ${seen}: it may be done again.`
}

/** Undefined: its answer was lost, or Microsoft knows the job no more. */
async function jobOf(ingestion: MicrosoftIngestion, { jobId }: PrivateOfferAction): Promise<ConfigureJob | undefined> {
  try {
    return jobId && (await ingestion.jobStatus(jobId))
  } catch (error) {
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND')) return undefined
    throw error
  }
}

async function lookUp(
  ingestion: MicrosoftIngestion,
  { privateOfferId, name }: PrivateOfferAction,
  job: ConfigureJob | undefined,
): Promise<ShownOffer | undefined> {
  const id = privateOfferId ?? (job?.state === 'succeeded' ? await idMade(ingestion, job) : undefined)
  const shown = id === undefined ? undefined : await readOne(ingestion, id)
  if (shown || privateOfferId !== undefined) return shown
  const named = await findShown(ingestion, name)
  return named === 'several' ? undefined : named
}

async function idMade(ingestion: MicrosoftIngestion, { jobId }: ConfigureJob): Promise<string | undefined> {
  const made = await ingestion.jobResult(jobId)
  const id = made?.find((one) => kindOf(one)?.type === 'private-offer')?.['id']
  return typeof id === 'string' ? id : undefined
}

export function sayFindings(findings: readonly IngestionFinding[]): readonly string[] {
  const said = explain(findings, []).map(({ sentence, todo }) => [sentence, todo].filter((part) => part !== undefined).join(' '))
  return said.length === 0 ? ['Microsoft objects without saying why.'] : said
}
