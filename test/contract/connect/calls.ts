/** One call of every method of the client, with everything a method can send. */
import type { ConnectClient, NewTierAccount, NewWebhook, PurchaseOrder } from '../../../src/connect/index.ts'
import { hasCode } from '../../../src/kit/errors/index.ts'
import {
  assetId,
  connectionId,
  hubId,
  itemId,
  listingRequestId,
  marketplaceId,
  productId,
  requestId,
  usageFileId,
  usageRecordId,
} from '../../../src/kit/ids.ts'
import { days, instant, plus } from '../../../src/kit/time.ts'
import * as answers from './answers.ts'

const product = productId.parse(answers.ids.product)
const connection = connectionId.parse(answers.ids.connection)
const marketplace = marketplaceId.parse(answers.ids.marketplace)
const hub = hubId.parse(answers.ids.hub)
const asset = assetId.parse(answers.ids.asset)
const request = requestId.parse(answers.ids.request)
const usageFile = usageFileId.parse('UF-2026-03-1180-2207')
const usageRecord = usageRecordId.parse('UR-2026-03-1180-2207-0001-0001')
const listingRequest = listingRequestId.parse(answers.listingRequest.id)
const since = instant('2026-03-02T09:00:00Z')

export const purchase: PurchaseOrder = {
  productId: product,
  connectionId: connection,
  marketplaceId: marketplace,
  externalId: 'MS-37f9dea2',
  externalUid: answers.ids.uid,
  items: [
    { itemId: itemId.parse('PRD-417-220-905-0001'), quantity: 25 },
    { itemId: itemId.parse('PRD-417-220-905-0004'), quantity: 'unlimited' },
  ],
  params: [
    { id: 'admin_email', value: 'it@fabrikam.example' },
    { id: 'modules', structuredValue: { mail: true, files: false } },
  ],
  tiers: {
    customer: {
      name: 'Fabrikam GmbH',
      externalId: 'ms-5d2e',
      externalUid: '5d2e0f1c-66a4-4f0e-9d0e-3a0a5f7b1c11',
      taxId: 'DE1',
      contactInfo: {
        addressLine1: 'Hauptstrasse 1',
        addressLine2: 'Hinterhaus',
        city: 'Berlin',
        postalCode: '10115',
        country: 'DE',
        contact: { firstName: 'Mara', lastName: 'Vogt', email: 'it@fabrikam.example' },
      },
    },
    tier1: { id: 'TA-7700-1000-2000' },
  },
  externalAttributes: [{ id: 'operation', value: '0b6f8a5e' }],
}

const reseller: NewTierAccount = {
  type: 'reseller',
  name: 'Northlight Distribution',
  externalId: '12',
  externalUid: 'a6fbc2d5-891d-44df-8856-e78ed18edb38',
  taxId: 'AA3',
  hubId: hub,
  parentId: 'TA-1',
  environment: 'production',
  contactInfo: {
    addressLine1: 'Pier 4',
    city: 'Hamburg',
    state: 'HH',
    postalCode: '20457',
    country: 'DE',
    contact: {
      firstName: 'Noor',
      lastName: 'Haddad',
      email: 'ops@northlight.example',
      phoneNumber: { countryCode: '+49', areaCode: '40', phoneNumber: '5550123', extension: '' },
    },
  },
}

const webhook: NewWebhook = {
  productId: product,
  objectClass: 'fulfillment_request',
  label: 'Marketplace Bridge',
  description: 'Wakes the bridge.',
  url: 'https://bridge.northlight.example/connect/larkspur/events',
  secret: 'a-secret-of-the-webhook',
}

const order = { assetId: asset, plannedDate: since, externalAttributes: [{ id: 'operation', value: '1' }] }

async function drain(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of rows);
}

export type Calls = Readonly<Record<string, (client: ConnectClient) => Promise<unknown>>>

export const calls: Calls = {
  context: (client) => client.context(),
  grants: (client) => client.grants(),
  tokenEnd: (client) => client.tokenEnd('SU-601-114-001'),
  'products.get': (client) => client.products.get(product),
  'products.list': (client) => client.products.list(),
  'items.list': (client) => client.items.list(product),
  'parameters.list': (client) => client.parameters.list(product, { phases: ['ordering', 'fulfillment'], scopes: ['asset', 'tier1'] }),
  'configurations.list': (client) => client.configurations.list(product, marketplace),
  'configurations.set': (client) =>
    client.configurations.set(product, marketplace, {
      parameterId: answers.configuration.parameter.id,
      itemId: itemId.parse('PRD-417-220-905-0001'),
      value: 'suite',
    }),
  'actions.list': (client) => client.actions.list(product),
  'actions.link': (client) => client.actions.link(product, 'ACT-220-905-001', asset),
  'connections.list': (client) => client.connections.list(product),
  'listings.list': (client) => client.listings.list({ productId: product, marketplaceId: marketplace, status: 'listed' }),
  'listingRequests.walk': (client) => drain(client.listingRequests.walk({ states: ['reviewing', 'deploying'], productId: product })),
  'listingRequests.get': (client) => client.listingRequests.get(listingRequest),
  'listingRequests.deploy': (client) => client.listingRequests.deploy(listingRequest),
  'listingRequests.complete': (client) => client.listingRequests.complete(listingRequest),
  'listingRequests.cancel': (client) => client.listingRequests.cancel(listingRequest),
  'listingRequests.assign': (client) => client.listingRequests.assign(listingRequest),
  'marketplaces.get': (client) => client.marketplaces.get(marketplace),
  'marketplaces.list': (client) => client.marketplaces.list(),
  'hubs.get': (client) => client.hubs.get(hub),
  'hubs.list': (client) => client.hubs.list(),
  'requests.createPurchase': (client) => client.requests.createPurchase(purchase),
  'requests.createChange': (client) => client.requests.createChange({ ...order, items: purchase.items, params: purchase.params }),
  'requests.createSuspend': (client) => client.requests.createSuspend(order),
  'requests.createResume': (client) => client.requests.createResume(order),
  'requests.createCancel': (client) => client.requests.createCancel(order),
  'requests.createDraft': (client) => client.requests.createDraft(purchase),
  'requests.validateDraft': (client) => client.requests.validateDraft(request, purchase),
  'requests.createChangeDraft': (client) => client.requests.createChangeDraft({ ...order, items: purchase.items, params: purchase.params }),
  'requests.validateChangeDraft': (client) =>
    client.requests.validateChangeDraft(request, { ...order, items: purchase.items, params: purchase.params }),
  'requests.updateDraft': (client) => client.requests.updateDraft(request, purchase),
  'requests.purchaseDraft': (client) => client.requests.purchaseDraft(request),
  'requests.get': (client) => client.requests.get(request),
  'requests.list': (client) =>
    client.requests.list({
      ids: [request],
      types: ['purchase'],
      productIds: [product],
      connectionIds: [connection],
      marketplaceIds: [marketplace],
      assetId: asset,
      externalUid: answers.ids.uid,
      updatedSince: since,
      createdSince: since,
    }),
  'requests.walk': (client) => drain(client.requests.walk({ updatedSince: since })),
  'requests.changed': (client) => client.requests.changed({ productIds: [product], updatedSince: since }, 100),
  'requests.latestOf': (client) => client.requests.latestOf(answers.ids.uid, 'purchase', { productIds: [product] }),
  'requests.ofAsset': (client) => client.requests.ofAsset(asset),
  'requests.updateParams': (client) => client.requests.updateParams(request, purchase.params),
  'requests.pend': (client) => client.requests.pend(request),
  'requests.revoke': (client) => client.requests.revoke(request, 'Cancelled at Microsoft.'),
  'assets.get': (client) => client.assets.get(asset),
  'assets.findByExternalUid': (client) => client.assets.findByExternalUid(product, connection, answers.ids.uid),
  'assets.walk': (client) => drain(client.assets.walk(product, connection)),
  'assets.render': (client) => client.assets.render(asset, 'de'),
  'tierAccounts.get': (client) => client.tierAccounts.get('TA-7700-1000-2000'),
  'tierAccounts.list': (client) =>
    client.tierAccounts.list({ hubId: hub, type: 'customer', externalId: 'ms 5d2e', externalUid: '5d2e0f1c-66a4-4f0e-9d0e-3a0a5f7b1c11' }),
  'tierAccounts.create': (client) => client.tierAccounts.create(reseller),
  'billingRequests.ofProvider': (client) => client.billingRequests.ofProvider(asset),
  'billingRequests.createOfProvider': (client) =>
    client.billingRequests.createOfProvider({
      assetId: asset,
      items: [{ itemId: itemId.parse('PRD-417-220-905-0001'), quantity: 25 }],
      from: since,
      to: plus(since, days(31)),
      delta: 1,
      unit: 'monthly',
    }),
  'webhooks.list': (client) => client.webhooks.list(product),
  'webhooks.create': (client) => client.webhooks.create(webhook),
  'webhooks.update': (client) => client.webhooks.update('WH-310-441-001', webhook),
  'tierConfigRequests.list': (client) =>
    client.tierConfigRequests.list({
      productId: product,
      accountId: 'TA-7700-1000-2000',
      connectionType: 'production',
      statuses: ['pending', 'inquiring'],
    }),
  'usageFiles.list': (client) =>
    client.usageFiles.list({
      statuses: ['pending', 'accepted'],
      productIds: [product],
      environments: ['production'],
      schemas: ['qt'],
      createdSince: since,
    }),
  'usageFiles.walk': (client) => drain(client.usageFiles.walk({ statuses: ['accepted'] })),
  'usageFiles.get': (client) => client.usageFiles.get(usageFile),
  'usageFiles.accept': (client) => client.usageFiles.accept(usageFile, 'Taken by the bridge.'),
  'usageFiles.reject': (client) => client.usageFiles.reject(usageFile, 'Row 2: no such item.'),
  'usageFiles.approveAll': (client) => client.usageFiles.approveAll(usageFile),
  'usageFiles.close': (client) => client.usageFiles.close(usageFile),
  'usageFiles.download': (client) => withoutFile(client.usageFiles.download(usageFile, 'processed')),
  'usageRecords.pages': (client) =>
    drain(client.usageRecords.pages({ fileId: usageFile, statuses: ['approved'], productId: product, assetExternalUid: answers.ids.uid })),
  'usageRecords.count': (client) => client.usageRecords.count({ fileId: usageFile }),
  'usageRecords.get': (client) => client.usageRecords.get(usageRecord),
  'usageRecords.judge': (client) => client.usageRecords.judge(usageRecord, 'rejected'),
  'usageRecords.close': (client) => client.usageRecords.close({ id: usageRecord, externalBillingId: '0b6f8a5e', note: 'Taken.' }),
  'usageRecords.closeMany': (client) => client.usageRecords.closeMany([{ id: usageRecord, externalBillingId: '0b6f8a5e', note: 'Taken.' }]),
  'usageChunks.list': (client) => client.usageChunks.list({ statuses: ['ready'], fileId: usageFile }),
  'usageChunks.get': (client) => client.usageChunks.get('PUF-1180-2207-001'),
  'usageChunks.setExternalId': (client) => client.usageChunks.setExternalId('PUF-1180-2207-001', 'chunk-1'),
  'usageChunks.close': (client) => client.usageChunks.close('PUF-1180-2207-001', '0b6f8a5e', 'Taken.'),
  'usageChunks.download': async (client) => drain(await client.usageChunks.download('PUF-1180-2207-001')),
  'usageAggregates.ofAsset': (client) => client.usageAggregates.ofAsset(answers.ids.uid),
}

/** The sample file has no spreadsheet. */
const withoutFile = (download: Promise<unknown>): Promise<unknown> =>
  download.catch((error: unknown) => {
    if (!hasCode(error, 'ERR_CONNECT_FILE_GONE')) throw error
  })

/**
 * The one thing sent that the description lacks: it knows `status: draft` of a purchase only, while the capability
 * `subscription.change.validation` needs one of a change too (CloudBlue's own distributor side sends it, and validates with the same body).
 */
export function withoutDraftMark<Sent extends { readonly body: unknown; readonly path: string }>(sent: Sent): Sent {
  const { body } = sent
  if (sent.path.endsWith('/validate') && typeof body === 'object' && body !== null && 'type' in body && body.type === 'change') {
    return { ...sent, body: { asset: { params: [] } } }
  }
  if (typeof body !== 'object' || body === null || !('type' in body) || body.type !== 'change') return sent
  return { ...sent, body: Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'status')) }
}
