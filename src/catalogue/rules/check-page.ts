/** What a customer sees of an offer, and what Microsoft asks beside it. */
import type { ListingContent } from '../../tenants/model/listing-content.ts'
import type { Media } from '../../tenants/model/media.ts'
import { foreignTags } from './html.ts'
import { limits } from './limits.ts'
import { type OfferProposal, subjectOf } from './offer.ts'
import { type Problem, problem } from './problems.ts'

/** Of an offer made by hand nothing is missed: what is left out stays as Partner Center has it. */
export function checkPage(offer: OfferProposal): readonly Problem[] {
  const subject = subjectOf(offer)
  const { listings, media, legal, categories, industries } = offer.content
  const needed = offer.made ? [] : missing(subject, { legal, categories, media, listings })
  return [
    ...needed,
    ...listings.flatMap((listing, index) => checkListing(subject, listing, `listings[${index}]`, offer.made)),
    ...(media ? checkMedia(subject, media) : []),
    ...checkCategories(subject, categories, industries),
    ...long(subject, 'Your own terms', legal?.text, limits.ownTerms, 'legal.text'),
  ]
}

type Needed = Pick<OfferProposal['content'], 'legal' | 'categories' | 'media' | 'listings'>

const missing = (subject: string, { legal, categories, media, listings }: Needed): readonly Problem[] => [
  ...(legal ? [] : [problem('LEGAL_MISSING', subject, {}, 'legal')]),
  ...(categories ? [] : [problem('CATEGORIES_WRONG', subject, { count: 'none' }, 'categories')]),
  ...(media?.logo ? [] : [problem('LOGO_MISSING', subject, {}, 'media.logo')]),
  ...(media?.screenshots.length ? [] : [problem('SCREENSHOTS_WRONG', subject, { count: 'none' }, 'media.screenshots')]),
  ...(listings.length === 0 ? [problem('LISTING_MISSING', subject, {}, 'listings')] : []),
]

function checkListing(subject: string, listing: ListingContent, field: string, made: boolean): readonly Problem[] {
  const { title, summary, description, gettingStarted, keywords = [] } = listing
  const needed: readonly (readonly [string, unknown, string])[] = [
    ['a summary', summary, 'summary'],
    ['a description', description, 'description'],
    ['a getting-started text', gettingStarted, 'gettingStarted'],
    ['a link to the privacy policy', listing.privacyUrl, 'privacyUrl'],
    ['a support contact', listing.support, 'support'],
    ['an engineering contact', listing.engineering, 'engineering'],
  ]
  return [
    ...(made
      ? []
      : needed
          .filter(([, value]) => value === undefined)
          .map(([what, , key]) => problem('TEXT_MISSING', subject, { what }, `${field}.${key}`))),
    ...long(subject, 'The title', title, limits.title, `${field}.title`),
    ...long(subject, 'The summary', summary, limits.summary, `${field}.summary`),
    ...long(subject, 'The description', description, limits.description, `${field}.description`),
    ...long(subject, 'The getting-started text', gettingStarted, limits.gettingStarted, `${field}.gettingStarted`),
    ...markup(subject, 'The description', description, `${field}.description`),
    ...markup(subject, 'The getting-started text', gettingStarted, `${field}.gettingStarted`),
    ...(keywords.length > limits.keywords
      ? [problem('KEYWORDS_TOO_MANY', subject, { count: String(keywords.length) }, `${field}.keywords`)]
      : []),
  ]
}

function checkMedia(subject: string, { screenshots, documents }: Media): readonly Problem[] {
  return [
    ...(screenshots.length > limits.screenshots
      ? [problem('SCREENSHOTS_WRONG', subject, { count: String(screenshots.length) }, 'media.screenshots')]
      : []),
    ...(documents.length > limits.documents
      ? [problem('DOCUMENTS_TOO_MANY', subject, { count: String(documents.length) }, 'media.documents')]
      : []),
  ]
}

type Chosen = OfferProposal['content']['categories']

function checkCategories(subject: string, categories: Chosen, industries: Chosen): readonly Problem[] {
  const count = Object.keys(categories ?? {}).length
  const chosen = Object.values(industries ?? {})
  return [
    ...(categories && (count < 1 || count > limits.categories)
      ? [problem('CATEGORIES_WRONG', subject, { count: String(count) }, 'categories')]
      : []),
    ...(chosen.length > limits.industries || chosen.some((verticals) => verticals.length > limits.verticals)
      ? [problem('INDUSTRIES_TOO_MANY', subject, {}, 'industries')]
      : []),
  ]
}

export const long = (subject: string, what: string, text: string | undefined, limit: number, field: string): readonly Problem[] =>
  text === undefined || text.length <= limit
    ? []
    : [problem('TEXT_TOO_LONG', subject, { what, length: String(text.length), limit: String(limit) }, field)]

function markup(subject: string, what: string, text: string | undefined, field: string): readonly Problem[] {
  const tags = text === undefined ? [] : foreignTags(text)
  return tags.length === 0 ? [] : [problem('MARKUP_NOT_SHOWN', subject, { what, tags: tags.map((tag) => `<${tag}>`).join(', ') }, field)]
}
