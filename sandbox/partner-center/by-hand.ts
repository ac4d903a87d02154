/** What people do in Partner Center beside the API: edit a draft, save it, lock a product. */
import type { Context } from './context.ts'
import { externalIdOf } from './drafts/identify.ts'
import { productByOfferId, updateProduct } from './state.ts'
import type { Body, Product, Resource } from './types.ts'

export interface HandEdit {
  /** The type of the resource. */
  readonly type: string
  /** Which plan's, for those a plan has. */
  readonly planId?: string | undefined
  /** Members that get these values. */
  readonly change: Body
}

/** A colleague edits the draft and leaves it there. @throws RangeError for what is not there. */
export function editByHand({ state, clock }: Context, offerId: string, { type, planId, change }: HandEdit): Product {
  const product = offerCalled(state, offerId)
  const plan = [...product.draft.values()].find((each) => each.type === 'plan' && externalIdOf(each.body) === planId)?.id
  const found = [...product.draft.values()].find(
    (each) => each.type === type && (planId === undefined || [each.id, each.body['plan']].includes(plan)),
  )
  if (!found) throw new RangeError(`the draft of ${offerId} has no ${type}`)
  const edited: Resource = { ...found, body: { ...found.body, ...change } }
  return updateProduct(state, product.guid, { draft: new Map(product.draft).set(found.id, edited), editedByHand: clock.now() })
}

export const setLocked = ({ state }: Context, offerId: string, locked: boolean): Product =>
  updateProduct(state, offerCalled(state, offerId).guid, { locked })

/** @throws RangeError when there is none. */
export function offerCalled(state: Context['state'], offerId: string): Product {
  const product = productByOfferId(state, offerId)
  if (!product) throw new RangeError(`there is no offer ${offerId} in Partner Center`)
  return product
}
