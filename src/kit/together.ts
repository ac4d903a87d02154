/** Doing for many at once what comes one by one, without making anybody wait for company. */

import type { Milliseconds } from './time.ts'

export interface TogetherOptions<Item, Result> {
  /** Does it for all of them, or for none. Results are in the order of the items. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  /** Taken at once, at most. */
  readonly most: number
  /** Runs at the same time, at most. */
  readonly atOnce: number
  /** So long the first waits for others, where nobody waits for it. Default: for those of the same turn of the event loop. */
  readonly gatherFor?: Milliseconds
}

/**
 * What comes in one turn of the event loop goes together, and so does what comes while all runs are busy, when one ends.
 * When a run of several fails, each is tried alone, so that one that cannot be done does not take others along.
 */
export function together<Item, Result>({ run, most, atOnce, gatherFor }: TogetherOptions<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let running = 0
  let begins = false

  function next(): void {
    if (begins || running >= atOnce || waiting.length === 0) return
    begins = true
    if (gatherFor === undefined) setImmediate(begin)
    else setTimeout(begin, gatherFor)
  }

  function begin(): void {
    begins = false
    running++
    void settle(run, waiting.splice(0, most)).then(() => {
      running--
      next()
    })
    next()
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      next()
    })
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** Never throws: whoever waits is told. */
async function settle<Item, Result>(run: TogetherOptions<Item, Result>['run'], batch: readonly Waiting<Item, Result>[]): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item))
    if (results.length !== batch.length) throw new RangeError(`${batch.length} results wanted, got ${results.length}`)
    for (const [index, result] of results.entries()) batch[index]?.resolve(result)
  } catch (error) {
    if (batch.length === 1) return batch[0]?.reject(error)
    await Promise.all(batch.map((one) => settle(run, [one])))
  }
}
