/** Lists come in pages: the cursor is the id of the last thing on a page, so that nothing is told twice or left out when more comes in. */

export interface Page<T> {
  readonly items: readonly T[]
  /** To be sent as `cursor`; null on the last page. */
  readonly next: string | null
}

/** @param found one more than `limit`, when there is more */
export function pageOf<T, View>(found: readonly T[], limit: number, idOf: (one: T) => string, view: (one: T) => View): Page<View> {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(view), next: found.length > limit && last !== undefined ? idOf(last) : null }
}
