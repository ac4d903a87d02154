import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { example, type Sent, startPartnerCenter, type TestPartnerCenter, uri, V } from './testing.ts'

let center: TestPartnerCenter
beforeAll(async () => {
  center = await startPartnerCenter()
})
beforeEach(() => center.sandbox.reset())
afterAll(() => center.stop())

const world = () => center.sandbox.worlds.partnerCenter
const guidOf = (offerId: string): string => world().product(offerId).guid
const planOf = (offerId: string, planId: string): string => {
  const { draft } = world().product(offerId)
  const plan = [...draft.values()].find(
    ({ type, body }) => type === 'plan' && JSON.stringify(body['identity']) === JSON.stringify({ externalId: planId }),
  )
  return plan?.id ?? expect.fail(`no plan ${planId}`)
}
/** A resource of the draft as a careful client sends it back: whole, without what only reading shows. */
async function draftOf(offerId: string, type: string, change: Sent = {}, plan?: string): Promise<Sent> {
  const found = (await center.tree(guidOf(offerId))).find(
    (resource) => String(resource['$schema']).includes(`/schema/${type}/`) && (plan === undefined || resource['plan'] === plan),
  )
  const { id: _, validations: __, ...rest } = found ?? expect.fail(`no ${type}`)
  return { ...rest, resourceName: 'it', ...change }
}
const priceOf = (change: Sent, planId = 'team', offerId = 'larkspur-notes') =>
  draftOf(offerId, 'price-and-availability-plan', change, planOf(offerId, planId))
const pricing = (change: Sent, items: readonly Sent[] = []) => ({
  recurrentPrice: { recurrentPriceMode: 'perUser', priceInputOption: 'usd', prices: items, ...change },
})
const month = { type: 'month', value: 1 }
const year = { type: 'year', value: 1 }
const relay = () => example('b-configure-create-flat-rate-three-meters').resources
/** The example's request with one resource changed. */
const relayWith = (name: string, change: (resource: Sent) => Sent) =>
  relay().map((each) => (each['resourceName'] === name ? change(each) : each))

describe('what Microsoft’s rules refuse fails the job, with the cause inside', () => {
  test('the cause is nested below "Invalid resource", under the name the request gave the resource', async () => {
    const job = await center.configure([await priceOf({ trial: { type: 'week', value: 2 } })])
    expect(job).toMatchObject({ result: 'failed', causes: ['A free trial lasts one month.'] })
    expect(job.errors).toEqual([
      {
        resourceId: { resourceName: 'it' },
        code: 'badRequest',
        message: 'Invalid resource',
        details: [
          { resourceId: { resourceName: 'it' }, code: 'businessValidationError', message: 'A free trial lasts one month.', details: [] },
        ],
      },
    ])
    expect((await center.call('GET', `configure/${job.id}`)).status).toBe(404)
  })

  const dear = { billingTerm: month, paymentOption: month, pricePerPaymentInUsd: 7 }
  const whole = { billingTerm: year, paymentOption: year, pricePerPaymentInUsd: 72 }
  test.each([
    [
      'a published price that changes',
      pricing({}, [dear, whole]),
      'The price of a published plan cannot be changed through the API: billing term 1 month.',
    ],
    [
      'a published term that goes',
      pricing({}, [{ ...dear, pricePerPaymentInUsd: 6 }]),
      'The published billing term 1 year cannot be removed.',
    ],
    [
      'another pricing model',
      pricing({ recurrentPriceMode: 'flatRate' }, [{ ...dear, pricePerPaymentInUsd: 6 }, whole]),
      'The pricing model of a published plan cannot be changed.',
    ],
    [
      'a term twice',
      pricing({}, [{ ...dear, pricePerPaymentInUsd: 6 }, { ...dear, pricePerPaymentInUsd: 6 }, whole]),
      'The billing term 1 month is given more than once.',
    ],
    [
      'a week',
      pricing({}, [{ billingTerm: { type: 'week', value: 1 }, pricePerPaymentInUsd: 1 }]),
      'The billing term 1 week is not supported.',
    ],
    [
      'a month paid yearly',
      pricing({}, [{ billingTerm: month, paymentOption: year, pricePerPaymentInUsd: 6 }, whole]),
      'The payment option 1 year is not supported for the billing term 1 month.',
    ],
    [
      'more seats than there may be',
      pricing({ userLimits: { min: 10, max: 2 } }, [{ ...dear, pricePerPaymentInUsd: 6 }, whole]),
      'The minimum number of users is greater than the maximum.',
    ],
  ])('%s', async (_what, changed, message) => {
    expect((await center.configure([await priceOf({ pricing: changed })])).causes).toContain(message)
  })

  test.each<readonly [string, string, (resource: Sent) => Sent, string]>([
    [
      'a private plan for nobody',
      'plan-standard-price',
      (it) => ({ ...it, audience: 'private' }),
      'A private plan needs at least one tenant in its private audience.',
    ],
    [
      'a trial of a metered plan',
      'plan-standard-price',
      (it) => ({ ...it, trial: month }),
      'Free trial is not supported for plans with custom meters.',
    ],
    [
      'a dimension nobody declared',
      'meters',
      (it) => ({ ...it, customMeters: { sms: { displayName: 'S', unitOfMeasure: 'x' } } }),
      'The dimension emails is not declared in the custom meters of the offer.',
    ],
    [
      'keywords by the dozen',
      'listing-en',
      (it) => ({ ...it, searchKeywords: ['a', 'b', 'c', 'd'] }),
      'A listing can have at most 3 search keywords.',
    ],
    [
      'a summary too long',
      'listing-en',
      (it) => ({ ...it, searchResultSummary: 'x'.repeat(101) }),
      'The searchResultSummary can have at most 100 characters.',
    ],
    [
      'a script in the description',
      'listing-en',
      (it) => ({ ...it, description: '<script>x</script>' }),
      'The description contains the HTML tag <script>, which is not allowed.',
    ],
    ['three categories', 'properties', (it) => ({ ...it, categories: { a: [], b: [], c: [] } }), 'An offer can have at most 2 categories.'],
    ['another kind of offer', 'offer', (it) => ({ ...it, type: 'azureApplication' }), 'Type azureApplication is not supported'],
    [
      'a preview audience of tenants',
      'preview-audience',
      (it) => ({ ...it, previewAudiences: [{ type: 'tenant', id: 'x' }] }),
      "The preview audience entry 'x' of type tenant is not a mail address.",
    ],
    [
      'an id in the request',
      'leads',
      (it) => ({ ...it, id: 'customer-leads/x' }),
      'The id of a customer-leads must not be part of the request.',
    ],
    [
      'a reference to nothing',
      'leads',
      (it) => ({ ...it, product: { externalId: 'no-such-offer' } }),
      'The product {"externalId":"no-such-offer"} was not found.',
    ],
  ])('%s', async (_what, name, change, message) => {
    expect((await center.configure(relayWith(name, change))).causes).toContain(message)
    expect(() => guidOf('fabrikam-relay')).toThrow('there is no offer')
  })

  test('a missing included quantity is named with its dimension and term', async () => {
    const text = JSON.stringify(relay()).replace(
      /\{"billingTerm":\{"type":"year","value":1\},"quantity":500,"isInfinite":false\}/,
      '{"billingTerm":{"type":"month","value":1},"quantity":1}',
    )
    expect((await center.configure(JSON.parse(text))).causes).toContain(
      'Included quantity is missing for dimension sms and billing term 1 year.',
    )
  })

  test('of 101 plans the last is refused, and of one offer no plan may be priced otherwise', async () => {
    const product = `product/${guidOf('larkspur-notes')}`
    const plan = (n: number) => ({
      $schema: uri('plan', '2022-03-01-preview3'),
      product,
      identity: { externalId: `plan-${n}` },
      alias: `Plan ${n}`,
    })
    expect((await center.configure(Array.from({ length: 100 }, (_, n) => plan(n)))).causes).toEqual([
      'An offer can have at most 100 plans.',
    ])
    expect((await center.configure(Array.from({ length: 99 }, (_, n) => plan(n)))).result).toBe('succeeded')
    const price = await draftOf(
      'larkspur-notes',
      'price-and-availability-plan',
      { pricing: { recurrentPrice: { recurrentPriceMode: 'flatRate', prices: [{ billingTerm: month, pricePerPaymentInUsd: 1 }] } } },
      planOf('larkspur-notes', 'plan-7'),
    )
    expect((await center.configure([price])).causes).toContain('All plans of an offer must use the same pricing model.')
  })

  test('what is published is not deleted, and the id of an offer is for ever', async () => {
    const product = await draftOf('larkspur-notes', 'product')
    expect((await center.configure([{ ...product, lifecycleState: 'deleted' }])).causes).toEqual([
      'A resource that has been published cannot be deleted.',
    ])
    const renamed = { ...product, id: `product/${guidOf('larkspur-notes')}`, identity: { externalId: 'larkspur-jottings' } }
    expect((await center.configure([renamed])).causes).toEqual([
      'The identity.externalId of a product cannot be changed once it is created.',
    ])
    await center.configure(relay())
    expect((await center.configure([await draftOf('fabrikam-relay', 'product', { lifecycleState: 'deleted' })])).result).toBe('succeeded')
    expect(() => guidOf('fabrikam-relay')).toThrow('there is no offer')
  })
})

describe('whole resources replace whole resources', () => {
  test('what is left out is gone, and what is read can be sent back as it is', async () => {
    const listing = await draftOf('larkspur-notes', 'listing')
    const { generalLinks: _, ...shorter } = listing
    await center.configure([shorter])
    expect((await draftOf('larkspur-notes', 'listing'))['generalLinks']).toBeUndefined()
    await center.configure([listing])
    expect(await draftOf('larkspur-notes', 'listing')).toEqual(listing)
  })

  test('secrets come back masked, and the mask keeps them', async () => {
    const table = (storageAccountConnectionString: string): Sent => ({
      ...{ $schema: uri('customer-leads', '2022-03-01-preview3'), product: { externalId: 'larkspur-notes' }, leadDestination: 'table' },
      tableLeadConfiguration: { storageAccountConnectionString },
    })
    await center.configure([table('AccountKey=secret')])
    expect(JSON.stringify(await center.tree(guidOf('larkspur-notes')))).not.toContain('AccountKey')
    await center.configure([await draftOf('larkspur-notes', 'customer-leads')])
    const kept = world()
      .product('larkspur-notes')
      .draft.get(`customer-leads/${guidOf('larkspur-notes')}`)
    expect(kept?.body['tableLeadConfiguration']).toEqual({ storageAccountConnectionString: 'AccountKey=secret' })
  })

  test('links to files change at every read, and a link that is sent back changes nothing', async () => {
    const read = () => draftOf('larkspur-notes', 'listing-asset')
    const first = await read()
    expect((await read())['url']).not.toBe(first['url'])
    await center.configure([first])
    expect([...world().product('larkspur-notes').draft.values()].find(({ type }) => type === 'listing-asset')?.body['url']).toMatch(
      /^https:\/\/larkspur/,
    )
  })
})

test('a job says where it stands; one that is done cannot be cancelled, one that is not leaves nothing', async () => {
  const body = { $schema: uri('configure', '2022-03-01-preview2'), resources: relay() }
  const started = (await center.call('POST', 'configure', body)).json as { jobId: string }
  expect(started).toMatchObject({ jobStatus: 'notStarted', jobResult: 'pending', jobEnd: '0001-01-01T00:00:00', errors: [] })
  expect((await center.call('GET', `configure/${started.jobId}`)).status).toBe(400)
  expect((await center.call('POST', `configure/${started.jobId}/cancel`)).json).toMatchObject({
    jobStatus: 'completed',
    jobResult: 'cancelled',
  })
  const again = await center.call('POST', `configure/${started.jobId}/cancel`)
  expect([again.status, again.text]).toEqual([400, expect.stringContaining('Cannot cancel job, job has already completed.')])
  expect(() => guidOf('fabrikam-relay')).toThrow('there is no offer')
})

test('told so, a failed job has written what was faultless, and a locked product is not touched', async () => {
  world().setOptions({ partialWrites: true })
  await center.configure(
    relayWith('listing-en', (it) => ({ ...it, searchKeywords: ['a', 'b', 'c', 'd'] })).filter(({ listing }) => listing === undefined),
  )
  expect((await draftOf('fabrikam-relay', 'plan'))['alias']).toBe('Standard')
  world().setLocked('fabrikam-relay', true)
  const job = await center.configure([await draftOf('fabrikam-relay', 'customer-leads')])
  expect(job.errors).toMatchObject([{ code: 'locked', message: 'Operation failed', details: [{ code: 'productLocked' }] }])
  expect((await center.call('GET', 'product', undefined, V)).status).toBe(200)
})
