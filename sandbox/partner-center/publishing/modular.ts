/** Modular publishing: only what came with the submission becomes new; the rest stays as it was published. */
import type { Identified } from '../drafts/identify.ts'
import type { Fault } from '../faults.ts'
import type { Product, Resource, Tree } from '../types.ts'

/** What must be there of each plan that is published. */
const OF_PLAN = ['plan', 'plan-listing', 'price-and-availability-plan'] as const
const OF_PRODUCT = ['product', 'property'] as const

export function modularContent({ draft, preview, live }: Product, others: readonly Identified[]): Tree | Fault[] {
  const given = others.map(({ resource }) => resource)
  const faults = [...missingOfProduct(given), ...missingOfPlans(given)]
  if (faults.length > 0) return faults
  const content = new Map(preview ?? live ?? draft)
  for (const { id } of given) {
    const now = draft.get(id)
    if (now) content.set(id, now)
  }
  return content
}

const missingOfProduct = (given: readonly Resource[]): readonly Fault[] =>
  OF_PRODUCT.filter((type) => !given.some((resource) => resource.type === type)).map((type) => lacking(type, 'the product'))

function missingOfPlans(given: readonly Resource[]): readonly Fault[] {
  const plans = new Set(
    given.flatMap(({ type, id, body }) => (type === 'plan' ? [id] : typeof body['plan'] === 'string' ? [body['plan']] : [])),
  )
  return [...plans].flatMap((plan) =>
    OF_PLAN.filter((type) => !given.some(({ type: other, id, body }) => other === type && (id === plan || body['plan'] === plan))).map(
      (type) => lacking(type, plan),
    ),
  )
}

const lacking = (type: string, what: string): Fault => ({
  given: undefined,
  code: 'invalidRequest',
  message: `Modular publish: the ${type} resource of ${what} must be part of the request.`,
})
