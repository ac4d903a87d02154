/** What has changed of a product in Connect since it was last taken over. Pure. */
import type { ItemFacts, ProductFacts } from './facts.ts'
import { isSellable } from './facts.ts'

/** What an item is sold by: fixed in Connect once it was published, so that a change is rare and matters. */
export const itemTerms = ['type', 'period', 'precision', 'unit', 'commitment'] as const
export type ItemTerm = (typeof itemTerms)[number]

export type ProductChange =
  | { readonly kind: 'itemAdded'; readonly itemId: string; readonly name: string }
  /** Past its sale. */
  | { readonly kind: 'itemRetired'; readonly itemId: string; readonly name: string }
  /** Sold again. */
  | { readonly kind: 'itemBack'; readonly itemId: string; readonly name: string }
  /** Not in the product any more, or not shown. */
  | { readonly kind: 'itemLost'; readonly itemId: string; readonly name: string }
  | { readonly kind: 'itemRenamed'; readonly itemId: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'itemTermChanged'
      readonly itemId: string
      readonly name: string
      readonly term: ItemTerm
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'productRenamed'; readonly from: string; readonly to: string }
  /** Descriptions and links: what buyers read is the publisher's to word. */
  | { readonly kind: 'textsChanged'; readonly of: readonly string[] }

export function productChanges(before: ProductFacts, now: ProductFacts): readonly ProductChange[] {
  const was = new Map(before.items.map((item) => [String(item.id), item]))
  const is = new Map(now.items.map((item) => [String(item.id), item]))
  const texts = textsChanged(before, now)
  return [
    ...(before.name === now.name ? [] : [{ kind: 'productRenamed' as const, from: before.name, to: now.name }]),
    ...now.items.flatMap((item) => itemChanges(was.get(item.id), item)),
    ...before.items
      .filter((item) => !is.has(item.id) && !item.dynamic)
      .map(({ id, name }) => ({ kind: 'itemLost' as const, itemId: id, name })),
    ...(texts.length === 0 ? [] : [{ kind: 'textsChanged' as const, of: texts }]),
  ]
}

function itemChanges(before: ItemFacts | undefined, now: ItemFacts): readonly ProductChange[] {
  const named = { itemId: now.id, name: now.name }
  if (!before) return isSellable(now) ? [{ kind: 'itemAdded', ...named }] : []
  if (now.dynamic) return []
  const moved = isSellable(before) !== isSellable(now)
  return [
    ...(moved && now.status === 'endofsale' ? [{ kind: 'itemRetired' as const, ...named }] : []),
    ...(moved && isSellable(now)
      ? [{ kind: before.status === 'endofsale' ? ('itemBack' as const) : ('itemAdded' as const), ...named }]
      : []),
    ...(before.name === now.name ? [] : [{ kind: 'itemRenamed' as const, itemId: now.id, from: before.name, to: now.name }]),
    ...itemTerms.flatMap((term) => {
      const [from, to] = [termText(before, term), termText(now, term)]
      return from === to ? [] : [{ kind: 'itemTermChanged' as const, ...named, term, from, to }]
    }),
  ]
}

const termText = (item: ItemFacts, term: ItemTerm): string => {
  if (term !== 'commitment') return item[term] ?? 'none'
  const { multiplier, count } = item.commitment
  return multiplier === undefined && count === undefined ? 'none' : `${count ?? 1} × ${multiplier ?? 'period'}`
}

function textsChanged(before: ProductFacts, now: ProductFacts): readonly string[] {
  const is = (name: string, a: unknown, b: unknown): readonly string[] => (JSON.stringify(a) === JSON.stringify(b) ? [] : [name])
  const known = new Map(before.items.map((item) => [String(item.id), item]))
  return [
    ...is('summary', before.summary, now.summary),
    ...is('description', before.descriptionHtml, now.descriptionHtml),
    ...is('getting started', before.gettingStartedHtml, now.gettingStartedHtml),
    ...is('links', before.links, now.links),
    ...now.items.flatMap((item) => {
      const old = known.get(item.id)
      return old ? is(`${item.name} (${item.id})`, old.description, item.description) : []
    }),
  ]
}
