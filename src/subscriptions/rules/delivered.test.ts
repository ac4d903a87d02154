import fc from 'fast-check'
import { expect, test } from 'vitest'
import { itemId, type PlanId, planId } from '../../kit/ids.ts'
import { deliveredAs } from './delivered.ts'
import { wantedItems } from './items.ts'
import type { MappedPlan } from './view.ts'

const [seat, gold, calls] = [itemId.parse('SEAT'), itemId.parse('GOLD'), itemId.parse('CALLS')]
const [team, premium, flat] = [planId.parse('team'), planId.parse('premium'), planId.parse('flat')]
const plans = new Map<PlanId, MappedPlan>([
  [team, { items: [{ itemId: seat, kind: 'reservation' }], archived: false }],
  [premium, { items: [{ itemId: gold, kind: 'reservation' }], archived: false }],
  [flat, { items: [{ itemId: calls, kind: 'payAsYouGo' }], archived: false }],
])
const mapped = [seat, gold, calls]

test('what a plan and its seats are made of is recognized as that plan and those seats', () => {
  fc.assert(
    fc.property(fc.constantFrom(team, premium), fc.integer({ min: 1, max: 1000 }), fc.constantFrom(team, premium), (id, seats, present) => {
      const plan = plans.get(id)
      if (!plan) throw new Error('it is there')
      expect(deliveredAs(wantedItems(plan, seats), plans, mapped, present)).toEqual({ planId: id, quantity: seats })
    }),
  )
  expect(deliveredAs([{ itemId: calls, quantity: 'unlimited' }], plans, mapped, team)).toEqual({ planId: flat, quantity: undefined })
})

test('items no plan is made of are no plan, and nothing delivered is none either', () => {
  const both = [
    { itemId: seat, quantity: 3 },
    { itemId: gold, quantity: 3 },
  ]
  expect(deliveredAs(both, plans, mapped, team)).toBeUndefined()
  expect(deliveredAs([], plans, mapped, team)).toBeUndefined()
})

test('a plan that is not sold any more is nothing to go back to', () => {
  const archived = new Map([[team, { items: [{ itemId: seat, kind: 'reservation' as const }], archived: true }]])
  expect(deliveredAs([{ itemId: seat, quantity: 3 }], archived, mapped, premium)).toBeUndefined()
})
