/** A plan Microsoft made for one customer is sold as the plan it was made from, or by nobody. */
import { expect, test } from 'vitest'
import { planId } from '../../kit/ids.ts'
import { type MappedAs, type PrivateOfferSeen, recognize, type ShownPlan } from './source-plan.ts'

const seats = (id: string, wish: Partial<MappedAs> = {}): MappedAs => ({
  ...{ planId: planId.parse(id), name: id, isPerSeat: true, dimensions: [], isSold: true },
  ...wish,
})
const metered = (id: string, ...dimensions: readonly string[]): MappedAs => seats(id, { isPerSeat: false, dimensions })
const shown = (wish: Partial<ShownPlan> = {}): ShownPlan => ({
  ...{ planId: 'team-7f3a', displayName: 'Team for Woodgrove', isPricePerSeat: true, dimensions: [], sourceOfferIds: ['PO-1'] },
  ...wish,
})
const offer = (base: string, wish: Partial<PrivateOfferSeen> = {}): PrivateOfferSeen => ({
  ...{ id: 'po-1', name: 'Woodgrove 2026', isAccepted: true, plans: [{ name: 'Team for Woodgrove', base }] },
  ...wish,
})

test('the private offer Microsoft tells with the plan says what it was made from', () => {
  expect(recognize(shown(), [seats('basic'), seats('team')], [offer('team')])).toEqual({
    base: 'team',
    like: 'team',
    sources: [{ id: 'PO-1', name: 'Woodgrove 2026' }],
    reasons: ['It comes from the private offer “Woodgrove 2026” (PO-1).', 'It was made from the plan team.'],
  })
})

test('where Microsoft tells no source, an accepted private offer with a plan of that name is it, and one nobody accepted is not', () => {
  const quiet = shown({ sourceOfferIds: [] })
  const plans = [seats('basic'), seats('team')]
  expect(recognize(quiet, plans, [offer('team')])).toMatchObject({ base: 'team', sources: [{ id: 'po-1' }] })
  expect(recognize(quiet, plans, [offer('team', { isAccepted: false })])).toMatchObject({ base: undefined, sources: [] })
})

test('two private offers that name different bases decide nothing', () => {
  const offers = [offer('team'), offer('basic', { id: 'po-2' })]
  expect(recognize(shown({ sourceOfferIds: [] }), [seats('basic'), seats('team')], offers)).toMatchObject({ base: undefined })
})

test.each([
  ['the one plan of its name', shown({ displayName: 'TEAM ' }), [seats('basic'), seats('team', { name: 'Team' })], 'team'],
  ['the one plan there is', shown(), [seats('only')], 'only'],
  [
    'the one plan that meters the same',
    shown({ isPricePerSeat: false, dimensions: [{ id: 'calls' }] }),
    [metered('flat'), metered('payg', 'calls')],
    'payg',
  ],
  ['nothing, of two alike', shown(), [seats('basic'), seats('team')], undefined],
  ['nothing of another pricing model', shown(), [metered('flat')], undefined],
  ['nothing that is no longer sold', shown(), [seats('only', { isSold: false })], undefined],
  ['nothing that does not meter it', shown({ isPricePerSeat: false, dimensions: [{ id: 'calls' }] }), [metered('flat')], undefined],
])('without Partner Center, a plan that tells its private offer is taken for %s', (_what, plan, known, base) => {
  expect(recognize(plan, known, []).base).toBe(base)
})

test('a plan made by hand, of no private offer, is only likened: a person maps it', () => {
  expect(recognize(shown({ sourceOfferIds: [], displayName: 'team' }), [seats('basic'), seats('team')], [])).toMatchObject({
    base: undefined,
    like: 'team',
  })
})
