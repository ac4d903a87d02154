/** What a new version of a product is told as, and what accepting it makes of the offers. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { UnmappedPlan } from './difference.ts'
import { product, seats, usage } from './facts.fixture.ts'
import type { ItemFacts, ProductFacts } from './facts.ts'
import type { OfferProposal } from './offer.ts'
import { offersFor } from './offers-for.ts'
import { acceptedOffers } from './resync-accept.ts'
import { isOpen, resyncReport } from './resync-report.ts'
import { defaultSettings } from './settings.ts'

const live = (items: readonly ItemFacts[]): readonly OfferProposal[] =>
  offersFor(product(items)).offers.map((offer) => ({ ...offer, made: true, plans: offer.plans.map((plan) => ({ ...plan, made: true })) }))

const look = (
  stored: readonly OfferProposal[],
  before: ProductFacts | undefined,
  now: ProductFacts,
  unmapped: readonly UnmappedPlan[] = [],
) => {
  const next = offersFor(now, { ...defaultSettings, known: stored }).offers
  return { before, now, stored, next, unmapped }
}
const told = (...args: Parameters<typeof look>) => resyncReport(look(...args)).map(({ kind, deed }) => [kind, deed])

test('a product that grows from one to several Pay-as-you-go items is told, and accepting keeps the old plan with its flat fee beside the new one', () => {
  const stored = live([usage(1)])
  const seen = look(stored, product([usage(1)]), product([usage(1), usage(2)]))
  expect(resyncReport(seen).map(({ sentence }) => sentence)).toEqual([
    'New: Item 2 (PRD-100-200-300-0002), to be sold by planner / pay-as-you-go.',
    'New plan planner / pay-as-you-go, of PRD-100-200-300-0001, PRD-100-200-300-0002.',
  ])
  expect(resyncReport(seen)[1]?.meaning).toContain('Who has item-1 keeps it with its flat fee')
  const [offer] = acceptedOffers(seen, { retire: false }).offers
  expect(offer?.plans.map(({ id, made, items }) => [id, made, items.map(({ dimension }) => dimension)])).toEqual([
    ['item-1', true, [undefined]],
    ['pay-as-you-go', false, ['item-1', 'item-2']],
  ])
})

test('what the vendor retires goes on selling until somebody retires its plan; then nothing is left to do', () => {
  const [before, now] = [product([seats(1), seats(2)]), product([seats(1), seats(2, { status: 'endofsale' })])]
  const stored = live(before.items)
  expect(told(stored, before, now)).toEqual([
    ['retiredItem', 'accept'],
    ['planToRetire', 'decide'],
  ])
  expect(acceptedOffers(look(stored, before, now), { retire: false }).changed).toEqual([])
  expect(told(stored, now, now)).toEqual([['planToRetire', 'decide']])
  const { offers, changed } = acceptedOffers(look(stored, now, now), { retire: true })
  expect(changed.map(({ plan }) => [plan.id, plan.content.retired])).toEqual([['item-2', true]])
  expect(told(offers, now, now)).toEqual([])
})

test('a retired item among the dimensions of a plan is told once and stays in it', () => {
  const [before, now] = [product([usage(1), usage(2)]), product([usage(1), usage(2, { status: 'endofsale' })])]
  const stored = live(before.items)
  expect(told(stored, before, now)).toEqual([['retiredItem', 'accept']])
  const { offers } = acceptedOffers(look(stored, before, now), { retire: true })
  expect(offers.map(({ plans }) => plans)).toEqual(stored.map(({ plans }) => plans))
  expect(told(offers, now, now)).toEqual([])
})

test('a name nobody changed follows the vendor’s, ids and chosen names stay', () => {
  const before = product([seats(1, { name: 'Team' }), seats(2, { name: 'Gold' })])
  const now = product([seats(1, { name: 'Crew' }), seats(2, { name: 'Diamond' })])
  const stored = live(before.items).map((offer) => ({
    ...offer,
    plans: offer.plans.map((plan) => (plan.id === 'gold' ? { ...plan, name: 'Our best' } : plan)),
  }))
  expect(told(stored, before, now)).toEqual([
    ['itemRenamed', 'accept'],
    ['itemRenamed', 'accept'],
  ])
  const { changed, offers } = acceptedOffers(look(stored, before, now), { retire: false })
  expect(changed.map(({ plan }) => [plan.id, plan.name])).toEqual([['team', 'Crew']])
  expect(offers[0]?.plans.map(({ id, name }) => [id, name])).toEqual([
    ['team', 'Crew'],
    ['gold', 'Our best'],
  ])
})

test.each([
  ['another period', { period: 'Yearly' }, 'has another period: Yearly, no longer Monthly'],
  ['another precision', { precision: 'Decimal(2)' }, 'has another precision: Decimal(2), no longer Integer'],
  ['another unit', { unit: 'Desks' }, 'has another unit: Desks, no longer Seats'],
  [
    'a commitment',
    { commitment: { multiplier: 'billing_period', count: 12 } },
    'has another commitment: 12 × billing_period, no longer none',
  ],
])('%s of an item that is sold is told, and its plan is left as it is', (_what, wish, words) => {
  const [before, now] = [product([seats(1)]), product([seats(1, wish)])]
  const stored = live(before.items)
  expect(resyncReport(look(stored, before, now)).map(({ sentence }) => sentence)).toEqual([expect.stringContaining(words)])
  expect(acceptedOffers(look(stored, before, now), { retire: true }).offers).toEqual(stored)
})

test('texts the vendor reworded are told and ask nobody; a plan nobody mapped, and a hidden product, do', () => {
  const before = product([seats(1)])
  const stored = live(before.items)
  expect(isOpen(resyncReport(look(stored, before, { ...before, summary: 'Plans more.' })))).toBe(false)
  const plan: UnmappedPlan = { offerId: 'planner', planId: 'x', name: 'x', like: undefined, reasons: [] }
  expect(told(stored, before, before, [plan])).toEqual([['planUnmapped', 'decide']])
  expect(resyncReport({ ...look(stored, before, before), now: undefined }).map(({ kind }) => kind)).toEqual(['productHidden'])
})

const anItem = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  isSeats: fc.boolean(),
  status: fc.constantFrom('published' as const, 'endofsale' as const, 'draft' as const),
  name: fc.constantFrom('Team', 'Gold', 'Solo'),
  period: fc.constantFrom('Monthly', 'Yearly', 'OneTime'),
})
const items = fc
  .uniqueArray(anItem, { selector: ({ number }) => number, maxLength: 4 })
  .map((all) => all.map(({ number, isSeats, ...wish }) => (isSeats ? seats(number, wish) : usage(number, wish))))

test('whatever a vendor does, accepting leaves what only a person decides, takes no plan away, and a second look tells nothing new', () => {
  fc.assert(
    fc.property(items, items, (first, second) => {
      const [before, now] = [product(first), product(second)]
      const stored = live(first)
      const { offers } = acceptedOffers(look(stored, before, now), { retire: false })
      for (const offer of stored)
        for (const plan of offer.plans) {
          const kept = offers.find(({ id }) => id === offer.id)?.plans.find(({ id }) => id === plan.id)
          expect(kept?.items).toEqual(plan.items)
          expect(kept?.content.retired).toBe(plan.content.retired)
        }
      expect(resyncReport(look(offers, now, now)).filter(({ deed }) => deed === 'accept')).toEqual([])
    }),
  )
})
