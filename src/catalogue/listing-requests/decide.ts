/** An operator's word about a listing request: what it would do, and saying it. */
import { type Db, inTransaction } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import type { Instant } from '../../kit/time.ts'
import { isOver, type ListingKey, loadListingRequest, type SaidWord, type StoredListingRequest, saveWord } from './stored.ts'
import { LISTING_WORK } from './work-kinds.ts'

export type WhyNot = 'notFound' | 'over' | 'notUnderReview' | 'notDeployed' | 'hasProblems' | 'unclear' | 'refused'

export type ListingWord =
  | { readonly possible: true; readonly request: StoredListingRequest; readonly isSaid: boolean }
  | { readonly possible: false; readonly because: WhyNot }

/** What the last look found decides; the next one decides again. */
export async function judgeWord(db: Db, key: ListingKey, word: SaidWord): Promise<ListingWord> {
  const request = await loadListingRequest(db, key)
  if (!request) return { possible: false, because: 'notFound' }
  const because = whyNot(request, word)
  const said = { accept: request.accepted, complete: request.completed, refuse: request.refused }[word]
  return because ? { possible: false, because } : { possible: true, request, isSaid: said !== undefined }
}

function whyNot({ state, type, findings, refused }: StoredListingRequest, word: SaidWord): WhyNot | undefined {
  if (isOver(state)) return 'over'
  if (word === 'refuse') return undefined
  if (refused) return 'refused'
  if (type === 'unknown') return 'unclear'
  if (word === 'complete') return state === 'deploying' ? undefined : 'notDeployed'
  // What somebody else has deployed still needs a yes to be taken off the shelf, or published.
  const isStillAsked = type === 'remove' || (findings?.sends.length ?? 0) > 0
  if (state !== 'reviewing' && !(state === 'deploying' && isStillAsked)) return 'notUnderReview'
  const why = findings?.next.kind === 'attention' ? findings.next.why : undefined
  return why === 'problems' || why === 'notAdded' ? 'hasProblems' : undefined
}

/** Said and woken in one transaction; what it asks of Connect happens at the look. */
export async function sayWord(
  db: Db,
  key: ListingKey,
  word: SaidWord,
  { by, note, at }: { readonly by: string; readonly note?: string | undefined; readonly at: Instant },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await saveWord(tx, key, word, by, note, at)
    await wake(tx, { tenantId: key.tenantId, kind: LISTING_WORK, key: key.id }, at)
  })
}
