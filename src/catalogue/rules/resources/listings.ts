/** The offer's page in each language, with its pictures and documents. */
import type { ListingContact, ListingContent } from '../../../tenants/model/listing-content.ts'
import { along, set, toProduct, value } from './build.ts'
import type { Claim } from './claim.ts'
import { keyOfParts } from './tree.ts'
import type { DesiredResource, WantedFile, WantedFiles } from './wanted.ts'

export const listing = (content: ListingContent): DesiredResource => ({
  type: 'listing',
  key: content.language,
  refs: [toProduct],
  birth: { kind: 'azureSaaS', languageId: content.language },
  about: content.language,
  planId: undefined,
  claims: [
    ...value('title', 'Title', content.title),
    ...value('searchResultSummary', 'Search result summary', content.summary),
    ...value('description', 'Description', content.description),
    ...value('gettingStartedInstructions', 'Getting started', content.gettingStarted),
    ...set('searchKeywords', 'Search keywords', content.keywords),
    ...value(
      'generalLinks',
      'Useful links',
      content.links?.map(({ text, url }) => ({ displayText: text, link: url })),
    ),
    ...value('privacyPolicyLink', 'Privacy policy', content.privacyUrl),
    ...contact('supportContact', 'Support contact', content.support),
    ...contact('engineeringContact', 'Engineering contact', content.engineering),
    ...contact('cloudSolutionProviderContact', 'Contact for resellers', content.resellerContact),
  ],
})

const contact = (member: string, field: string, wanted: ListingContact | undefined): readonly Claim[] => [
  ...value([member, 'name'], `${field}: name`, wanted?.name),
  ...value([member, 'email'], `${field}: e-mail`, wanted?.email),
  ...value([member, 'phone'], `${field}: phone`, wanted?.phone),
  ...value([member, 'url'], `${field}: page`, wanted?.url),
]

/** The pictures and documents of one language, each kind counted from 0. */
export function assets({ logo, screenshots, documents }: WantedFiles, language: string): readonly DesiredResource[] {
  const shown = ({ languages }: { readonly languages: readonly string[] | undefined }) => languages?.includes(language) ?? true
  return [
    ...(logo ? [asset('azureLogoLarge', 'Large logo', language, 0, logo, undefined)] : []),
    ...screenshots.filter(shown).map((one, at) => asset('azureLogoScreenshot', `Screenshot ${at + 1}`, language, at, one, one.caption)),
    ...documents.filter(shown).map((one, at) => asset('pdfDocument', `Document ${at + 1}`, language, at, one, undefined, one.name)),
  ]
}

/** A file is told from another by its name: the address Microsoft gives back is another one at each reading. */
function asset(
  type: string,
  about: string,
  language: string,
  displayOrder: number,
  { fileName, url }: WantedFile,
  caption: string | undefined,
  name = fileName,
): DesiredResource {
  return {
    type: 'listing-asset',
    key: keyOfParts(type, language, displayOrder),
    refs: [toProduct, { member: 'listing', type: 'listing', key: language }],
    birth: { kind: 'azure', type, languageId: language, displayOrder, description: '' },
    about: `${about}, ${language}`,
    planId: undefined,
    claims: [
      ...value('fileName', 'File', fileName),
      ...value('friendlyName', 'File name in Partner Center', name),
      ...value('description', 'Caption', caption),
      ...along('url', 'Address of the file', url),
    ],
  }
}
