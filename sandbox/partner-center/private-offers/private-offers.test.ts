import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sent, startPartnerCenter, type TestPartnerCenter, uri } from '../testing.ts'
import { billingAccounts } from './billing-accounts.ts'

let center: TestPartnerCenter
beforeAll(async () => {
  center = await startPartnerCenter()
})
beforeEach(() => center.sandbox.reset())
afterAll(() => center.stop())

const world = () => center.sandbox.worlds.partnerCenter
const account = () => billingAccounts().find(({ name }) => name === 'Woodgrove Bank') ?? expect.fail()
const offer = (change: Sent): Sent => ({
  ...{ $schema: uri('private-offer', '2023-07-15'), resourceName: 'offer', name: 'Woodgrove 2026', state: 'live' },
  ...{ privateOfferType: 'customerPromotion', variableStartDate: true, end: '2027-06-30', acceptBy: '2026-06-15' },
  ...{ offerPricingType: 'editExistingOfferPricingOnly', beneficiaries: [{ id: account().id }] },
  pricing: [
    { product: { externalId: 'larkspur-notes' }, plan: { externalId: 'team' }, discountType: 'percentage', discountPercentage: 50 },
  ],
  ...change,
})
const send = (...resources: readonly Sent[]) => center.configure(resources, '2022-07-01')
const guid = () => world().privateOffers()[0]?.guid ?? expect.fail('no private offer')
const read = async () => (await center.call('GET', `private-offer/${guid()}`, undefined, '2023-07-15')).json

test('a discount is sent, accepted by the customer, and shown on the subscription by its source', async () => {
  expect((await send(offer({ state: 'draft' }))).result).toBe('succeeded')
  expect((await send({ ...offer({}), id: `private-offer/${guid()}` })).result).toBe('succeeded')
  expect(await read()).toMatchObject({ state: 'live', subState: 'pendingAcceptance', acceptanceLinks: [{ beneficiaryId: account().id }] })
  world().accept(guid())
  expect(await read()).toMatchObject({ subState: 'accepted', eTag: expect.stringMatching(/^".+"$/) })
  expect((await send({ ...offer({ state: 'withdrawn' }), id: `private-offer/${guid()}` })).causes).toEqual([
    'A private offer that has been accepted cannot be changed.',
  ])
  const sold = center.sandbox.worlds.marketplace.offers().find(({ offerId }) => offerId === 'larkspur-notes')?.plans[0]
  expect(sold?.deals).toMatchObject([
    {
      privateOfferId: guid(),
      tenantId: account().tenantId,
      terms: [
        { unit: 'P1M', price: 3 },
        { unit: 'P1Y', price: 36 },
      ],
    },
  ])
})

test('a customized plan can be bought by its customer alone, once accepted, under an id nobody chose', async () => {
  const price = {
    $schema: uri('price-and-availability-private-offer-plan', '2023-07-15'),
    ...{ resourceName: 'price', product: { externalId: 'larkspur-notes' }, plan: { externalId: 'team' } },
    pricing: {
      recurrentPrice: { recurrentPriceMode: 'perUser', prices: [{ billingTerm: { type: 'year', value: 1 }, pricePerPaymentInUsd: 40 }] },
    },
  }
  const line = {
    ...{ product: { externalId: 'larkspur-notes' }, basePlan: { externalId: 'team' }, discountType: 'absolute' },
    ...{ priceDetails: { resourceName: 'price' }, newPlanDetails: { name: 'Team for Woodgrove', description: 'Yearly.' } },
  }
  expect(await send(price, offer({ offerPricingType: 'saasNewCustomizedPlans', pricing: [line] }))).toMatchObject({
    result: 'succeeded',
    causes: [],
  })
  world().accept(guid())
  const { marketplace } = center.sandbox.worlds
  const planId = `team-${guid().slice(0, 8)}`
  const order = { offerId: 'larkspur-notes', planId, quantity: 5, termUnit: 'P1Y' as const }
  expect(marketplace.purchase({ ...order, buyer: 'priya' }).subscriptionId).toMatch(/-/)
  expect(() => marketplace.purchase({ ...order, buyer: 'mara' })).toThrow(`there is no plan ${planId}`)
})

test.each([
  ['a date that is past', { acceptBy: '2026-05-01' }, 'The accept by date is in the past.'],
  ['an end in the middle of a month', { end: '2027-06-15' }, 'The end date must be the last day of a month.'],
  [
    'no discount',
    {
      pricing: [
        { product: { externalId: 'larkspur-notes' }, plan: { externalId: 'team' }, discountType: 'percentage', discountPercentage: 0 },
      ],
    },
    'The discount must be at least 0.01 percent.',
  ],
  [
    'a plan nobody sells',
    {
      pricing: [
        { product: { externalId: 'larkspur-notes' }, plan: { externalId: 'gold' }, discountType: 'percentage', discountPercentage: 5 },
      ],
    },
    'The plan {"externalId":"gold"} was not found.',
  ],
  ['a new one that is withdrawn', { state: 'withdrawn' }, 'A new private offer cannot be withdrawn.'],
])('%s is refused', async (_what, change, message) => {
  expect((await send(offer(change))).causes).toEqual([message])
  expect(world().privateOffers()).toEqual([])
})

test('a live one is withdrawn with little more than its id, and can be sent again', async () => {
  await send(offer({}))
  const id = `private-offer/${guid()}`
  const { $schema } = offer({})
  expect((await send({ $schema, id, name: 'Woodgrove 2026', privateOfferType: 'customerPromotion', state: 'withdrawn' })).result).toBe(
    'succeeded',
  )
  expect(await read()).toMatchObject({ state: 'withdrawn', pricing: [{ productName: 'Larkspur Notes', planName: 'Team' }] })
  expect((await send({ ...offer({}), id })).result).toBe('succeeded')
})
