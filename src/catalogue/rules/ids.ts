/** Ids of offers, plans and dimensions, made from names. Derived once and then stored: a stored id is never derived again. */
import { EXTERNAL_ID, limits } from './limits.ts'

/**
 * A name as an id of Microsoft's, `undefined` when nothing of it is left (a name in letters Microsoft's ids do not have). `Café Pro+ (EU)` → `cafe-pro-eu`.
 * @param room how many characters it may have
 */
export function slug(name: string, room: number = limits.idLength): string | undefined {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 200)
  const cut = trimmed(plain).slice(0, room)
  const id = trimmed(cut)
  return id.length < 3 ? undefined : id
}

const trimmed = (text: string): string => text.replaceAll(/^-+|-+$/g, '')

export interface Named {
  /** What the id is for, the same for ever: an item's id. */
  readonly key: string
  readonly name: string
}

/**
 * An id for each, different from each other and from those taken. Where two names give the same id, the one whose key sorts first takes it and the
 * other gets the end of its key: the outcome does not hang on the order they come in.
 * @param fallback for a name that gives no id: `plan`
 */
export function deriveIds(all: readonly Named[], taken: ReadonlySet<string>, fallback: string): ReadonlyMap<string, string> {
  const used = new Set(taken)
  const ids = new Map<string, string>()
  for (const { key, name } of [...all].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    const id = firstFree(slug(name) ?? `${fallback}-${tailOf(key)}`, tailOf(key), used)
    used.add(id)
    ids.set(key, id)
  }
  return ids
}

function firstFree(base: string, tail: string, used: ReadonlySet<string>): string {
  const fits = (suffix: string): string => `${trimmed(base.slice(0, limits.idLength - suffix.length))}${suffix}`
  if (isFree(base, used)) return base
  for (let count = 1; ; count++) {
    const id = fits(count === 1 ? `-${tail}` : `-${tail}-${count}`)
    if (isFree(id, used)) return id
  }
}

/** `-preview` at the end would read as the preview of another offer. */
const isFree = (id: string, used: ReadonlySet<string>): boolean => !used.has(id) && EXTERNAL_ID.test(id) && !id.endsWith('-preview')

/** The end of `PRD-000-000-001-0002` is `0002`. */
const tailOf = (key: string): string =>
  slug(key.slice(key.lastIndexOf('-') + 1), 12) ??
  slug(key)
    ?.slice(-12)
    .replace(/^[-_]+/, '') ??
  'x'
