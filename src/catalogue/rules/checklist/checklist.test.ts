import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wantedOffer } from '../../../../test/helpers/wanted-offers.ts'
import { isJsonObject, type Json } from '../../../kit/json.ts'
import { isNothing } from '../resources/alike.ts'
import { wantedAt } from '../resources/claim.ts'
import { desiredResources } from '../resources/desired.ts'
import { checklistOf } from './checklist.ts'
import { typed } from './items.ts'

const endpoints = { landingPage: 'https://bridge.example/start', webhook: 'https://bridge.example/notification' }

test('whatever an offer holds, each text, number and address of it stands in a field of its own, or in one with its like', () => {
  fc.assert(
    fc.property(wantedOffer, (offer) => {
      const fields = checklistOf(offer, endpoints)
      const all = fields.map(({ value, field, note }) => `${field} ${value ?? ''} ${note ?? ''}`.toLowerCase()).join('\n')
      const written = desiredResources(offer, undefined)
        .flatMap(({ claims }) => claims)
        .filter(({ field }) => !['File', 'File name in Partner Center'].includes(field))
        .flatMap((claim) => leaves(wantedAt({}, claim)))
      for (const leaf of written) expect(all).toContain(leaf.toLowerCase())
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length)
    }),
    { numRuns: 40 },
  )
})

/** Texts and numbers; the words the API has for a choice are shown as Partner Center has them. */
function leaves(value: Json | undefined): readonly string[] {
  if (value === undefined || isNothing(value) || typeof value === 'boolean') return []
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item))
  if (!isJsonObject(value)) return CHOICES.test(String(value)) ? [] : [String(value)]
  return Object.entries(value).flatMap(([name, member]) => (['type', 'billingTerm', 'paymentOption'].includes(name) ? [] : leaves(member)))
}
const CHOICES =
  /^(none|all|some|standardMicrosoft|custom|allMarkets|allTaxRemittedMarkets|customMarkets|perUser|flatRate|usd|perMarket|visible|hidden|public|private|generallyAvailable|deprecated|email|httpsEndpoint|table|marketo)$/

test('what is typed by itself is a field by itself, with the value to copy and nothing else in it', () => {
  const month = { type: 'month', value: 1 }
  const year = { type: 'year', value: 1 }
  expect(
    typed([
      { billingTerm: month, paymentOption: month, pricePerPaymentInUsd: 12 },
      { billingTerm: year, paymentOption: month, pricePerPaymentInUsd: 10 },
    ]),
  ).toEqual([
    { more: '1 month', value: '12', note: 'US dollars, for one payment' },
    { more: '1 year, paid every 1 month', value: '10', note: 'US dollars, for one payment' },
  ])
  expect(typed([{ billingTerm: month, prices: [{ currency: 'eur', markets: ['de', 'at'], price: 8.5 }] }])).toEqual([
    { more: '1 month, DE, AT', value: '8.5', note: 'EUR' },
  ])
  expect(
    typed([
      { billingTerm: month, quantity: 10 },
      { billingTerm: year, isInfinite: true },
    ]),
  ).toMatchObject([
    { more: '1 month', value: '10' },
    { more: '1 year', value: 'Unlimited' },
  ])
  expect(typed([{ displayText: 'First steps', link: 'https://x.example' }])).toMatchObject([
    { more: 'title', value: 'First steps' },
    { more: 'URL', value: 'https://x.example' },
  ])
  expect(
    typed([
      { type: 'tenant', id: 'a', label: 'Woodgrove' },
      { type: 'tenant', id: 'b' },
    ]),
  ).toEqual([
    { more: '1', value: 'a', note: 'Woodgrove' },
    { more: '2', value: 'b', note: undefined },
  ])
})
