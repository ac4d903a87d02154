/** Listing requests of Connect: found, followed, decided. */
export { judgeWord, type ListingWord, sayWord, type WhyNot } from './decide.ts'
export type { ListingDeps } from './deps.ts'
export { listingRequestsLook, wakeListingRequests } from './find.ts'
export type { Findings } from './findings.ts'
export { listingRequestLook } from './look.ts'
export {
  type ListingKey,
  listListingRequests,
  loadListingRequest,
  type SaidWord,
  type StoredListingRequest,
} from './stored.ts'
export { listingInWords } from './words.ts'
