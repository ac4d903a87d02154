/** What an offer's page at Microsoft says, in one language. Lengths are judged by the catalogue's rules, not refused here. */
import { z } from 'zod'
import { link } from './text.ts'

const LONGEST = 50_000
const text = z.string().trim().min(1).max(LONGEST)

/** `en-us`, as Microsoft writes it. */
export const languageId = z
  .string()
  .trim()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,4}){0,2}$/, 'expected a language, like en-us')
  .transform((id) => id.toLowerCase())

const contact = z.strictObject({
  name: text.max(255),
  email: z.email('expected an e-mail address').optional(),
  phone: text.max(50).optional(),
  /** For `support`: the page customers are sent to. */
  url: link.optional(),
})
export type ListingContact = z.output<typeof contact>

export const listingContent = z.strictObject({
  language: languageId,
  title: text,
  /** One line for search results. */
  summary: text.optional(),
  /** The HTML Microsoft accepts: see the catalogue's sanitizer. */
  description: text.optional(),
  /** Shown after the purchase. HTML too. */
  gettingStarted: text.optional(),
  keywords: z.array(text.max(255)).optional(),
  links: z.array(z.strictObject({ text: text.max(255), url: link })).optional(),
  privacyUrl: link.optional(),
  support: contact.optional(),
  /** For Microsoft's questions, not shown. */
  engineering: contact.optional(),
  /** For resellers of the CSP program. */
  resellerContact: contact.optional(),
})
export type ListingContent = z.output<typeof listingContent>
