/** The sandbox's Connect answers in the shapes of the official description, and our client reads every one of them. */
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnectWorld } from '../../../sandbox/connect/index.ts'
import { connectSeed, products as seedProducts } from '../../../sandbox/seed.ts'
import {
  type ConnectClient,
  createConnect,
  isHoldUnsupported,
  type ListingRequest,
  type PurchaseOrder,
} from '../../../src/connect/index.ts'
import { createHttp, type Http } from '../../../src/kit/http.ts'
import {
  type AssetId,
  connectionId,
  hubId,
  itemId,
  listingRequestId,
  marketplaceId,
  productId,
  type RequestId,
} from '../../../src/kit/ids.ts'
import { standingClock } from '../../../src/kit/time.ts'
import { calls, purchase as samplePurchase, withoutDraftMark } from './calls.ts'
import { createJudge } from './spec.ts'

const judge = createJudge()

/** Lets every exchange through and has it judged. */
function judged(http: Http, faults: string[]): Http {
  return {
    async send(request) {
      const reply = await http.send(request)
      const path = request.url.pathname.replace('/connect/public/v1', '')
      const call = { method: request.method, path, search: request.url.search, body: request.body && JSON.parse(request.body) }
      const told = `${request.method} ${path} ${reply.status}`
      faults.push(...judge.faultsOfCall(withoutDraftMark(call)).map((fault) => `${told}: ${fault}`))
      if (reply.status < 300 && !path.endsWith('/render')) {
        faults.push(...judge.faultsOfAnswer(call, reply.status, JSON.parse(reply.text)).map((fault) => `${told}: ${fault}`))
      }
      return reply
    },
    close: () => http.close(),
  }
}

async function startSandbox() {
  const faults: string[] = []
  const { world, plugin } = createConnectWorld({ clock: standingClock('2026-03-02T09:00:00Z'), publicUrl: () => 'http://sandbox.test' })
  const app = Fastify()
  app.register(plugin, { prefix: '/connect' })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const http = judged(createHttp({ pause: async () => undefined }), faults)
  const baseUrl = `${address}/connect/public/v1`
  return {
    world,
    http,
    baseUrl,
    client: createConnect({ http, baseUrl, apiKey: connectSeed.provider.token }),
    faults,
    async stop() {
      await http.close()
      await app.close()
      await world.stop()
    },
  }
}

const seedOf = (name: string) => {
  const found = seedProducts.find((product) => product.name === `Larkspur ${name}`)
  if (!found) throw new Error(`no product ${name}`)
  return found
}

function purchaseOf(name: string, externalUid: string, params: PurchaseOrder['params'] = []): PurchaseOrder {
  const seed = seedOf(name)
  return {
    ...samplePurchase,
    productId: productId.parse(seed.id),
    connectionId: connectionId.parse(seed.connections.production),
    marketplaceId: marketplaceId.parse(connectSeed.marketplace.id),
    externalId: externalUid.slice(0, 8),
    externalUid,
    items: seed.items.slice(0, 1).map((item) => ({ itemId: itemId.parse(item.id), quantity: item.type === 'PPU' ? 'unlimited' : 5 })),
    params,
    tiers: { ...samplePurchase.tiers, tier1: { id: connectSeed.reseller.id } },
  }
}

describe('the sandbox', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>
  let client: ConnectClient
  beforeAll(async () => {
    sandbox = await startSandbox()
    client = sandbox.client
  })
  afterAll(() => sandbox.stop())

  const buy = async (order: PurchaseOrder): Promise<{ readonly requestId: RequestId; readonly assetId: AssetId }> => {
    const placed = await client.requests.createPurchase(order)
    if (placed.outcome !== 'created') throw new Error(`not created: ${JSON.stringify(placed)}`)
    return { requestId: placed.request.id, assetId: placed.request.asset.id }
  }

  test('every collection and object of the catalogue is read', async () => {
    const product = productId.parse(seedOf('Projects').id)
    expect(await client.context()).toMatchObject({ accountId: connectSeed.provider.accountId, role: 'provider' })
    expect(await client.products.list()).toHaveLength(seedProducts.length)
    expect((await client.products.get(product)).capabilities).toMatchObject({ hold: true, cartValidation: true, tierConfigs: 1 })
    expect((await client.items.list(product)).map((item) => item.type)).toEqual(['Reservation', 'Reservation', 'Reservation'])
    const parameters = await client.parameters.list(product, { phases: ['ordering'], scopes: ['asset'] })
    expect(parameters.length).toBeGreaterThan(0)
    expect(parameters.filter((parameter) => parameter.type === 'unknown')).toEqual([])
    expect(await client.actions.list(product)).not.toHaveLength(0)
    expect((await client.connections.list(product)).map((one) => one.type).toSorted()).toEqual(['production', 'test'])
    expect(await client.listings.list({ productId: product, status: 'listed' })).toHaveLength(1)
    expect((await client.marketplaces.list()).map((one) => one.id)).toContain(connectSeed.marketplace.id)
    expect(await client.marketplaces.get(marketplaceId.parse(connectSeed.marketplace.id))).toMatchObject({ name: 'Microsoft Marketplace' })
    expect(await client.hubs.list()).toHaveLength(2)
    expect(await client.hubs.get(hubId.parse(connectSeed.hubs.test.id))).toMatchObject({ name: 'Microsoft test' })
    expect(await client.tierAccounts.get(connectSeed.reseller.id)).toMatchObject({ type: 'reseller' })
  })

  test('a vendor’s wish to be listed is found, worked on and completed; what is over cannot be moved', async () => {
    const product = productId.parse(seedOf('Forms').id)
    const found: ListingRequest[] = []
    for await (const one of client.listingRequests.walk({ states: ['reviewing', 'deploying'], productId: product })) found.push(one)
    expect(found).toMatchObject([
      { type: 'new', state: 'reviewing', productId: product, productVersion: 3, marketplaceId: connectSeed.marketplace.id },
    ])
    const id = listingRequestId.parse(found[0]?.id)
    await client.listingRequests.assign(id)
    await client.listingRequests.deploy(id)
    expect(await client.listingRequests.get(id)).toMatchObject({ state: 'deploying', assignee: expect.stringContaining('Northlight') })
    await client.listingRequests.complete(id)
    expect(await client.listingRequests.get(id)).toMatchObject({ state: 'completed' })
    await expect(client.listingRequests.cancel(id)).rejects.toMatchObject({ code: 'ERR_CONNECT_INVALID' })
  })

  test('an order lives from purchase to cancel, and is found by its uid at every step', async () => {
    const uid = '0d5a3c1e-0000-4000-8000-000000000001'
    const order = purchaseOf('Notes', uid)
    const bought = await buy(order)
    expect(await client.requests.createPurchase(order)).toMatchObject({
      outcome: 'conflict',
      conflict: { requestId: bought.requestId, requestStatus: 'pending', assetId: bought.assetId },
    })
    sandbox.world.approve(bought.requestId)
    expect(await client.requests.latestOf(uid, 'purchase', { connectionIds: [order.connectionId] })).toMatchObject({ status: 'approved' })
    expect(await client.assets.findByExternalUid(order.productId, order.connectionId, uid)).toMatchObject({
      id: bought.assetId,
      status: 'active',
    })
    expect(await client.assets.render(bought.assetId, 'de')).not.toBe('')

    const [line] = order.items
    if (!line) throw new Error('no item')
    expect(await client.requests.createChange({ assetId: bought.assetId, items: order.items })).toEqual({ outcome: 'nothingToChange' })
    expect(await client.requests.createChange({ assetId: bought.assetId, items: [{ ...line, quantity: 0 }] })).toMatchObject({
      outcome: 'refused',
      code: 'emptyOrder',
    })
    const change = await client.requests.createChange({ assetId: bought.assetId, items: [{ ...line, quantity: 8 }] })
    if (change.outcome !== 'created') throw new Error('no change')
    sandbox.world.fail(change.request.id, 'Seat limit of this edition is 7.')
    expect(await client.requests.get(change.request.id)).toMatchObject({ status: 'failed', reason: 'Seat limit of this edition is 7.' })

    const suspend = await client.requests.createSuspend({ assetId: bought.assetId })
    if (suspend.outcome !== 'created') throw new Error('no suspend')
    sandbox.world.approve(suspend.request.id)
    expect(await client.requests.createChange({ assetId: bought.assetId, items: [{ ...line, quantity: 9 }] })).toMatchObject({
      outcome: 'refused',
      code: 'wrongAssetStatus',
    })
    const resume = await client.requests.createResume({ assetId: bought.assetId })
    if (resume.outcome !== 'created') throw new Error('no resume')
    sandbox.world.approve(resume.request.id)
    const cancel = await client.requests.createCancel({ assetId: bought.assetId })
    if (cancel.outcome !== 'created') throw new Error('no cancel')
    sandbox.world.approve(cancel.request.id)
    expect(await client.assets.get(bought.assetId)).toMatchObject({ status: 'terminated' })
    expect((await client.requests.ofAsset(bought.assetId)).map((one) => one.type).toSorted()).toEqual([
      'cancel',
      'change',
      'purchase',
      'resume',
      'suspend',
    ])
  })

  test('a product without hold gets its suspend request already failed, and we know why', async () => {
    const bought = await buy(purchaseOf('Backup', '0d5a3c1e-0000-4000-8000-000000000002'))
    sandbox.world.approve(bought.requestId)
    const suspend = await client.requests.createSuspend({ assetId: bought.assetId })
    expect(suspend.outcome === 'created' && isHoldUnsupported(suspend.request)).toBe(true)
    expect((await client.assets.get(bought.assetId)).items[0]).toMatchObject({ itemType: 'PPU', quantity: 'unlimited' })
  })

  test('an inquiry brings message and form; a scheduled request can be revoked', async () => {
    const asked = await buy(purchaseOf('Notes', '0d5a3c1e-0000-4000-8000-000000000003'))
    sandbox.world.inquire(asked.requestId)
    const inquiring = await client.requests.get(asked.requestId)
    expect(inquiring).toMatchObject({ status: 'inquiring', paramsFormUrl: expect.stringContaining('http://sandbox.test/') })
    expect(inquiring.templateMessage).toBeTruthy()

    const later = await buy(purchaseOf('Notes', '0d5a3c1e-0000-4000-8000-000000000004'))
    sandbox.world.schedule(later.requestId, new Date('2026-04-01T00:00:00Z'))
    expect(await client.requests.get(later.requestId)).toMatchObject({ status: 'scheduled', plannedDate: new Date('2026-04-01T00:00:00Z') })
    expect(await client.requests.revoke(later.requestId, 'Cancelled at Microsoft.')).toMatchObject({ status: 'revoking' })
  })

  test('a draft is validated, corrected and placed, and waits for the reseller’s configuration', async () => {
    const order = purchaseOf('Projects', '0d5a3c1e-0000-4000-8000-000000000005')
    const params = [
      { id: 'workspace_name', value: 'Fabrikam Engineering' },
      { id: 'workspace_address', value: 'fabrikam' },
      { id: 'data_region', value: 'eu' },
      { id: 'admin_email', value: 'it@fabrikam.example' },
      { id: 'sign_in_method', value: 'password' },
    ]
    const draft = await client.requests.createDraft({ ...order, params })
    if (draft.outcome !== 'created') throw new Error(`no draft: ${JSON.stringify(draft)}`)
    expect(draft.request.status).toBe('draft')
    expect(await client.requests.latestOf(order.externalUid, 'purchase')).toBeUndefined()
    await client.requests.validateDraft(draft.request.id, { ...order, params })
    await client.requests.updateDraft(draft.request.id, { ...order, params })
    expect(await client.requests.purchaseDraft(draft.request.id)).toMatchObject({ status: 'tiers_setup' })
    const [tierRequest, ...more] = await client.tierConfigRequests.list({ productId: order.productId, accountId: connectSeed.reseller.id })
    expect(more).toEqual([])
    expect(tierRequest).toMatchObject({ status: 'pending', tierLevel: 1, connectionId: order.connectionId })
    expect(client.tierConfigRequests.linkTo(tierRequest?.id ?? '')).toBe(`${sandbox.baseUrl}/tier/config-requests/${tierRequest?.id}`)
    const withPortal = createConnect({
      http: sandbox.http,
      baseUrl: sandbox.baseUrl,
      apiKey: 'x',
      tierRequestUrl: 'https://portal.example/t/{id}/details',
    })
    expect(withPortal.tierConfigRequests.linkTo('TCR-1')).toBe('https://portal.example/t/TCR-1/details')
  })

  test('a wrong token is unauthorised, and a vendor may not order', async () => {
    const as = (apiKey: string) => createConnect({ http: sandbox.http, baseUrl: sandbox.baseUrl, apiKey })
    await expect(as('ApiKey SU-000-000-000:wrong').context()).rejects.toMatchObject({ code: 'ERR_CONNECT_UNAUTHORIZED' })
    expect(await as(connectSeed.vendor.token).context()).toMatchObject({ role: 'vendor' })
    const order = purchaseOf('Notes', '0d5a3c1e-0000-4000-8000-000000000007')
    await expect(as(connectSeed.vendor.token).requests.createPurchase(order)).rejects.toMatchObject({ code: 'ERR_CONNECT_FORBIDDEN' })
  })

  test('buyer data Connect cannot take is refused with the fields', async () => {
    const order = purchaseOf('Notes', '0d5a3c1e-0000-4000-8000-000000000006')
    const { customer } = samplePurchase.tiers
    if (!('contactInfo' in customer)) throw new Error('no contact')
    const contactInfo = { ...customer.contactInfo, contact: { ...customer.contactInfo.contact, lastName: '' } }
    const refused = await client.requests.createPurchase({ ...order, tiers: { ...order.tiers, customer: { ...customer, contactInfo } } })
    expect(refused).toMatchObject({ outcome: 'refused', code: 'buyerDataIncomplete' })
    expect(refused.outcome === 'refused' && refused.fields.map(({ field }) => field)).toContain(
      'asset.tiers.customer.contact_info.contact.last_name',
    )
  })

  test.each(Object.entries(calls))('%s: the question is understood, even about what is not there', async (_, call) => {
    const outcome = await call(client).then(
      () => 'done',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    )
    expect(['done', 'ERR_CONNECT_NOT_FOUND']).toContain(outcome)
  })

  test('nothing above was outside the official description, on either side', () => {
    expect(sandbox.faults).toEqual([])
  })
})
