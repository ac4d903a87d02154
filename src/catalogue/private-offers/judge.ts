/** A draft judged before it is sent: by itself, by what is sold, and by the names that are taken. */
import type { IngestionResource, MicrosoftIngestion } from '../../microsoft/index.ts'
import { checkDraft } from '../rules/private-offers/check.ts'
import type { PrivateOfferDraft } from '../rules/private-offers/draft.ts'
import { checkGround } from '../rules/private-offers/ground.ts'
import { blocksDraft, draftProblem, type PrivateOfferProblem } from '../rules/private-offers/problems.ts'
import { draftResources } from '../rules/private-offers/request.ts'
import { readGrounds } from './ground.ts'
import { readAll } from './read.ts'

export interface Judged {
  readonly problems: readonly PrivateOfferProblem[]
  /** What is sent; nothing while a problem blocks. */
  readonly resources: readonly IngestionResource[]
}

/** Microsoft is asked only when the draft is right by itself. @param today the day in UTC */
export async function judgeDraft(ingestion: MicrosoftIngestion, draft: PrivateOfferDraft, today: string): Promise<Judged> {
  const own = checkDraft(draft, today)
  if (own.some(blocksDraft)) return { problems: own, resources: [] }
  const { grounds, problems: missing } = await readGrounds(ingestion, draft)
  const taken = (await readAll(ingestion)).filter(({ offer }) => offer.name === draft.name && offer.state !== 'deleted')
  const problems = [
    ...own,
    ...missing,
    ...grounds.flatMap((ground) => checkGround(draft.pricing, ground)),
    ...taken.slice(0, 1).map(({ offer }) => draftProblem('NAME_TAKEN', { id: offer.id })),
  ]
  return { problems, resources: problems.some(blocksDraft) ? [] : draftResources(draft, grounds, ingestion.versions) }
}
