/** What Microsoft refuses in a draft though its schema allows it. Limits and rules of Partner Center; the words of most are invented in the documented shape. */
import type { Finding, Judged } from './finding.ts'
import { listingFindings } from './listing.ts'
import { offerFindings } from './offer.ts'
import { priceFindings } from './price.ts'
import { publishedFindings } from './published.ts'

export type { Finding, Judged } from './finding.ts'
export { missingToPublish } from './publishable.ts'

export const findingsIn = (judged: Judged): readonly Finding[] => [
  ...offerFindings(judged),
  ...listingFindings(judged),
  ...priceFindings(judged),
  ...publishedFindings(judged),
]
