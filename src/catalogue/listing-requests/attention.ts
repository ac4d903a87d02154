/** What of a listing request waits for an operator. */
import { type AttentionCode, type AttentionFacts, type AttentionNote, settleAttention } from '../../attention/index.ts'
import type { Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { ListingQuestion } from '../rules/listing/next-step.ts'
import { type ListingKey, loadListingRequest, type StoredListingRequest } from './stored.ts'

const CODES = {
  notAdded: 'LISTING_PRODUCT_NOT_ADDED',
  problems: 'LISTING_HAS_PROBLEMS',
  changes: 'LISTING_CHANGES_TO_APPLY',
  confirmDeploy: 'LISTING_TO_ACCEPT',
  confirmComplete: 'LISTING_TO_COMPLETE',
  confirmRemoval: 'LISTING_REMOVAL_TO_ACCEPT',
  toPublish: 'LISTING_TO_PUBLISH',
  stillOffered: 'LISTING_STILL_OFFERED',
  untold: 'LISTING_OFFER_NOT_SEEN',
  unclear: 'LISTING_REQUEST_UNCLEAR',
} as const satisfies Readonly<Record<ListingQuestion, AttentionCode>>

const STUCK = 'LISTING_REQUEST_STUCK' as const
const ALL: readonly AttentionCode[] = [...Object.values(CODES), STUCK]

/** One refusal may be somebody who was faster. */
const TOLD_AFTER = 3
/** So many are told with the item; all of them by `bridge listing show`. */
const MOST = 10

/** Makes the items of the request be what is so now. */
export async function settleListingAttention(tx: Tx, key: ListingKey, now: Instant): Promise<void> {
  const request = await loadListingRequest(tx, key)
  if (!request) return
  const { tenantId, id } = request
  await settleAttention(tx, { tenantId, subject: { kind: 'listingRequest', id }, among: ALL, wanted: wantedFor(request) }, now)
}

function wantedFor(request: StoredListingRequest): readonly AttentionNote[] {
  const { findings, tries, trouble } = request
  const about = aboutOf(request)
  return [
    ...(findings?.next.kind === 'attention' ? [{ code: CODES[findings.next.why], facts: { ...about, ...factsOf(request) } }] : []),
    ...(tries >= TOLD_AFTER && trouble !== undefined ? [{ code: STUCK, facts: { ...about, error: trouble } }] : []),
  ]
}

const aboutOf = ({ id, type, productId, productName, productVersion, vendorNote }: StoredListingRequest): AttentionFacts => ({
  ...{ request: id, asks: type, product: productId },
  ...(productName === undefined ? {} : { name: productName }),
  ...(productVersion === undefined ? {} : { version: productVersion }),
  ...(vendorNote === undefined ? {} : { vendorSays: vendorNote.slice(0, 300) }),
})

const factsOf = ({ findings }: StoredListingRequest): AttentionFacts => ({
  ...(findings?.problems.length ? { problems: findings.problems.slice(0, MOST) } : {}),
  ...(findings?.changes.length ? { changes: findings.changes.slice(0, MOST) } : {}),
  ...(findings?.offers.length ? { offers: findings.offers.map(({ id, stage }) => `${id}: ${stage}`) } : {}),
})
