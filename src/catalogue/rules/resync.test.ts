/** What happens to offers that stand when the product, or Microsoft's side, changes. */
import { expect, test } from 'vitest'
import { product, seats, usage } from './facts.fixture.ts'
import type { ItemFacts } from './facts.ts'
import { importOffers } from './import-offers.ts'
import type { OfferProposal } from './offer.ts'
import { offersFor } from './offers-for.ts'
import { placementOf } from './placement.ts'
import { resync } from './resync.ts'
import { defaultSettings } from './settings.ts'

const live = (items: readonly ItemFacts[]): readonly OfferProposal[] =>
  offersFor(product(items)).offers.map((offer) => ({ ...offer, made: true, plans: offer.plans.map((plan) => ({ ...plan, made: true })) }))
const again = (stored: readonly OfferProposal[], items: readonly ItemFacts[]) => {
  const next = offersFor(product(items), { ...defaultSettings, known: stored })
  return { ...next, changes: resync(stored, product(items), next.offers) }
}

test('a product that grows from one to several Pay-as-you-go items gets a new plan; the old plan keeps its flat fee', () => {
  const stored = live([usage(1)])
  const { offers, changes, problems } = again(stored, [usage(1), usage(2)])
  const [old, fresh] = offers[0]?.plans ?? []
  expect(old).toEqual(stored[0]?.plans[0])
  expect(fresh?.items.map(({ dimension }) => dimension)).toEqual(['item-1', 'item-2'])
  expect(fresh?.id).toBe('pay-as-you-go')
  expect(changes).toEqual([
    { kind: 'newItem', itemId: 'PRD-100-200-300-0002', name: 'Item 2', plans: ['planner / pay-as-you-go'] },
    { kind: 'newPlan', plan: 'planner / pay-as-you-go', items: ['PRD-100-200-300-0001', 'PRD-100-200-300-0002'] },
  ])
  expect(problems.map(({ code }) => code)).toContain('NEW_PLAN_FOR_ITEMS')
})

test('a new Reservation item is a new plan, a retired one a plan to retire, and one that is gone is told', () => {
  const stored = live([seats(1), seats(2), seats(3)])
  const { changes } = again(stored, [seats(1), seats(2, { status: 'endofsale' }), seats(4)])
  expect(changes).toEqual([
    { kind: 'newItem', itemId: 'PRD-100-200-300-0004', name: 'Item 4', plans: ['planner / item-4'] },
    { kind: 'retiredItem', itemId: 'PRD-100-200-300-0002', name: 'Item 2', plans: ['planner / item-2'] },
    { kind: 'lostItem', itemId: 'PRD-100-200-300-0003', plans: ['planner / item-3'] },
    { kind: 'planToRetire', plan: 'planner / item-2' },
    { kind: 'planToRetire', plan: 'planner / item-3' },
    { kind: 'newPlan', plan: 'planner / item-4', items: ['PRD-100-200-300-0004'] },
  ])
})

test('the same product again changes nothing', () => {
  const items = [seats(1), seats(2), usage(3), usage(4)]
  expect(again(live(items), items).changes).toEqual([])
})

test('an offer made by hand is matched with the items by name, id and term, and says how sure it is', () => {
  const facts = product([
    seats(1, { name: 'Team', mpn: 'TEAM-M' }),
    seats(2, { name: 'Team', period: 'Yearly', mpn: 'TEAM-Y' }),
    seats(3, { name: 'Solo' }),
  ])
  const plan = (planId: string, name: string, terms: readonly string[]) => ({ planId, name, terms, dimensions: [] })
  const plans = [
    plan('team-y', 'Team', ['1 year']),
    plan('solo', 'Solo', ['1 month']),
    plan('x', 'Team', []),
    plan('other', 'Enterprise', []),
  ]
  expect(
    importOffers([{ offerId: 'planner', pricingModel: 'perUser', plans }], facts).map(({ planId, itemId, confidence }) => [
      planId,
      itemId?.slice(-4),
      confidence,
    ]),
  ).toEqual([
    ['team-y', '0002', 'sure'],
    ['solo', '0003', 'sure'],
    ['x', '0001', 'unsure'],
    ['other', undefined, 'unsure'],
  ])
})

test.each([
  ['seats per month', [seats(1)], ['AppSource', 'Azure Marketplace']],
  ['two years', [seats(1, { period: 'years_2' })], ['Azure Marketplace']],
  ['a year paid monthly', [seats(1, { commitment: { multiplier: 'billing_period', count: 12 } })], ['Azure Marketplace']],
  ['metered', [usage(1), usage(2)], ['Azure Marketplace']],
])('where an offer is sold follows from what it sells: %s', (_, items, stores) => {
  const [offer] = offersFor(product(items)).offers
  const placement = offer && placementOf(offer)
  expect(placement?.stores).toEqual(stores)
  expect(placement?.reasons).not.toEqual([])
})
