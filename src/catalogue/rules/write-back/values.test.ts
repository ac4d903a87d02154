import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ItemId, itemId } from '../../../kit/ids.ts'
import { planContent } from '../../../tenants/model/plan-content.ts'
import type { OfferProposal } from '../offer.ts'
import { differing, type ItemValue, valuesOf } from './values.ts'

const [CALLS, SEAT] = [itemId.parse('PRD-100-200-300-0001'), itemId.parse('PRD-100-200-300-0002')]
const plan = (id: string, items: readonly ItemId[], dimension?: string, retired = false) => ({
  ...{ id, name: id, made: false, content: planContent.parse({ retired }) },
  items: items.map((item) => ({ id: item, kind: dimension === undefined ? ('reservation' as const) : ('payAsYouGo' as const), dimension })),
})
const offer = (id: string, plans: OfferProposal['plans']): OfferProposal => ({
  ...{ id, name: id, made: false, plans },
  content: { pricingModel: 'perUser', listings: [], dimensions: [] },
})
const offers = [
  offer('suite', [plan('team', [SEAT]), plan('business', [SEAT]), plan('old', [SEAT], undefined, true)]),
  offer('suite-usage', [plan('metered', [CALLS], 'calls')]),
]

test('each item gets what Microsoft calls it; retired plans call nothing', () => {
  expect(valuesOf(offers, { offer: 'o', plan: 'p', dimension: 'd' })).toEqual([
    { parameter: 'o', itemId: CALLS, value: 'suite-usage' },
    { parameter: 'p', itemId: CALLS, value: 'metered' },
    { parameter: 'd', itemId: CALLS, value: 'calls' },
    { parameter: 'o', itemId: SEAT, value: 'suite' },
    { parameter: 'p', itemId: SEAT, value: 'business,team' },
  ])
})

test('where plan and dimension share a parameter, a metered item is called by its dimension', () => {
  expect(valuesOf(offers, { plan: 'p', dimension: 'p' })).toEqual([
    { parameter: 'p', itemId: CALLS, value: 'calls' },
    { parameter: 'p', itemId: SEAT, value: 'business,team' },
  ])
})

test('once written nothing is left to write, and values nobody asked about are never touched', () => {
  const value = fc.record({
    parameter: fc.constantFrom('a', 'b'),
    itemId: fc.constantFrom('1', '2', '3'),
    value: fc.constantFrom('x', 'y'),
  })
  const values = fc.uniqueArray(value, { selector: ({ parameter, itemId }) => parameter + itemId })
  const written = (present: readonly ItemValue[], change: readonly ItemValue[]) => [
    ...present.filter(({ parameter, itemId }) => !change.some((one) => one.parameter === parameter && one.itemId === itemId)),
    ...change,
  ]
  fc.assert(
    fc.property(values, values, (wanted, present) => {
      const change = differing(wanted, present)
      expect(differing(wanted, written(present, change))).toEqual([])
      for (const { parameter, itemId } of change)
        expect(wanted.some((one) => one.parameter === parameter && one.itemId === itemId)).toBe(true)
    }),
  )
})
