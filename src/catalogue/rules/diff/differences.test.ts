import { describe, expect, test } from 'vitest'
import { offerId, planId } from '../../../kit/ids.ts'
import type { JsonObject } from '../../../kit/json.ts'
import { type IngestionResource, schemaOf } from '../../../microsoft/index.ts'
import { offerContent } from '../../../tenants/model/offer-content.ts'
import { planContent } from '../../../tenants/model/plan-content.ts'
import { offerTree } from '../resources/tree.ts'
import type { WantedOffer } from '../resources/wanted.ts'
import { differencesOf } from './differences.ts'
import { foreignEdits } from './foreign-edits.ts'

const res = (type: string, id: string, body: JsonObject): IngestionResource => ({
  $schema: schemaOf({ type, version: '2022-03-01-preview3' }),
  id: `${type}/${id}`,
  ...body,
})
const goldPrice = (price: number, trial: JsonObject | null = null) =>
  res('price-and-availability-plan', 'p/g', {
    plan: 'plan/p/g',
    visibility: 'visible',
    audience: 'public',
    trial,
    pricing: {
      recurrentPrice: {
        recurrentPriceMode: 'perUser',
        priceInputOption: 'usd',
        prices: [{ billingTerm: { type: 'month', value: 1 }, paymentOption: { type: 'month', value: 1 }, pricePerPaymentInUsd: price }],
      },
    },
  })
const tree = (...more: readonly IngestionResource[]) => [
  res('product', 'p', { identity: { externalId: 'larkspur-notes' }, type: 'softwareAsAService', alias: 'Larkspur Notes' }),
  res('commercial-marketplace-setup', 'p', { sellThroughMicrosoft: true }),
  res('property', 'p', { kind: 'azureSaaS', categories: { a: ['b'] }, termsConditions: 'standardMicrosoft' }),
  res('plan', 'p/g', { identity: { externalId: 'gold' }, alias: 'Gold' }),
  ...more,
]
const wanted = (plan: object, content: object = {}): WantedOffer => ({
  offerId: offerId.parse('larkspur-notes'),
  name: 'Larkspur Notes',
  content: offerContent.parse({ pricingModel: 'perUser', ...content }),
  technical: undefined,
  files: { logo: undefined, screenshots: [], documents: [] },
  plans: [{ planId: planId.parse('gold'), name: 'Gold', content: planContent.parse(plan) }],
  newLeadSecret: false,
})

describe('the plan', () => {
  test('tells a new figure before publication as something the bridge writes', () => {
    const differences = differencesOf(
      wanted({ terms: [{ term: '1 month', payment: 'monthly', price: 9 }] }),
      offerTree(tree(goldPrice(7.5))),
      undefined,
    )
    expect(differences).toMatchObject([
      {
        planId: 'gold',
        field: 'Terms and prices',
        before: '1 month: 7.5 USD each 1 month',
        after: '1 month: 9 USD each 1 month',
        by: 'api',
      },
    ])
  })

  test('tells a new figure of a published plan as the portal’s, and writes nothing', () => {
    const all = offerTree(tree(goldPrice(7.5)))
    expect(differencesOf(wanted({ terms: [{ term: '1 month', payment: 'monthly', price: 9 }] }), all, all)).toMatchObject([
      {
        planId: 'gold',
        field: 'Price for 1 month',
        before: '1 month: 7.5 USD each 1 month',
        after: '1 month: 9 USD each 1 month',
        by: 'portal',
      },
    ])
  })

  test('tells what Microsoft allows nobody any more', () => {
    const all = offerTree(tree(goldPrice(7.5, { type: 'month', value: 1 })))
    const plan = { trial: 'none', audience: { kind: 'private', tenants: [] }, terms: [{ term: '1 year', price: 90 }] }
    expect(differencesOf(wanted(plan), all, all).map(({ field, by }) => [field, by])).toEqual([
      ['Terms and prices', 'api'],
      ['Term', 'nobody'],
      ['Free trial', 'nobody'],
      ['Who may buy', 'nobody'],
    ])
  })

  test('shows no secret', () => {
    const leads = { destination: 'table', table: { connectionString: 'Key=hush' } }
    const differences = differencesOf(wanted({}, { leads }), offerTree(tree()), undefined)
    expect(JSON.stringify(differences)).not.toContain('hush')
    expect(differences).toContainEqual(expect.objectContaining({ field: 'Azure table', after: '(secret)' }))
  })

  test('of an offer that is as wanted is empty', () => {
    expect(
      differencesOf(
        wanted({ terms: [{ term: '1 month', payment: 'monthly', price: '7.50' }] }),
        offerTree(tree(goldPrice(7.5))),
        undefined,
      ),
    ).toEqual([])
  })
})

describe('edits of colleagues', () => {
  const published = offerTree(tree(goldPrice(7.5)))
  const edits = (draft: readonly IngestionResource[], written?: readonly IngestionResource[]) =>
    foreignEdits({ draft: offerTree(draft), published, desired: [], written: written && offerTree(written) })

  test('are a changed member, a new plan, a plan that is gone; not what changes by itself', () => {
    const silver = res('plan', 'p/s', { identity: { externalId: 'silver' }, alias: 'Silver' })
    expect(edits([...tree(goldPrice(8)), silver])).toEqual([
      {
        where: 'price-and-availability-plan gold',
        path: ['pricing', 'recurrentPrice', 'prices'],
        before: '1 month: 7.5 USD each 1 month',
        after: '1 month: 8 USD each 1 month',
      },
      { where: 'plan silver', path: [], before: undefined, after: 'new' },
    ])
    expect(edits(tree())).toEqual([{ where: 'price-and-availability-plan gold', path: [], before: 'there', after: undefined }])
    expect(edits(tree(goldPrice(7.5)).map((one) => ({ ...one, validations: [{ code: 'x' }] })))).toEqual([])
  })

  test('are not what we wrote ourselves before', () => {
    expect(edits(tree(goldPrice(8)), tree(goldPrice(8)))).toEqual([])
  })
})
