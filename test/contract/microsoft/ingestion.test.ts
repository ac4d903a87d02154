/** What is said to Partner Center, what our client makes of its answers, and the sandbox's answers: all held against the published schemas and examples. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startPartnerCenter, uri, V } from '../../../sandbox/partner-center/testing.ts'
import type { DraftPricing, PrivateOfferDraft } from '../../../src/catalogue/rules/private-offers/draft.ts'
import { checkGround, type PlanGround } from '../../../src/catalogue/rules/private-offers/ground.ts'
import { draftResources, liveResource, withdrawnResource } from '../../../src/catalogue/rules/private-offers/request.ts'
import { audienceUpdates } from '../../../src/catalogue/rules/resources/audiences.ts'
import { desiredResources } from '../../../src/catalogue/rules/resources/desired.ts'
import { offerTree } from '../../../src/catalogue/rules/resources/tree.ts'
import { writingOf } from '../../../src/catalogue/rules/resources/write.ts'
import { hasCode } from '../../../src/kit/errors/index.ts'
import { configureJobId, partnerCenterProductId } from '../../../src/kit/ids.ts'
import { defaultIngestionVersions, type IngestionResource, ingestionFindings, kindOf, schemaOf } from '../../../src/microsoft/index.ts'
import { carriedOut } from '../../helpers/drafted-offer.ts'
import { scriptedMicrosoft } from '../../helpers/scripted-microsoft.ts'
import { wantedOffer } from '../../helpers/wanted-offers.ts'
import { judgeOf, judgeOfRequests } from './ingestion-schemas.ts'

const RUNS = { numRuns: 60 }
const GUID = '7b6d1c52-0f6e-4c0a-9a53-2d41a8f0e713'
const productId = partnerCenterProductId.parse(GUID)
const exampleText = (name: string): string => readFileSync(`sandbox/partner-center/examples/${name}.json`, 'utf8')
const example = (name: string) => JSON.parse(exampleText(name))

describe('every request about private offers is what the published schemas describe', () => {
  const $schema = schemaOf({ type: 'configure', version: defaultIngestionVersions.configurePrivateOffers })
  const judge = judgeOfRequests()
  const price = fc.constantFrom('0', '7.5', '1200', '0.0001')
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
  const span = fc.constantFrom({ type: 'month', value: 1 }, { type: 'year', value: 1 }, { type: 'year', value: 3 })
  const nameOf = ({ type, value }: { readonly type: string; readonly value: number }) => `${value} ${type}${value === 1 ? '' : 's'}`
  const template = fc.uniqueArray(span, { minLength: 1, selector: nameOf }).map(
    (spans): IngestionResource => ({
      $schema: schemaOf({ type: PRICE, version: '2023-07-15' }),
      ...{ id: `${PRICE}/${GUID}/1`, validations: [], planName: 'Gold', unheardOf: { deep: [1] } },
      pricing: {
        recurrentPrice: {
          ...{ recurrentPriceMode: 'flatRate', priceInputOption: 'usd' },
          prices: spans.map((billingTerm) => ({ billingTerm, paymentOption: billingTerm, pricePerPaymentInUsd: 9 })),
        },
        customMeters: {
          priceInputOption: 'usd',
          meters: {
            mails: {
              pricePerPaymentInUsd: 0.1,
              includedQuantities: spans.map((billingTerm) => ({ billingTerm, quantity: 3, isInfinite: false })),
            },
          },
        },
      },
    }),
  )
  const ground = fc.record({ planId: fc.constantFrom('gold', 'silver'), template: maybe(template) }).map(
    (one): PlanGround => ({
      plan: { offerId: 'larkspur-notes', planId: one.planId },
      ...{ productRef: `product/${GUID}`, planRef: `plan/${GUID}/${one.planId}`, hasTrial: false, template: one.template },
    }),
  )
  const own = fc.record({
    terms: fc.uniqueArray(fc.record({ of: fc.constantFrom('1 month', '1 year', '3 years'), price }), { selector: ({ of }) => of }),
    meters: fc.uniqueArray(fc.record({ of: fc.constant('mails'), price }), { selector: ({ of }) => of }),
  })
  const pricing = fc.oneof(
    fc.constantFrom('0.5', '12.5', '100').map((percentage) => ({ kind: 'discount', plans: [], percentage }) as const),
    own.map((one) => ({ kind: 'ownPrice', plan: { offerId: 'o', planId: 'p' }, ...one }) as const),
    own.map((one) => ({ kind: 'newPlan', plan: { offerId: 'o', planId: 'p' }, name: 'Own', description: 'Theirs.', ...one }) as const),
  )
  const draft: fc.Arbitrary<PrivateOfferDraft> = fc.record({
    name: fc.constantFrom('Northwind 2027', 'Ümläut & Söhne', '日本'),
    billingAccount: fc.constant('b1:c2_2019-05-31'),
    customer: maybe(fc.constant('Northwind Traders')),
    pricing,
    start: maybe(fc.constant('2027-03-01')),
    end: fc.constant('2028-02-29'),
    acceptBy: fc.constant('2027-02-28'),
    preparedBy: maybe(fc.constant('mara@larkspur.example')),
    contacts: fc.subarray(['a@larkspur.example', 'b@larkspur.example']),
    notes: maybe(fc.constant('As agreed.')),
    termsDocument: maybe(fc.constant('https://files.larkspur.example/terms.pdf?sig=x')),
  })

  /** What the plan rules out is refused before anything is made of it. */
  const isPossible = (of: DraftPricing, one: PlanGround): boolean =>
    of.kind === 'discount' || (one.template !== undefined && of.terms.length > 0 && checkGround(of, one).length === 0)

  test('made as drafts, sent, withdrawn', () => {
    fc.assert(
      fc.property(draft, fc.array(ground, { minLength: 1, maxLength: 3 }), (wanted, grounds) => {
        fc.pre(grounds.every((one) => isPossible(wanted.pricing, one)))
        const made = draftResources(wanted, grounds, defaultIngestionVersions)
        const offer = made.find((one) => kindOf(one)?.type === 'private-offer')
        const read = { ...example('f3-private-offer-live-read'), ...offer, resourceName: undefined, validations: [] }
        const { resourceName: _, ...shown } = read
        for (const resources of [made, [liveResource(shown, wanted.termsDocument)], [withdrawnResource(shown)]])
          expect(judge({ $schema, resources: [...resources] })).toEqual([])
      }),
      RUNS,
    )
  })

  test('the example of Microsoft’s, read and sent back', () => {
    const read = example('f3-private-offer-live-read')
    for (const resource of [liveResource(read, undefined), withdrawnResource(read)])
      expect(judge({ $schema, resources: [resource] })).toEqual([])
  })
})
const PRICE = 'price-and-availability-private-offer-plan'

describe('private audiences', () => {
  const $schema = schemaOf({ type: 'configure', version: defaultIngestionVersions.configure })
  const judge = judgeOfRequests()
  const drafted = (wanted: Parameters<typeof desiredResources>[0]) => {
    const first = writingOf(desiredResources(wanted, undefined), undefined, defaultIngestionVersions).resources
    const made = carriedOut([], first)
    return carriedOut(made, writingOf(desiredResources(wanted, undefined), offerTree(made), defaultIngestionVersions).resources)
  }

  test('are changed by requests the schemas describe, of plans alone that buyers see as private, and once', () => {
    fc.assert(
      fc.property(wantedOffer, wantedOffer, (first, second) => {
        const live = offerTree(drafted(first))
        const updates = audienceUpdates(second, live, defaultIngestionVersions)
        if (updates.length > 0) expect(judge({ $schema, resources: [...updates] })).toEqual([])
        for (const { plan } of updates)
          expect(live.find('price-and-availability-plan', live.planIdOf(String(plan)) ?? '')).toMatchObject({ audience: 'private' })
        expect(audienceUpdates(first, live, defaultIngestionVersions)).toEqual([])
      }),
      RUNS,
    )
  })

  test('one tenant comes, another goes: by id, whatever their notes and their case', () => {
    const tree = offerTree([
      { $schema: schemaOf({ type: 'plan', version: '2022-03-01-preview3' }), id: `plan/${GUID}/1`, identity: { externalId: 'gold' } },
      {
        $schema: schemaOf({ type: 'price-and-availability-plan', version: '2022-03-01-preview4' }),
        ...{ id: `price-and-availability-plan/${GUID}/1`, product: `product/${GUID}`, plan: `plan/${GUID}/1`, audience: 'private' },
        privateAudiences: [
          { type: 'tenant', id: 'AAAA' },
          { type: 'tenant', id: 'bbbb', label: 'B' },
          { type: 'subscription', id: 'cccc' },
        ],
      },
    ])
    const [sample] = fc.sample(wantedOffer, 1)
    const [plan] = sample?.plans ?? []
    const tenants = [
      { id: 'aaaa', note: 'A' },
      { id: 'dddd', note: 'D' },
    ]
    const wanted = { plans: plan ? [{ ...plan, content: { ...plan.content, audience: { kind: 'private' as const, tenants } } }] : [] }
    expect(audienceUpdates(wanted, tree, defaultIngestionVersions)).toEqual([
      expect.objectContaining({
        ...{ product: `product/${GUID}`, plan: `plan/${GUID}/1` },
        privateAudiences: { add: [{ type: 'tenant', id: 'dddd', label: 'D' }], remove: [{ type: 'tenant', id: 'bbbb', label: 'B' }] },
      }),
    ])
  })
})

test('versions are configuration: with others, every resource is written in those, and none is named anywhere else', () => {
  const other = '2031-01-01-preview9'
  const versions = Object.fromEntries(Object.keys(defaultIngestionVersions).map((name) => [name, other]))
  fc.assert(
    fc.property(wantedOffer, (wanted) => {
      for (const { $schema } of writingOf(desiredResources(wanted, undefined), undefined, versions).resources)
        expect($schema).toMatch(/\/2031-01-01-preview9$/)
    }),
    RUNS,
  )
})

describe('Microsoft’s examples are read as they stand', () => {
  const answering = async (name: string, status = 200) => (await scriptedMicrosoft(() => ({ status, body: example(name) }))).ingestion
  const job = configureJobId.parse('3c6f0a7e-5b1d-4c2e-9f48-7d6a5b4c3e21')

  test('a tree is given whole, and every resource of it is found by what it is about', async () => {
    const name = 'a-resource-tree-draft-two-per-user-plans'
    const read = await (await answering(name)).readTree(productId, 'draft')
    expect(read?.resources).toEqual(example(name).resources)
    const tree = offerTree(read?.resources ?? [])
    for (const resource of read?.resources ?? []) {
      const place = tree.placeOf(resource)
      if (kindOf(resource)?.type !== 'submission') expect(place && tree.find(place.type, place.key)).toBe(resource)
    }
  })

  test.each([
    ['e1-configure-status-running', { state: 'running', findings: [], endedAt: undefined }],
    ['e2-configure-status-succeeded', { state: 'succeeded', findings: [] }],
    ['e3-configure-status-failed-business-validation', { state: 'failed' }],
    ['e4-configure-status-failed-certification', { state: 'failed' }],
  ])('%s', async (name, expected) => {
    const read = await (await answering(name)).jobStatus(job)
    expect(read).toMatchObject({ ...expected, jobId: example(name).jobId })
    expect(read.findings.map(({ message }) => message)).toEqual(leaves(example(name).errors))
  })

  test('a refusal gives its innermost words', async () => {
    const ingestion = await answering('e5-error-response-schema-validation', 400)
    const error: unknown = await ingestion
      .configure([example('d1-configure-publish-preview').resources[0]])
      .catch((thrown: unknown) => thrown)
    expect(hasCode(error, 'ERR_PARTNER_CENTER_REFUSED')).toBe(true)
    const words = 'body' in Object(error) ? ingestionFindings(Object(error)).map(({ message }) => message) : []
    expect(words).toEqual(leaves([example('e5-error-response-schema-validation').error]))
  })

  test('what a job made, the submissions of an offer, a private offer', async () => {
    const made = await (await answering('e6-configure-detail')).jobResult(job)
    expect(made).toEqual(example('e6-configure-detail').resources)
    const submissions = await (await answering('d2-page-submissions-after-preview')).listSubmissions(productId)
    const rows: readonly Record<string, unknown>[] = example('d2-page-submissions-after-preview').value
    expect(submissions.map(({ durableId, status, result, resource }) => [durableId, status, result, resource])).toEqual(
      rows.map((row) => [row['id'], row['status'], row['result'], row]),
    )
    expect(await (await answering('f3-private-offer-live-read')).getPrivateOffer('private-offer/x')).toEqual(
      example('f3-private-offer-live-read'),
    )
  })
})

/** The innermost messages, in order. */
function leaves(errors: unknown): readonly string[] {
  const all: readonly Record<string, unknown>[] = Array.isArray(errors) ? errors : []
  return all.flatMap(({ message, details }) => (Array.isArray(details) && details.length > 0 ? leaves(details) : [String(message)]))
}

test('every answer of the sandbox’s Partner Center is what the published schemas describe', async () => {
  const center = await startPartnerCenter()
  try {
    const judges = new Map<string, (body: unknown) => readonly string[]>()
    const judged = async (schema: string, answer: Promise<{ readonly status: number; readonly json: unknown }>, status = 200) => {
      const judge = judges.get(schema) ?? judgeOf(schema)
      judges.set(schema, judge)
      const { json, status: got } = await answer
      expect([schema, got, judge(json)]).toEqual([schema, status, []])
      return JSON.parse(JSON.stringify(json))
    }
    const get = (path: string, version = V) => center.call('GET', path, undefined, version)
    const configured = async (body: unknown, version = V) => {
      const { jobId } = await judged('configure-status', center.call('POST', 'configure', body, version), 202)
      center.sandbox.clock.moveBy(200_000)
      await center.sandbox.settled()
      await judged('configure-status', get(`configure/${jobId}/status`))
      return jobId
    }
    const envelope = { $schema: uri('configure', '2022-03-01-preview2') }
    const detail = await configured(example('b-configure-create-flat-rate-three-meters'))
    await judged('configure-detail', get(`configure/${detail}`))
    const [product] = (await judged('page', get('product?externalId=fabrikam-relay'))).value
    const guid = String(product.id).split('/')[1]
    for (const path of [`plan?product=product/${guid}`, 'product?$maxpagesize=2', `submission/${guid}`]) await judged('page', get(path))
    await judged('resource-tree', get(`resource-tree/product/${guid}`))
    await judged('error-response', get(`resource-tree/product/${guid}?targetType=live`), 400)
    const submission = { $schema: uri('submission', '2022-03-01-preview2'), product: `product/${guid}`, target: { targetType: 'preview' } }
    const failed = await configured({ ...envelope, resources: [{ ...product, validations: undefined, type: 'azureApplication' }] })
    await judged('error-response', get(`configure/${failed}`), 404)
    await configured({ ...envelope, resources: [submission] })
    const notes = center.sandbox.worlds.partnerCenter.product('larkspur-notes').guid
    for (const target of ['draft', 'preview', 'live'])
      await judged('resource-tree', get(`resource-tree/product/${notes}?targetType=${target}`))
    await judged('error-response', get(`submission/${GUID}`), 404)
    await judged(
      'error-response',
      center.call('POST', 'configure', { ...envelope, resources: [{ ...submission, target: undefined }] }),
      400,
    )
    await judged('page', get('private-offer/query', '2023-07-15'))
    center.sandbox.worlds.faults.add({ world: 'partnerCenter', kind: 'status', status: 423, says: 'The product is locked.' })
    await judged('error-response', get('product'), 423)
  } finally {
    await center.stop()
  }
})
