/** Everything we send to Connect is in its official description, and we read answers of its shapes. */
import { describe, expect, test } from 'vitest'
import { createConnect } from '../../../src/connect/index.ts'
import { createHttp } from '../../../src/kit/http.ts'
import * as answers from './answers.ts'
import { calls, purchase, withoutDraftMark } from './calls.ts'
import { type Received, type Reply, startLocalConnect } from './local-connect.ts'
import { createJudge } from './spec.ts'

const judge = createJudge()

const collections: readonly (readonly [RegExp, unknown])[] = [
  [/^\/products$/, answers.product],
  [/\/items$/, answers.item],
  [/\/parameters$/, answers.parameter],
  [/\/configurations$/, answers.configuration],
  [/\/actions$/, answers.action],
  [/\/connections$/, answers.connection],
  [/^\/listings$/, answers.listing],
  [/^\/listing-requests$/, answers.listingRequest],
  [/^\/marketplaces$/, answers.marketplace],
  [/^\/hubs$/, answers.hub],
  [/^\/requests$/, answers.request],
  [/^\/assets$/, answers.asset],
  [/^\/assets\/[^/]+\/requests$/, { id: answers.ids.request, type: 'purchase', status: 'approved' }],
  [/^\/tier\/accounts$/, answers.customer],
  [/^\/tier\/config-requests$/, answers.tierConfigRequest],
  [/^\/notifications\/webhooks$/, answers.webhook],
  [/^\/subscriptions\/requests$/, answers.billingRequest],
  [/^\/usage\/files$/, answers.usageFile],
  [/^\/usage\/records$/, answers.usageRecord],
  [/^\/usage\/chunks$/, answers.usageChunk],
  [/^\/usage\/aggregates$/, answers.usageAggregate],
]

const objects: readonly (readonly [RegExp, unknown])[] = [
  [/^\/auth\/context$/, answers.context],
  [/^\/auth\/tokens\//, answers.token],
  [/^\/products\/[^/]+$/, answers.product],
  [/\/actionLink$/, { link: 'https://larkspur.example/sso?jwt=x' }],
  [/^\/listing-requests\/[^/]+$/, answers.listingRequest],
  [/^\/marketplaces\//, answers.marketplace],
  [/^\/hubs\//, answers.hub],
  [/^\/requests\//, answers.request],
  [/^\/assets\/[^/]+$/, answers.asset],
  [/^\/tier\/accounts\//, answers.customer],
  [/^\/notifications\/webhooks\//, answers.webhook],
  [/^\/usage\/files\//, answers.usageFile],
  [/^\/usage\/records\//, answers.usageRecord],
  [/^\/usage\/chunks\//, answers.usageChunk],
]

function answer({ method, path }: Received): Reply {
  if (method === 'POST' && path === '/requests') return { status: 201, body: answers.request }
  if (method === 'POST' && path === '/tier/accounts') return { status: 201, body: answers.customer }
  if (path.endsWith('/close-records')) return { status: 206, body: [{ id: answers.usageRecord.id, status: 'closed', error_codes: '' }] }
  if (path.startsWith('/listing-requests/') && method === 'POST') return { body: '' }
  if (path.endsWith('/download')) return { body: 'a spreadsheet' }
  if (method === 'POST' && path === '/notifications/webhooks') return { status: 201, body: answers.webhook }
  if (method === 'POST' && path === '/subscriptions/requests') return { status: 201, body: answers.billingRequest }
  if (method === 'POST' && path.endsWith('/configurations')) return { status: 201, body: answers.configuration }
  if (path.endsWith('/render')) return { body: '# Welcome', headers: { 'content-type': 'text/markdown' } }
  const row = collections.find(([pattern]) => pattern.test(path))
  if (row) return { body: [row[1]], headers: { 'content-range': 'items 0-0/1' } }
  return { body: objects.find(([pattern]) => pattern.test(path))?.[1] }
}

/** Say where a person looks; nothing is called. */
const links = ['tierConfigRequests.linkTo']
/** Pictures lie beside the API: the description knows their paths only. */
const besides = ['products.icon']

test('every method of the client is judged below', () => {
  const client = createConnect({ http: createHttp(), baseUrl: 'https://connect.example/public/v1', apiKey: 'x' })
  const methods = Object.entries(client).flatMap(([name, part]) =>
    typeof part === 'function' ? [name] : Object.keys(part).map((method) => `${name}.${method}`),
  )
  expect([...Object.keys(calls), ...links, ...besides].toSorted()).toEqual(methods.toSorted())
})

describe.each(Object.entries(calls))('%s', (_, call) => {
  test('asks only what the description knows, and its answer is of the described shape', async () => {
    await using connect = await startLocalConnect(answer)
    await call(connect.client)
    expect(connect.received.length).toBeGreaterThan(0)
    for (const [nth, sent] of connect.received.entries()) {
      expect(judge.faultsOfCall(withoutDraftMark(sent))).toEqual([])
      const { status = 200, body } = answer(sent)
      if (typeof body !== 'string') expect([nth, judge.faultsOfAnswer(sent, status, body)]).toEqual([nth, []])
    }
  })
})

describe('the judge is no rubber stamp', () => {
  const post = (body: unknown) => judge.faultsOfCall({ method: 'POST', path: '/requests', search: '', body })
  const ask = (path: string, search: string) => judge.faultsOfCall({ method: 'GET', path, search, body: undefined })

  test('it knows the purchase of the documentation, and finds what is wrong with others', () => {
    const documented = {
      type: 'purchase',
      asset: {
        product: { id: 'PRD-417-220-905' },
        connection: { id: 'CT-5501-7320-4418' },
        external_id: 'MS-37f9dea2',
        external_uid: answers.ids.uid,
        items: [{ id: 'PRD-417-220-905-0001', quantity: 25 }],
        params: [{ id: 'admin_email', value: 'it@fabrikam.example' }],
        tiers: {
          customer: { name: 'Fabrikam GmbH', external_id: 'ms-5d2e', external_uid: '5d2e0f1c', contact_info: answers.contactInfo },
          tier1: { id: 'TA-7700-1000-2000' },
        },
      },
      marketplace: { id: 'MP-48120' },
    }
    expect(post(documented)).toEqual([])
    expect(post({ ...documented, type: 'buy' })).not.toEqual([])
    expect(post({ ...documented, contract: { id: 'CRD-1' } })).not.toEqual([])
    const { postal_code: _, ...incomplete } = answers.contactInfo
    const tiers = { ...documented.asset.tiers, customer: { contact_info: incomplete } }
    expect(post({ ...documented, asset: { ...documented.asset, tiers } })).not.toEqual([])
  })

  test('it refuses unknown paths, filters, orderings and parts', () => {
    expect(() => ask('/orders', '')).toThrow('Connect has no GET /orders')
    expect(ask('/requests', '?eq(asset.tiers.customer.tax_id,1)')).toEqual(['cannot filter eq(asset.tiers.customer.tax_id)'])
    expect(ask('/assets', '?ge(created,2026-01-01)')).toEqual(['cannot filter ge(created)'])
    expect(ask('/requests', '?ordering(type)&select(-tiers)&page=2')).toEqual([
      'cannot order by type',
      'cannot select -tiers',
      'no query parameter page',
    ])
  })

  test('it finds answers of another shape', () => {
    expect(judge.faultsOfAnswer({ method: 'GET', path: '/requests' }, 200, { results: [] })).not.toEqual([])
    expect(judge.faultsOfAnswer({ method: 'GET', path: '/hubs/HB-1' }, 200, { id: 7 })).not.toEqual([])
    expect(judge.faultsOfAnswer({ method: 'GET', path: '/hubs/HB-1' }, 206, {})).not.toEqual([])
  })
})

test('the purchase is written as CloudBlue’s own distributor side writes it', async () => {
  await using connect = await startLocalConnect(answer)
  await connect.client.requests.createPurchase(purchase)
  expect(connect.received[0]?.body).toMatchObject({
    type: 'purchase',
    asset: {
      product: { id: 'PRD-417-220-905' },
      items: [
        { id: 'PRD-417-220-905-0001', quantity: 25 },
        { id: 'PRD-417-220-905-0004', quantity: -1 },
      ],
      params: [
        { id: 'admin_email', value: 'it@fabrikam.example' },
        { id: 'modules', structured_value: { mail: true, files: false } },
      ],
      tiers: { customer: { contact_info: { state: null, contact: { phone_number: null } } }, tier1: { id: 'TA-7700-1000-2000' } },
    },
    marketplace: { id: 'MP-48120' },
  })
})
