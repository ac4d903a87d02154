/** From a product in Connect to offers at Microsoft: the seed’s table, Microsoft’s limits, and what stands already. Pure. */
import type { PricingModel } from '../../tenants/model/offer-content.ts'
import { checkOffer } from './check-offer.ts'
import { type ItemFacts, isSellable, type ProductFacts } from './facts.ts'
import { flatRatePlans } from './flat-rate.ts'
import { slug } from './ids.ts'
import type { OfferProposal } from './offer.ts'
import { offerContentOf, type Texts } from './offer-texts.ts'
import { perUserPlans } from './per-user.ts'
import { itemSubject, scheduleOf } from './periods.ts'
import { type Problem, problem } from './problems.ts'
import { defaultSettings, type OfferSettings } from './settings.ts'

export interface Proposal {
  readonly offers: readonly OfferProposal[]
  readonly problems: readonly Problem[]
}

/** Every item that can be sold is in exactly one plan of the new ones, or is named in a problem. */
export function offersFor(product: ProductFacts, settings: OfferSettings = defaultSettings): Proposal {
  const judged = product.items.map(judge).sort((a, b) => a.item.position - b.item.position || (a.item.id < b.item.id ? -1 : 1))
  const sold = judged.flatMap(({ item, sold }) => (sold ? [item] : []))
  const texts = offerContentOf(product, settings)
  const made = [...offerOf(product, settings, 'perUser', sold, texts), ...offerOf(product, settings, 'flatRate', sold, texts)]
  const problems = [
    ...judged.flatMap(({ problems }) => problems),
    ...(made.length === 0 ? [problem('NOTHING_TO_SELL', `product ${product.id}`)] : texts.problems),
    ...made.flatMap(({ problems }) => problems),
    ...made.flatMap(({ offer }) => checkOffer(offer)),
  ]
  return { offers: made.map(({ offer }) => offer), problems }
}

interface JudgedItem {
  readonly item: ItemFacts
  readonly sold: boolean
  readonly problems: readonly Problem[]
}

function judge(item: ItemFacts): JudgedItem {
  const subject = itemSubject(item)
  const out = (code: 'ITEM_DYNAMIC' | 'ITEM_RETIRED' | 'ITEM_DRAFT' | 'ITEM_UNKNOWN_TYPE'): JudgedItem => ({
    item,
    sold: false,
    problems: [problem(code, subject, { item: item.name })],
  })
  if (item.dynamic) return out('ITEM_DYNAMIC')
  if (item.status === 'endofsale') return out('ITEM_RETIRED')
  if (item.status === 'draft') return out('ITEM_DRAFT')
  if (!isSellable(item)) return out('ITEM_UNKNOWN_TYPE')
  const { schedule, problems } = scheduleOf(item)
  return { item, sold: schedule !== undefined, problems: [...problems, ...(schedule ? precisionProblems(item) : [])] }
}

function precisionProblems(item: ItemFacts): readonly Problem[] {
  const facts = { item: item.name, precision: item.precision }
  if (item.type === 'Reservation') return item.precision === 'Integer' ? [] : [problem('SEATS_ARE_WHOLE', itemSubject(item), facts)]
  return /^Decimal\([48]\)$/.test(item.precision) ? [problem('METER_IS_FINE', itemSubject(item), facts)] : []
}

interface MadeOffer {
  readonly offer: OfferProposal
  readonly problems: readonly Problem[]
}

function offerOf(
  product: ProductFacts,
  settings: OfferSettings,
  pricingModel: PricingModel,
  sold: readonly ItemFacts[],
  texts: Texts,
): readonly MadeOffer[] {
  const known = settings.known.find(({ content }) => content.pricingModel === pricingModel)
  const items = sold.filter(({ type }) => (type === 'Reservation') === (pricingModel === 'perUser'))
  if (items.length === 0 && known === undefined) return []
  const both = new Set(sold.map(({ type }) => type)).size > 1 || settings.known.some(({ content }) => content.pricingModel !== pricingModel)
  const context = { product, settings, known, items }
  const { plans, dimensions, problems } = pricingModel === 'perUser' ? { ...perUserPlans(context), dimensions: [] } : flatRatePlans(context)
  const id = known?.id ?? offerId(product, pricingModel, both, settings)
  const name = known?.name ?? (both && pricingModel === 'flatRate' ? `${product.name} (pay as you go)` : product.name)
  const content = known?.content ?? { ...texts.content(name), pricingModel }
  return [{ offer: { id, name, made: known?.made ?? false, plans, content: { ...content, dimensions } }, problems }]
}

/** The product's name; where it has two offers, the second says what it is. */
function offerId(product: ProductFacts, model: PricingModel, both: boolean, { takenOfferIds, known }: OfferSettings): string {
  const base = slug(product.name) ?? slug(product.id) ?? 'offer'
  const taken = new Set([...takenOfferIds, ...known.map(({ id }) => id)])
  const tail = slug(product.id)?.slice(-11) ?? 'x'
  const suffix = model === 'perUser' ? 'seats' : 'usage'
  const wanted = both && model === 'flatRate' ? `${base}-${suffix}` : base
  const candidates = [wanted, `${base}-${suffix}`, `${base}-${tail}`, `${base}-${tail}-${suffix}`]
  const shortened = candidates.map((id) =>
    id.length <= 50 ? id : `${base.slice(0, 50 - (id.length - base.length)).replace(/[-_]+$/, '')}${id.slice(base.length)}`,
  )
  return shortened.find((id) => !taken.has(id) && !id.endsWith('-preview')) ?? numbered(base, taken)
}

function numbered(base: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) {
    const id = `${base.slice(0, 44).replace(/[-_]+$/, '')}-${count}`
    if (!taken.has(id)) return id
  }
}
