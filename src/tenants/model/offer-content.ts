/**
 * What a publisher wants an offer to be at Microsoft. What is left out is not ours: it stays as Partner Center has it. Shapes are checked
 * here; Microsoft's limits are the catalogue's problems, so that a proposal which breaks one can still be kept and mended.
 */
import { z } from 'zod'
import { leadDestination, withoutLeadSecret } from './lead-destination.ts'
import { listingContent } from './listing-content.ts'
import { media } from './media.ts'
import { link } from './text.ts'
import { dimensionId } from './usage.ts'

export const pricingModel = z.enum(['perUser', 'flatRate'])
export type PricingModel = z.infer<typeof pricingModel>

/** Microsoft's category (or industry) ids, each with its subcategories: `{ developer-tools-saas: [devService] }`. */
const categories = z.record(z.string().trim().min(1).max(100), z.array(z.string().trim().min(1).max(100)))

const legal = z
  .strictObject({
    terms: z.enum(['standardContract', 'own']),
    /** With `standardContract`: the universal amendment. */
    amendment: z.string().trim().min(1).max(50_000).optional(),
    /** With `own`: the text of the terms, or where they are. */
    text: z.string().trim().min(1).max(50_000).optional(),
    url: link.optional(),
  })
  .superRefine(({ terms, amendment, text, url }, context) => {
    const add = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (terms === 'own' && (text === undefined) === (url === undefined))
      add('terms', 'expected either text or url of your own terms beside it')
    if (terms === 'own' && amendment !== undefined) add('amendment', 'expected no amendment: it belongs to the standard contract')
    if (terms === 'standardContract' && text !== undefined) add('text', 'expected no text: it belongs to terms of your own')
    if (terms === 'standardContract' && url !== undefined) add('url', 'expected no url: it belongs to terms of your own')
  })

/** Resale by partners of the CSP program. `partners` are their Entra tenants, with `some`. */
const resellers = z.strictObject({
  channel: z.enum(['none', 'some', 'all']),
  partners: z.array(z.string().trim().min(1).max(50)).default([]),
})

/** What an offer meters, shared by its plans. */
const dimension = z.strictObject({ id: dimensionId, name: z.string().trim().min(1).max(1000), unit: z.string().trim().min(1).max(1000) })
export type OfferDimension = z.output<typeof dimension>

export const offerContent = z.strictObject({
  /** One for all plans of an offer; fixed once it is published. */
  pricingModel,
  /** The name in Partner Center; the offer's name when absent. */
  alias: z.string().trim().min(1).max(1000).optional(),
  categories: categories.optional(),
  industries: categories.optional(),
  appVersion: z.string().trim().min(1).max(255).optional(),
  legal: legal.optional(),
  listings: z
    .array(listingContent)
    .default([])
    .refine((all) => new Set(all.map(({ language }) => language)).size === all.length, 'expected each language once'),
  media: media.optional(),
  leads: leadDestination.optional(),
  /** Who sees the preview and may buy there: mail addresses of Microsoft or Entra accounts. */
  previewAudience: z.array(z.email('expected an e-mail address').transform((mail) => mail.toLowerCase())).optional(),
  resellers: resellers.optional(),
  dimensions: z
    .array(dimension)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'expected each dimension once'),
})
export type OfferContent = z.output<typeof offerContent>

/** As it may be stored openly and shown: without the secret of the lead destination. */
export const openContent = (content: OfferContent): OfferContent =>
  content.leads === undefined ? content : { ...content, leads: withoutLeadSecret(content.leads) }
