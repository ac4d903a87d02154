import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askToken } from '../testing/publisher.ts'
import { at, example, startPartnerCenter, type TestPartnerCenter, uri } from './testing.ts'

let center: TestPartnerCenter
beforeAll(async () => {
  center = await startPartnerCenter()
})
beforeEach(() => center.sandbox.reset())
afterAll(() => center.stop())

const create = () => center.configure(example('b-configure-create-flat-rate-three-meters').resources)
const value = (json: unknown): readonly { readonly id: string }[] =>
  typeof json === 'object' && json !== null && 'value' in json && Array.isArray(json.value) ? json.value : []
const guidOf = async (offerId: string) => value((await center.call('GET', `product?externalId=${offerId}`)).json)[0]?.id.split('/')[1] ?? ''

test('an offer is found by its id, made by one request, and read as a tree with the ids Microsoft gave', async () => {
  expect((await center.call('GET', 'product?externalId=fabrikam-relay')).json).toEqual({ value: [] })
  expect(await create()).toMatchObject({ result: 'succeeded', causes: [] })
  const guid = await guidOf('fabrikam-relay')
  const types = (await center.tree(guid)).map((resource) => `${at(resource, '$schema').split('/').slice(-2).join(' ')}`).sort()
  expect(types).toEqual([
    'commercial-marketplace-setup 2022-03-01-preview2',
    'customer-leads 2022-03-01-preview3',
    'listing 2022-03-01-preview3',
    'listing-asset 2022-03-01-preview3',
    'listing-asset 2022-03-01-preview3',
    'microsoft365-integration 2022-03-01-preview2',
    'plan 2022-03-01-preview3',
    'plan-listing 2022-03-01-preview3',
    'price-and-availability-custom-meter 2022-03-01-preview3',
    'price-and-availability-offer 2022-03-01-preview3',
    'price-and-availability-plan 2022-03-01-preview4',
    'product 2022-03-01-preview3',
    'property 2022-03-01-preview3',
    'reseller 2022-03-01-preview2',
    'software-as-a-service-technical-configuration 2022-03-01-preview3',
    'submission 2022-03-01-preview2',
  ])
  expect((await center.call('GET', `resource-tree/product/${guid}?targetType=live`)).status).toBe(400)
  expect((await center.call('GET', `resource-tree/product/${guid}?targetType='draft'`)).status).toBe(400)
})

test('a new offer goes to preview and live, is bought there, and its preview only by its audience', async () => {
  const { marketplace } = center.sandbox.worlds
  const resources = example('b-configure-create-flat-rate-three-meters').resources.map((resource) =>
    at(resource, '$schema').includes('price-and-availability-offer')
      ? { ...resource, previewAudiences: [{ type: 'email', id: 'mara.vogt@fabrikam.example' }] }
      : resource,
  )
  await center.configure(resources)
  const guid = await guidOf('fabrikam-relay')
  const submit = (target: string, id?: string) =>
    center.configure([
      { $schema: uri('submission', '2022-03-01-preview2'), ...(id && { id }), product: `product/${guid}`, target: { targetType: target } },
    ])
  expect(await submit('preview')).toMatchObject({ result: 'succeeded' })
  const order = { offerId: 'fabrikam-relay', planId: 'standard', preview: true }
  expect(marketplace.purchase(order).landingUrl).toMatch(/^https:\/\/bridge\.fabrikam\.example\/landing\/fabrikam-relay\?token=/)
  expect(() => marketplace.purchase({ ...order, buyer: 'priya' })).toThrow('not open to priya.nair@woodgrove.example')
  expect(() => marketplace.purchase({ ...order, preview: false })).toThrow('there is no offer fabrikam-relay')
  const submissions = value((await center.call('GET', `submission/${guid}`)).json)
  expect(await submit('live', submissions.at(-1)?.id)).toMatchObject({ result: 'succeeded' })
  expect(marketplace.purchase({ ...order, preview: false, termUnit: 'P1Y', buyer: 'priya' }).subscriptionId).toMatch(/^[0-9a-f-]{36}$/)
  expect(marketplace.offers().find(({ offerId }) => offerId === 'fabrikam-relay')).toMatchObject({
    model: 'flatRate',
    plans: [
      {
        planId: 'standard',
        price: 99,
        terms: [
          { unit: 'P1M', price: 99 },
          { unit: 'P1Y', price: 1068 },
        ],
      },
    ],
  })
})

test('only the app registered in Partner Center is let in, with a token for Graph from either endpoint', async () => {
  const ask = (authorization: string) => fetch(`${center.sandbox.urls.ingestion}/product`, { headers: { authorization } })
  const of = async (path: string, fields: Record<string, string>) =>
    `Bearer ${at((await askToken(center.sandbox, path, fields)).json, 'access_token')}`
  const app = { client_id: 'e5d7a1b3-9c42-4f68-8a0e-2b6d4c8f1a70', client_secret: 'sandbox-partner-center-app-secret' }
  expect((await ask(await of('oauth2/token', { ...app, resource: 'https://graph.microsoft.com/' }))).status).toBe(200)
  expect((await ask(await of('oauth2/v2.0/token', { ...app, scope: 'https://graph.microsoft.com/.default' }))).status).toBe(200)
  const other = await ask(await of('oauth2/v2.0/token', { scope: 'https://graph.microsoft.com/.default' }))
  expect([other.status, await other.text()]).toEqual([403, expect.stringContaining('not registered in the Partner Center account')])
  expect((await ask(await of('oauth2/v2.0/token', { ...app, scope: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7/.default' }))).status).toBe(403)
  expect((await ask('Bearer nonsense')).status).toBe(401)
  const delegated = await center.sandbox.worlds.entra.keys.sign({
    ...{
      aud: 'https://graph.microsoft.com',
      iss: `${center.sandbox.urls.sts}/6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201/`,
      ver: '1.0',
      scp: 'user_impersonation',
    },
    ...{ tid: '6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201', appid: app.client_id, exp: 4_000_000_000, nbf: 0 },
  })
  expect((await ask(`Bearer ${delegated}`)).status).toBe(403)
})
