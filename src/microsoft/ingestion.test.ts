import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scriptedMicrosoft } from '../../test/helpers/scripted-microsoft.ts'
import type { Script } from '../../test/helpers/scripted-server.ts'
import { ApiError } from '../kit/errors/index.ts'
import { configureJobId, offerId, partnerCenterProductId } from '../kit/ids.ts'
import { minutes } from '../kit/time.ts'
import { readFindings } from './ingestion/findings.ts'
import { type IngestionResource, kindOf, toWire } from './ingestion/resource.ts'
import { ingestionFindings } from './ingestion/send.ts'

const PRODUCT = '7b6d1c52-0f6e-4c0a-9a53-2d41a8f0e713'
const productId = partnerCenterProductId.parse(PRODUCT)
const jobId = configureJobId.parse('3c6f0a7e-5b1d-4c2e-9f48-7d6a5b4c3e21')
const schema = (type: string, version = '2022-03-01-preview3') => `https://schema.mp.microsoft.com/schema/${type}/${version}`
const wireProduct = (id: string, externalId: string) => ({
  $schema: schema('product'),
  id: `product/${id}`,
  identity: { externalId },
  type: 'softwareAsAService',
  alias: externalId,
})
const running = {
  jobId,
  jobStatus: 'running',
  jobResult: 'pending',
  jobStart: '2026-05-04T18:02:11.5917185Z',
  jobEnd: '0001-01-01T00:00:00',
  errors: [],
}

/** Against Partner Center as the test scripts it. */
const scripted = async (script: Script) => {
  const microsoft = await scriptedMicrosoft(script)
  return { ...microsoft, ingestion: microsoft.ingestion }
}

describe('offers', () => {
  test('are asked for with a token for Microsoft Graph and the version of the configuration', async () => {
    const { ingestion, calls, tokenRequests } = await scripted(() => ({ body: { value: [wireProduct(PRODUCT, 'fabrikam-boards')] } }))
    expect(await ingestion.findProduct(offerId.parse('fabrikam-boards'))).toMatchObject({ productId, offerId: 'fabrikam-boards' })
    expect(tokenRequests().map(({ body }) => new URLSearchParams(body).get('scope'))).toEqual(['https://graph.microsoft.com/.default'])
    expect(calls().map(({ path, rawQuery }) => path + rawQuery)).toEqual([
      '/api/product?externalId=fabrikam-boards&$version=2022-03-01-preview5',
    ])
  })

  test('an answer that holds other offers only is none', async () => {
    const { ingestion } = await scripted(() => ({ body: { value: [wireProduct(PRODUCT, 'fabrikam-boards-2')] } }))
    expect(await ingestion.findProduct(offerId.parse('fabrikam-boards'))).toBeUndefined()
  })

  test('come page by page from the configured host, whatever host the next link names', async () => {
    const { ingestion, calls } = await scripted(({ query }) =>
      query.get('continuationToken') === 'p 2'
        ? { body: { value: [wireProduct(PRODUCT.replace('7b', '8b'), 'b')] } }
        : {
            body: {
              value: [wireProduct(PRODUCT, 'a'), 'broken'],
              '@nextLink': 'https://elsewhere.example/x?continuationToken=p%202&$version=x',
            },
          },
    )
    const pages = []
    for await (const page of ingestion.listProducts()) pages.push(page.map((one) => one.offerId))
    expect(pages).toEqual([['a'], ['b']])
    expect(calls()[1]?.rawQuery).toBe('?type=softwareAsAService&continuationToken=p%202&$version=2022-03-01-preview5')
  })

  test.each(['https://graph.microsoft.com/next', '?continuationToken=1'])(
    'a list whose next page is %s ends in an error, not short',
    async (link) => {
      const { ingestion } = await scripted(() => ({ body: { value: [], '@nextLink': link } }))
      await expect(ingestion.listPlans(productId)).rejects.toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
    },
  )
})

describe('the tree of an offer', () => {
  const unknown = { $schema: schema('microsoft365-integration'), id: `microsoft365-integration/${PRODUCT}`, odd: { deep: [1, null, 'x'] } }

  test('is given whole, with what we know nothing of', async () => {
    const { ingestion, calls } = await scripted(() => ({ body: { root: 'x', resources: [wireProduct(PRODUCT, 'a'), unknown] } }))
    expect((await ingestion.readTree(productId, 'draft'))?.resources).toEqual([wireProduct(PRODUCT, 'a'), unknown])
    expect(calls()[0]?.rawQuery).toBe('?targetType=draft&$version=2022-03-01-preview5')
  })

  test('that is not published is none; the draft of an offer that is not there is an error', async () => {
    const { ingestion } = await scripted(({ query }) => ({
      status: query.get('targetType') === 'draft' ? 404 : 400,
      body: { error: { code: 'badRequest' } },
    }))
    expect(await ingestion.readTree(productId, 'live')).toBeUndefined()
    expect(await ingestion.readTree(productId, 'preview')).toBeUndefined()
    await expect(ingestion.readTree(productId, 'draft')).rejects.toMatchObject({ code: 'ERR_PARTNER_CENTER_NOT_FOUND' })
  })

  test('is never given short: a resource that cannot be read is an error', async () => {
    const { ingestion } = await scripted(() => ({ body: { resources: [wireProduct(PRODUCT, 'a'), { id: 'x' }] } }))
    await expect(ingestion.readTree(productId, 'draft')).rejects.toMatchObject({ code: 'ERR_MS_UNEXPECTED_ANSWER' })
  })

  test('submissions are read in the version that can be written back, the draft among them', async () => {
    const draft = { $schema: schema('submission'), id: `submission/${PRODUCT}/0`, target: { targetType: 'draft' } }
    const preview = {
      ...draft,
      id: `submission/${PRODUCT}/1152921505698800123`,
      target: { targetType: 'preview' },
      status: 'completed',
      result: 'sulked',
    }
    const { ingestion, calls } = await scripted(() => ({
      body: { value: [draft, { ...preview, created: '2026-05-04T20:07:22.4220588Z' }] },
    }))
    expect(await ingestion.listSubmissions(productId)).toMatchObject([
      { target: 'draft', status: undefined, createdAt: undefined },
      { durableId: preview.id, target: 'preview', status: 'completed', result: 'Unknown' },
    ])
    expect(calls()[0]?.rawQuery).toBe('?$version=2022-03-01-preview2')
  })
})

describe('configure', () => {
  const offer: IngestionResource = {
    ...wireProduct(PRODUCT, 'a'),
    $schema: 'https://product-ingestion.azureedge.net/schema/product/2022-03-01-preview3',
  }

  test('sends the resources under one envelope, on the host that works, without Microsoft’s own findings', async () => {
    const { ingestion, calls } = await scripted(() => ({ status: 202, body: running }))
    expect(await ingestion.configure([{ ...offer, validations: [{ code: 'x' }], unheardOf: true }])).toMatchObject({
      jobId,
      state: 'running',
      endedAt: undefined,
    })
    expect(JSON.parse(calls()[0]?.body ?? '')).toEqual({
      $schema: schema('configure', '2022-03-01-preview2'),
      resources: [{ ...wireProduct(PRODUCT, 'a'), unheardOf: true }],
    })
    expect(calls()[0]).toMatchObject({ method: 'POST', path: '/api/configure', rawQuery: '?$version=2022-03-01-preview5' })
  })

  test('private offers go under their own envelope and version', async () => {
    const { ingestion, calls } = await scripted(() => ({ status: 202, body: running }))
    await ingestion.configure([{ $schema: schema('private-offer', '2023-07-15'), name: 'n', state: 'draft' }], 'privateOffers')
    expect(calls()[0]?.rawQuery).toBe('?$version=2023-07-15')
    expect(JSON.parse(calls()[0]?.body ?? '')).toMatchObject({ $schema: schema('configure', '2022-07-01') })
  })

  test.each<[string, ReturnType<Script>]>([
    ['a 500', { status: 500 }],
    ['a lost answer', 'hangUp'],
  ])('after %s it is not sent again, and the caller is told to look', async (_name, answer) => {
    const { ingestion, calls } = await scripted(() => answer)
    await expect(ingestion.configure([offer])).rejects.toMatchObject({ code: 'ERR_MS_UNAVAILABLE', outcomeUnknown: true })
    expect(calls()).toHaveLength(1)
  })

  test('after 429, which had no effect, it is sent again', async () => {
    let asked = 0
    const { ingestion } = await scripted(() =>
      asked++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 202, body: running },
    )
    expect(await ingestion.configure([offer])).toMatchObject({ jobId })
  })

  test('a refusal names each fault by its innermost words, however long the list', async () => {
    const details = Array.from({ length: 90 }, (_, n) => ({ code: 'schemaValidationError', message: `fault ${n} ${'.'.repeat(100)}` }))
    const { ingestion } = await scripted(() => ({
      status: 400,
      body: { error: { code: 'badRequest', message: 'Invalid configuration', details } },
    }))
    const error = await ingestion.configure([offer]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_PARTNER_CENTER_REFUSED', outcomeUnknown: false })
    expect(error instanceof ApiError && ingestionFindings(error)).toHaveLength(90)
  })

  test.each([409, 423])('%d means that the offer is busy, and nothing was changed', async (status) => {
    const { ingestion } = await scripted(() => ({ status, body: { error: { code: 'locked' } } }))
    await expect(ingestion.configure([offer])).rejects.toMatchObject({
      code: 'ERR_PARTNER_CENTER_LOCKED',
      outcomeUnknown: false,
      retryable: true,
    })
  })

  test.each(['https://elsewhere.example/schema/product/2022-07-01', 'product', ''])(
    'a resource of schema %j is never sent',
    async ($schema) => {
      const { ingestion, calls } = await scripted(() => ({ status: 202, body: running }))
      expect(kindOf({ $schema })).toBeUndefined()
      await expect(ingestion.configure([offer, { $schema }])).rejects.toBeInstanceOf(TypeError)
      await expect(ingestion.configure([])).rejects.toBeInstanceOf(RangeError)
      expect(calls()).toEqual([])
    },
  )
})

describe('a job', () => {
  test.each([
    [{ ...running, jobStatus: 'pending' }, 'running'],
    [{ ...running, jobStatus: 'completed', jobResult: 'succeeded' }, 'succeeded'],
    [{ ...running, jobStatus: 'completed', jobResult: 'failed' }, 'failed'],
    [{ ...running, jobStatus: 'completed', jobResult: 'cancelled' }, 'cancelled'],
    [{ ...running, jobStatus: 'completed', jobResult: 'astray' }, 'unknown'],
    [{ jobID: jobId, jobStatus: 'notStarted' }, 'running'],
  ])('%j is %s', async (body, state) => {
    const { ingestion } = await scripted(() => ({ body }))
    expect(await ingestion.jobStatus(jobId)).toMatchObject({ jobId, state, answered: true })
  })

  test.each([500, 502, 503, 429])('is still running when Microsoft answers %d to the question', async (status) => {
    const { ingestion } = await scripted(() => ({ status, headers: { 'retry-after': '300' } }))
    expect(await ingestion.jobStatus(jobId)).toMatchObject({ state: 'running', answered: false, retryAfter: minutes(5) })
  })

  test('tells what it made, and nothing when Microsoft does not say', async () => {
    let status = 200
    const { ingestion } = await scripted(() => ({ status, body: { resources: [wireProduct(PRODUCT, 'a')] } }))
    expect(await ingestion.jobResult(jobId)).toEqual([wireProduct(PRODUCT, 'a')])
    status = 404
    expect(await ingestion.jobResult(jobId)).toBeUndefined()
  })

  test('that has completed cannot be stopped', async () => {
    const { ingestion } = await scripted(() => ({
      status: 400,
      body: { error: { code: 'badRequest', message: 'Cannot cancel job, job has already completed.' } },
    }))
    await expect(ingestion.cancelJob(jobId)).rejects.toMatchObject({ code: 'ERR_PARTNER_CENTER_REFUSED' })
  })
})

describe('findings', () => {
  test('are the innermost errors, with the resource of the nearest one that names it', () => {
    const errors = [
      {
        resourceId: { resourceName: 'plan-price' },
        code: 'badRequest',
        message: 'Invalid resource',
        details: [{ code: 'businessValidationError', message: 'Included quantity is missing', details: [] }],
      },
      {
        resourceId: 'submission/p/1',
        code: 'internalServerError',
        message: 'Operation failed',
        details: [{ code: 'invalidState', message: 'Certification' }],
      },
    ]
    expect(readFindings(errors)).toEqual([
      {
        code: 'businessValidationError',
        message: 'Included quantity is missing',
        resource: 'plan-price',
        within: [{ code: 'badRequest', message: 'Invalid resource' }],
      },
      {
        code: 'invalidState',
        message: 'Certification',
        resource: 'submission/p/1',
        within: [{ code: 'internalServerError', message: 'Operation failed' }],
      },
    ])
  })

  test('are read from anything without a fault of our own', () => {
    fc.assert(fc.property(fc.jsonValue(), (errors) => Array.isArray(readFindings(errors))))
  })
})

test('what was read is written back as it was, whatever is in it', () => {
  const members = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => !['validations', '$schema', '__proto__'].includes(name)),
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(members, (rest) => {
      const whole = { ...rest, $schema: schema('listing') } as IngestionResource
      expect(toWire(whole)).toEqual(whole)
    }),
  )
})
