/** Ending the sale of a whole offer: told on its live submission, in force at once. */
import type { Context } from '../context.ts'
import { failure } from '../faults.ts'
import { putSubmission, updateProduct } from '../state.ts'
import type { Cause, Product } from '../types.ts'

interface Named {
  readonly number: string
  readonly id: string | undefined
}

export function deprecate({ state, market }: Context, product: Product, { number, id }: Named): 'done' | readonly Cause[] {
  const live = product.submissions.findLast(({ target, status }) => target === 'live' && status === 'completed')
  if (!live || live.number !== number)
    return failure('badRequest', { code: 'invalidState', message: 'An offer is deprecated by its live submission.' }, id)
  putSubmission(state, product.guid, { ...live, lifecycleState: 'deprecated' })
  market.withdrawn(updateProduct(state, product.guid, {}))
  return 'done'
}
