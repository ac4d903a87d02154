import { expect, test } from 'vitest'
import { planList } from './plan.ts'

/** The sample of the Partner Center docs, List available plans. */
const sample = {
  plans: [
    {
      planId: 'Platinum001',
      displayName: 'Private platinum plan for Contoso',
      isPrivate: true,
      description: 'plan description',
      minQuantity: 5,
      maxQuantity: 100,
      hasFreeTrials: false,
      isPricePerSeat: true,
      isStopSell: false,
      market: 'US',
      planComponents: {
        recurrentBillingTerms: [
          {
            currency: 'USD',
            price: 1,
            termUnit: 'P1M',
            termDescription: 'term description',
            meteredQuantityIncluded: [{ dimensionId: 'Dimension001', units: 'Unit001' }],
          },
        ],
        meteringDimensions: [
          {
            id: 'MeteringDimension001',
            currency: 'USD',
            pricePerUnit: 1,
            unitOfMeasure: 'unitOfMeasure001',
            displayName: 'unit of measure',
          },
        ],
      },
      sourceOffers: [{ externalId: '6a8f0a4c-7a1f-4c52-bb4a-1f6e4a0a2c11' }],
    },
  ],
}

test('plans are read whole from the sample of the docs', () => {
  expect(planList.parse(sample)).toEqual([
    expect.objectContaining({
      planId: 'Platinum001',
      isPrivate: true,
      minQuantity: 5,
      isPricePerSeat: true,
      billingTerms: [expect.objectContaining({ termUnit: 'P1M', included: [{ dimensionId: 'Dimension001', units: 'Unit001' }] })],
      dimensions: [expect.objectContaining({ id: 'MeteringDimension001', pricePerUnit: 1 })],
      sourceOfferIds: ['6a8f0a4c-7a1f-4c52-bb4a-1f6e4a0a2c11'],
    }),
  ])
})

test('a plan needs no more than its id, and no plans at all is an empty list', () => {
  expect(planList.parse({ plans: [{ planId: 'silver', planComponents: null, minQuantity: null }] })).toMatchObject([
    { planId: 'silver', minQuantity: undefined, billingTerms: [], dimensions: [], sourceOfferIds: [] },
  ])
  expect([planList.parse({}), planList.parse(undefined)]).toEqual([[], []])
})
