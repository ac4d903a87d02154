/** A new version of a product, as its vendor publishes it: items that are new, different, or no longer sold. */
import type { SeedItem } from '../../seed.ts'
import { invalid } from '../refusal.ts'
import type { State } from '../state.ts'
import { tell } from '../state.ts'
import type { Product } from './products.ts'

export interface NewItem {
  readonly mpn: string
  readonly name: string
  readonly type: SeedItem['type']
  readonly unit: string
  readonly period?: SeedItem['period'] | undefined
  readonly precision?: SeedItem['precision'] | undefined
}

export interface NewVersion {
  readonly name?: string | undefined
  readonly shortDescription?: string | undefined
  readonly added?: readonly NewItem[] | undefined
  /** By item id. Names and part numbers may change; type, period, precision and unit are for ever. */
  readonly changed?: Readonly<Record<string, { readonly name?: string | undefined; readonly mpn?: string | undefined }>> | undefined
  /** Ids of items that are no longer sold. */
  readonly ended?: readonly string[] | undefined
}

/** @throws Refusal 400 for items it does not have. */
export function publishVersion(
  state: State,
  product: Product,
  { name, shortDescription, added = [], changed = {}, ended = [] }: NewVersion,
): void {
  const known = new Set(product.seed.items.map(({ id }) => id))
  const strange = [...Object.keys(changed), ...ended].filter((id) => !known.has(id))
  if (strange.length > 0) throw invalid(...strange.map((id) => `items: Item "${id}" does not belong to product ${product.seed.id}.`))
  const kept = product.seed.items.map((item) => ({ ...item, ...defined(changed[item.id] ?? {}) }))
  const fresh = added.map((item, index) => newItem(product, item, kept.length + index + 1))
  product.seed = { ...product.seed, ...defined({ name, shortDescription }), items: [...kept, ...fresh] }
  for (const id of ended) product.endOfSale.add(id)
  product.version += 1
  product.published = state.clock.now()
  tell(state, { objectClass: 'product', productId: product.seed.id, id: product.seed.id })
}

function newItem({ seed }: Product, { period, precision, ...item }: NewItem, n: number): SeedItem {
  const number = String(n).padStart(4, '0')
  return {
    ...item,
    ...defined({ period, precision }),
    id: `${seed.id}-${number}`,
    localId: `${seed.id.replaceAll('-', '_')}_${number}`,
  }
}

/** Without members that were left out. */
const defined = <T extends object>(given: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
