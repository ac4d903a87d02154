/** Limits of the texts and pictures a buyer sees. */
import { allOf, assetView, listingView, planListingView } from '../views.ts'
import { type Finding, type Judged, when } from './finding.ts'

const LISTING_LIMITS = [
  ['title', 200],
  ['searchResultSummary', 100],
  ['description', 5000],
  ['gettingStartedInstructions', 3000],
] as const

const ASSET_LIMITS: Readonly<Record<string, number>> = { azureLogoLarge: 1, azureLogoScreenshot: 5, pdfDocument: 3 }
/** Tags the store shows; others are refused. */
const ALLOWED_TAGS = /^\/?(p|br|b|strong|i|em|u|ul|ol|li|h1|h2|h3|h4|h5|h6|div|span|a|hr)$/i

export const listingFindings = (judged: Judged): readonly Finding[] => [...offerTexts(judged), ...planTexts(judged), ...assets(judged)]

const offerTexts = ({ draft }: Judged): readonly Finding[] =>
  allOf(draft, 'listing', listingView).flatMap(({ id, value }) => [
    ...LISTING_LIMITS.flatMap(([name, most]) => when(value[name].length > most, id, `The ${name} can have at most ${most} characters.`)),
    ...when(value.searchKeywords.length > 3, id, 'A listing can have at most 3 search keywords.'),
    ...foreignTags(value.description).map((tag) => ({
      id,
      message: `The description contains the HTML tag <${tag}>, which is not allowed.`,
    })),
  ])

const planTexts = ({ draft }: Judged): readonly Finding[] =>
  allOf(draft, 'plan-listing', planListingView).flatMap(({ id, value: { name, description } }) => [
    ...when(name.length > 200, id, 'The name of a plan can have at most 200 characters.'),
    ...when(description.length > 3000, id, 'The description of a plan can have at most 3000 characters.'),
    ...when(/<[a-z/]/i.test(description), id, 'The description of a plan must be plain text.'),
  ])

const assets = ({ draft }: Judged): readonly Finding[] =>
  Object.entries(ASSET_LIMITS).flatMap(([type, most]) => {
    const all = allOf(draft, 'listing-asset', assetView).filter(({ value }) => value.type === type)
    const [over] = all.slice(most * languages(all.map(({ value }) => value.languageId)))
    return over ? [{ id: over.id, code: 'collectionLimitExceeded', message: `A listing can have at most ${most} of ${type}.` }] : []
  })

const languages = (all: readonly string[]): number => Math.max(1, new Set(all).size)

const foreignTags = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(([, tag = '']) => tag).filter((tag) => !ALLOWED_TAGS.test(tag))),
]
