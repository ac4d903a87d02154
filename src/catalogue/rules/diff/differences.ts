/** The wanted offer against Partner Center's draft, field by field. Where nothing differs, nothing is sent. */
import { holds, valueAt, wantedAt } from '../resources/claim.ts'
import { desiredResources } from '../resources/desired.ts'
import type { OfferTree } from '../resources/tree.ts'
import type { DesiredResource, WantedOffer } from '../resources/wanted.ts'
import type { Difference } from './difference.ts'
import { publishedDifferences } from './published.ts'
import { say } from './words.ts'

/**
 * @param draft undefined while the offer does not exist.
 * @param live undefined while it is not published.
 */
export const differencesOf = (offer: WantedOffer, draft: OfferTree | undefined, live: OfferTree | undefined): readonly Difference[] => [
  ...desiredResources(offer, live).flatMap((desired) => inDraft(desired, draft)),
  ...(live ? publishedDifferences(offer, live) : []),
]

function inDraft(desired: DesiredResource, draft: OfferTree | undefined): readonly Difference[] {
  const { planId, about } = desired
  const found = draft?.find(desired.type, desired.key)
  const there = found ?? {}
  return desired.claims
    .filter((claim) => !holds(there, claim))
    .map((claim) => ({
      planId,
      about,
      field: claim.field,
      before: say(valueAt(there, claim.path), claim.secret),
      after: say(wantedAt(there, claim), claim.secret),
      by: 'api',
      because: claim.final,
    }))
}
