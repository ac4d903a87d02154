/** What publishing an offer would change, told before anything is sent. */
import type { PlanId } from '../../kit/ids.ts'
import type { Difference } from '../rules/diff/difference.ts'
import { differencesOf } from '../rules/diff/differences.ts'
import type { ForeignEdit } from '../rules/diff/foreign-edits.ts'
import { audienceUpdates } from '../rules/resources/audiences.ts'
import { gapSentence } from './decide.ts'
import type { ObserveDeps } from './deps.ts'
import { observe } from './observe.ts'
import type { Publication, PublicationKey } from './record.ts'
import { readPublication } from './store.ts'

export interface OfferPlanned {
  /** It exists in Partner Center. */
  readonly exists: boolean
  readonly differences: readonly Difference[]
  /** What Microsoft requires and nobody gave, in sentences. */
  readonly gaps: readonly string[]
  /** Edits of colleagues a publication would take along, and the mark to agree to them by. */
  readonly edits: readonly ForeignEdit[]
  readonly editsMark: string
  /** Plans whose private audience changes for buyers at once, without a publication. */
  readonly audiences: readonly PlanId[]
  /** Requests it takes; 0: the draft is as wanted. */
  readonly toWrite: number
}

/** @returns undefined for an offer whose content is not kept here. @throws as `ingestionFor` and Microsoft's calls do */
export async function planOffer(deps: ObserveDeps, key: PublicationKey, signal?: AbortSignal): Promise<OfferPlanned | undefined> {
  const now = deps.clock.now()
  const publication = (await readPublication(deps.db, key)) ?? notYetWanted(key, now)
  const api = await deps.ingestionFor(key.tenantId)
  const observed = await observe(deps, api, publication, now, signal)
  if (!observed) return undefined
  const { wanted, trees, writing, edits, marks } = observed
  const plansOf = wanted.wanted.plans.filter((plan) => audienceUpdates({ plans: [plan] }, trees.live, api.versions).length > 0)
  return {
    exists: trees.draft !== undefined,
    differences: differencesOf(wanted.wanted, trees.draft, trees.live),
    gaps: writing.gaps.map(gapSentence),
    edits,
    editsMark: marks.edits,
    audiences: plansOf.map(({ planId }) => planId),
    toWrite: writing.resources.length,
  }
}

const notYetWanted = (key: PublicationKey, now: Publication['wantedAt']): Publication => ({
  ...key,
  ...{ target: 'draft', wantedBy: '', wantedAt: now, confirmed: undefined, acceptedEdits: undefined, productGuid: undefined },
  ...{ request: undefined, preview: undefined, live: undefined, leadMark: undefined, lockedSince: undefined, standing: undefined },
  revision: 0,
})
