import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { example, type Sent, startPartnerCenter, type TestPartnerCenter, uri } from './testing.ts'
import { createRequestReader } from './validate-request.ts'

const P3 = '2022-03-01-preview3'
const P = 'product/7b6d1c52-0f6e-4c0a-9a53-2d41a8f0e713'
const of = (type: string, body: Sent, version = P3): Sent => ({ $schema: uri(type, version), ...body })
const submission = (body: Sent, version = '2022-03-01-preview2') => of('submission', { product: P, ...body }, version)
const price = (body: Sent) =>
  of(
    'price-and-availability-plan',
    { product: P, plan: 'plan/7b6d1c52/1', visibility: 'visible', audience: 'public', ...body },
    '2022-03-01-preview4',
  )

const { read } = createRequestReader()
const send = (resource: Sent, envelope = uri('configure', '2022-03-01-preview2')) =>
  read({ $schema: envelope, resources: [resource] }, undefined)

describe('requests in the documented shapes are taken', () => {
  test.each([
    'b-configure-create-flat-rate-three-meters',
    'c-configure-per-user-pricing-usd-and-per-market',
    'd1-configure-publish-preview',
    'd3-configure-publish-live',
    'f1-configure-private-offer-percentage',
    'f2-configure-private-offer-new-customized-plan',
    'f4-configure-private-offer-withdraw',
    'g-configure-customer-leads-https',
    'h-configure-update-private-audiences',
  ])('%s', (name) => {
    const body = example(name)
    expect(read(body, undefined)).toMatchObject({ resources: body.resources.map(() => expect.anything()) })
  })
})

describe('requests that no schema allows are refused as a whole, in the validator’s words', () => {
  const cases: readonly (readonly [string, Sent, string])[] = [
    ['no visibility', price({ visibility: undefined }), 'Required properties ["visibility"] were not present #'],
    ['no audience', price({ audience: undefined }), 'Required properties ["audience"] were not present #'],
    [
      'an unknown audience',
      price({ audience: 'everybody' }),
      '#/audience: Expected value to match one of the values specified by the enum',
    ],
    [
      'markets beside all markets',
      price({ customerMarkets: 'allMarkets', markets: ['us'] }),
      'Expected value to not match the given schema',
    ],
    [
      'a market in capitals',
      price({ markets: ['US'] }),
      '#/markets/0: The string value was not a match for the indicated regular expression',
    ],
    [
      'a negative price',
      price({ pricing: { recurrentPrice: { prices: [{ billingTerm: { type: 'month', value: 1 }, pricePerPaymentInUsd: -1 }] } } }),
      '#/pricing/recurrentPrice/prices/0/pricePerPaymentInUsd: -1 is not >= 0',
    ],
    ['a term of no length', price({ trial: { type: 'month', value: 0 } }), '#/trial'],
    [
      'an offer id in capitals',
      of('product', { identity: { externalId: 'Fabrikam' }, type: 'softwareAsAService', alias: 'F' }),
      '#/identity/externalId',
    ],
    [
      'an offer id of two letters',
      of('product', { identity: { externalId: 'ab' }, type: 'softwareAsAService', alias: 'F' }),
      '#/identity/externalId',
    ],
    [
      'a plan without alias',
      of('plan', { product: P, identity: { externalId: 'team' } }),
      'Required properties ["alias"] were not present #',
    ],
    ['externalID in capitals', of('plan', { product: { externalID: 'x-1' }, identity: { externalId: 'team' }, alias: 'T' }), '#/product'],
    [
      'thirty-one dimensions',
      of('price-and-availability-custom-meter', {
        product: P,
        customMeters: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`d${n}`, { displayName: 'D', unitOfMeasure: 'x' }])),
      }),
      '#/customMeters: Value has more than 30 properties',
    ],
    [
      'a dimension without unit',
      of('price-and-availability-custom-meter', { product: P, customMeters: { d: { displayName: 'D' } } }),
      '["unitOfMeasure"]',
    ],
    ['a title of 201 letters', of('listing', { product: P, kind: 'azureSaaS', languageId: 'en-us', title: 'x'.repeat(201) }), '#/title'],
    [
      'findings sent back with a closed resource',
      of('listing', { product: P, kind: 'azureSaaS', languageId: 'en-us', validations: [] }),
      '#/validations: All values fail against the false schema',
    ],
    [
      'leads without their configuration',
      of('customer-leads', { product: P, leadDestination: 'httpsEndpoint' }),
      '["httpsEndpointLeadConfiguration"]',
    ],
    [
      'a reason that is null',
      submission({ target: { targetType: 'live' }, deprecationSchedule: { reason: null } }),
      '#/deprecationSchedule/reason: Value is "null" but should be "string"',
    ],
    ['a submission without target', submission({}), 'Required properties ["target"] were not present #'],
    [
      'preview7 without sources',
      submission({ target: { targetType: 'preview' } }, '2022-03-01-preview7'),
      'submission/2022-03-01-preview7: Required properties ["sources"] were not present #',
    ],
    [
      'a live private offer without end',
      of('private-offer', { name: 'N', state: 'live', privateOfferType: 'customerPromotion', variableStartDate: true }, '2023-07-15'),
      '["end"]',
    ],
    [
      'a discount without percentage',
      of('private-offer', { name: 'N', state: 'draft', pricing: [{ product: P, discountType: 'percentage' }] }, '2023-07-15'),
      '["discountPercentage"]',
    ],
  ]
  test.each(cases)('%s', (_what, resource, text) => {
    const answer = send(resource)
    expect(answer).toMatchObject({
      refusal: {
        code: 'badRequest',
        message: 'Invalid configuration: schema validation failed',
        details: [{ code: 'schemaValidationError', message: expect.stringContaining(text) }],
      },
    })
  })
})

describe('schemas nobody serves any more are refused by name', () => {
  test.each([
    [
      'the old host',
      uri('configure', '2022-03-01-preview2').replace('schema.mp.microsoft.com', 'product-ingestion.azureedge.net'),
      undefined,
      'Schema https://product-ingestion.azureedge.net/schema/configure/2022-03-01-preview2 could not be accessed',
    ],
    [
      'an unknown version',
      undefined,
      of('plan', {}, '2022-03-01-preview4'),
      'Schema https://schema.mp.microsoft.com/schema/plan/2022-03-01-preview4 could not be found',
    ],
    [
      'an unknown type',
      undefined,
      of('price-list', {}),
      'Schema https://schema.mp.microsoft.com/schema/price-list/2022-03-01-preview3 could not be found',
    ],
  ])('%s', (_what, envelope, resource, message) => {
    expect(send(resource ?? submission({ target: { targetType: 'preview' } }), envelope)).toEqual({
      refusal: { code: 'badRequest', message, details: [] },
    })
  })
})

describe('over the wire', () => {
  let center: TestPartnerCenter
  beforeAll(async () => {
    center = await startPartnerCenter()
  })
  beforeEach(() => center.sandbox.reset())
  afterAll(() => center.stop())

  test('lists come in pages whose links are absolute, and nothing is left out or doubled', async () => {
    const seen: string[] = []
    let path: string | undefined = 'product?type=softwareAsAService&$maxpagesize=2'
    while (path !== undefined) {
      const { json }: { json: unknown } = await center.call('GET', path)
      const page = json as { value: { id: string }[]; '@nextLink'?: string }
      seen.push(...page.value.map(({ id }) => id))
      const next: string | undefined = page['@nextLink']
      if (next) expect(next.startsWith(`${center.sandbox.urls.ingestion}/product?`)).toBe(true)
      path = next?.slice(center.sandbox.urls.ingestion.length + 1)
    }
    expect([seen.length, new Set(seen).size]).toEqual([6, 6])
  })

  test('under a ceiling above all previews, submissions come as preview7; private offers refuse the old ceilings', async () => {
    const guid = center.sandbox.worlds.partnerCenter.product('larkspur-notes').guid
    const schemas = async (version: string) =>
      ((await center.call('GET', `submission/${guid}`, undefined, version)).json as { value: { $schema: string }[] }).value.map(
        (row) => row.$schema,
      )
    expect(await schemas('2022-03-01-preview5')).toContain(uri('submission', '2022-03-01-preview2'))
    expect(await schemas('2022-07-01')).toContain(uri('submission', '2022-03-01-preview7'))
    const old = await center.call('GET', 'private-offer/query', undefined, P3)
    expect([old.status, old.json]).toEqual([400, { error: { code: 'badRequest', message: `${P3} is a deprecated schema`, details: [] } }])
  })

  test('what is uncertain can be had both ways: $version compulsory, resources newer than it refused', async () => {
    const { partnerCenter } = center.sandbox.worlds
    partnerCenter.setOptions({ newerThanCeiling: 'refused' })
    const leads = example('g-configure-customer-leads-https')
    expect((await center.call('POST', 'configure', leads, '2022-03-01-preview2')).text).toContain('is newer than the $version')
    expect((await center.call('POST', 'configure', leads)).status).toBe(202)
    partnerCenter.setOptions({ appRole: 'none' })
    expect((await center.call('GET', 'product')).status).toBe(403)
  })
})
