/** The first version of an offer's texts, from Connect's, within Microsoft's limits. */
import type { OfferContent } from '../../tenants/model/offer-content.ts'
import type { PlanListing } from '../../tenants/model/plan-content.ts'
import { cutHtml, cutText } from './cut.ts'
import type { ItemFacts, ProductFacts } from './facts.ts'
import { sanitizeHtml } from './html.ts'
import { limits } from './limits.ts'
import { type Problem, problem } from './problems.ts'
import type { OfferSettings } from './settings.ts'

export interface Texts {
  readonly content: (name: string) => Omit<OfferContent, 'pricingModel'>
  /** Told once per product, though both of its offers have the texts. */
  readonly problems: readonly Problem[]
}

export function offerContentOf(product: ProductFacts, settings: OfferSettings): Texts {
  const subject = `product ${product.id}`
  const summary = product.summary === undefined ? undefined : oneLine(product.summary)
  const description = html('The description', product.descriptionHtml, limits.description, subject)
  const gettingStarted = html('The getting-started text', product.gettingStartedHtml, limits.gettingStarted, subject)
  const listing = {
    language: settings.language,
    ...(summary && { summary: cutText(summary, limits.summary) }),
    ...(description.text && { description: description.text }),
    ...(gettingStarted.text && { gettingStarted: gettingStarted.text }),
    ...(product.links.length > 0 && { links: product.links.map(({ text, url }) => ({ text: cutText(text, 255), url })) }),
    ...(settings.privacyUrl && { privacyUrl: settings.privacyUrl }),
    ...(settings.support && { support: settings.support, engineering: settings.support }),
  }
  return {
    content: (name) => ({
      listings: [{ ...listing, title: cutText(oneLine(name), limits.title) }],
      legal: { terms: 'standardContract' },
      ...(settings.logo && { media: { logo: settings.logo, screenshots: [], documents: [] } }),
      leads: { destination: 'none' },
      previewAudience: [...settings.previewAudience],
      resellers: { channel: 'none', partners: [] },
      dimensions: [],
    }),
    problems: [...cutProblem('The summary', summary ?? '', limits.summary, subject), ...description.problems, ...gettingStarted.problems],
  }
}

function html(what: string, source: string | undefined, limit: number, subject: string) {
  if (source === undefined) return { text: undefined, problems: [] }
  const { html, simplified } = sanitizeHtml(source)
  const tags = simplified.map((tag) => `<${tag}>`).join(', ')
  return {
    text: cutHtml(html, limit),
    problems: [...(tags === '' ? [] : [problem('TEXT_SIMPLIFIED', subject, { what, tags })]), ...cutProblem(what, html, limit, subject)],
  }
}

const cutProblem = (what: string, text: string, limit: number, subject: string): readonly Problem[] =>
  text.length <= limit ? [] : [problem('TEXT_CUT', subject, { what, length: String(text.length), limit: String(limit) })]

/** The item's own words, or the product's: a plan without a description is not certified. */
export function planListing(product: ProductFacts, item: ItemFacts | undefined, language: string): PlanListing {
  const said = item?.description?.trim()
  const text = said || product.summary?.trim() || (item === undefined ? product.name : `${item.name}, ${product.name}`)
  return { language, description: cutText(text.trim() || product.id, limits.planDescription) }
}

/** Line breaks and control characters have no place in a title. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() || '?'
