/** The private audience of a plan, changed in draft, preview and live at once and without publishing. */
import { z } from 'zod'
import type { Context } from './context.ts'
import type { Identified } from './drafts/identify.ts'
import { errorsOf } from './faults.ts'
import { guidOf, idOfPart } from './ids.ts'
import { updateProduct } from './state.ts'
import type { Cause, Tree } from './types.ts'
import { type Audience, priceView } from './views.ts'

const entry = z.object({ type: z.string(), id: z.string(), label: z.string().optional() })
const change = z.object({
  product: z.string(),
  plan: z.string(),
  privateAudiences: z.object({ add: z.array(entry).default([]), remove: z.array(entry).default([]) }),
})

/** @returns why not, if so. */
export function updateAudience({ state, market }: Context, { given, resource }: Identified): readonly Cause[] {
  const { product, plan, privateAudiences } = change.parse(resource.body)
  const guid = guidOf(product)
  const found = state.products.get(guid)
  const id = idOfPart('price-and-availability-plan', guid, { plan })
  const refuse = (message: string): readonly Cause[] => errorsOf([{ given, id, code: 'businessValidationError', message }])
  const known = (found?.live ?? found?.draft)?.get(id)
  if (!found || !known) return refuse('The plan has no price and availability.')
  const before = priceView.parse(known.body)
  if (before.audience !== 'private') return refuse('The audience of a public plan cannot be changed.')
  const types = new Set((before.privateAudiences ?? []).map(({ type }) => type))
  const newType = privateAudiences.add.find(({ type }) => !types.has(type))
  if (newType) return refuse(`The identifier type ${newType.type} is used for the first time: publish the offer instead.`)
  const changed = (tree: Tree | undefined): Tree | undefined => tree && withAudience(tree, id, privateAudiences)
  const after = updateProduct(state, guid, {
    draft: withAudience(found.draft, id, privateAudiences),
    preview: changed(found.preview),
    live: changed(found.live),
    previewed: changed(found.previewed),
  })
  if (after.preview) market.published(after, 'preview')
  if (after.live) market.published(after, 'live')
  return []
}

interface Change {
  readonly add: readonly Audience[]
  readonly remove: readonly Audience[]
}

function withAudience(tree: Tree, id: string, { add, remove }: Change): Tree {
  const resource = tree.get(id)
  if (!resource) return tree
  const same = (a: Audience) => (b: Audience) => a.type === b.type && a.id === b.id
  const kept = (priceView.parse(resource.body).privateAudiences ?? []).filter((each) => !remove.some(same(each)))
  const privateAudiences = [...kept, ...add.filter((each) => !kept.some(same(each)))]
  return new Map(tree).set(id, { ...resource, body: { ...resource.body, privateAudiences } })
}
