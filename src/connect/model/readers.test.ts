import { expect, test } from 'vitest'
import * as answers from '../../../test/contract/connect/answers.ts'
import { instant } from '../../kit/time.ts'
import { connectContext } from './account.ts'
import { connectAsset, heldItems } from './asset.ts'
import { capabilities, toCapabilities } from './capabilities.ts'
import { connectItem, isSellable } from './item.ts'
import { listingRequest } from './listing-request.ts'
import { connectParameter } from './parameter.ts'
import { connection, hub, listing, marketplace } from './places.ts'
import { connectProduct, isVisibleToDistributor } from './product.ts'
import { connectRequest, isFinished, isOpen, REQUEST_STATUSES } from './request.ts'
import { tierConfigRequest } from './tier-config.ts'

const { asset, request } = answers

test('an asset is read with exact quantities, both item types and the constant reseller', () => {
  const read = connectAsset.parse(asset)
  expect(read).toMatchObject({
    id: 'AS-2201-9917-0440',
    status: 'active',
    externalUid: answers.ids.uid,
    connection: { id: answers.ids.connection, type: 'production', hubId: answers.ids.hub },
    marketplaceId: answers.ids.marketplace,
    vendorName: 'Larkspur Software',
  })
  expect(read.items.map((item) => [item.globalId, item.localId, item.itemType, item.quantity])).toEqual([
    ['PRD-417-220-905-0001', 'PRD_417_220_905_0001', 'Reservation', 25],
    ['PRD-417-220-905-0004', 'api_calls', 'PPU', 'unlimited'],
    ['PRD-417-220-905-0002', 'PRD_417_220_905_0002', 'Reservation', 0],
  ])
  expect(read.items[0]?.unit).toBe('Licenses')
  expect(read.params[0]).toMatchObject({ id: 'admin_email', value: 'it@fabrikam.example', valueError: undefined })
})

test('lines of quantity zero are kept on the asset and dropped from what the customer holds', () => {
  expect(heldItems(connectAsset.parse(asset)).map((item) => item.globalId)).toEqual(['PRD-417-220-905-0001', 'PRD-417-220-905-0004'])
})

test.each([
  ['an empty list', []],
  ['an empty object', {}],
  ['null', null],
  ['nothing', undefined],
])('an absent second tier may come as %s', (_, tier2) => {
  const read = connectAsset.parse({ ...asset, tiers: { ...asset.tiers, tier2 } })
  expect(read.tiers.tier2?.id).toBeUndefined()
  expect(read.tiers.customer?.contactInfo?.contact.phoneNumber?.countryCode).toBe('+49')
})

test('the null objects of a preview are no references', () => {
  const read = connectAsset.parse({
    ...asset,
    connection: { id: 'CT-0000-0000-0000', type: 'preview', hub: { id: 'HB-0000-0000' } },
    marketplace: { id: 'MP-00000' },
    contract: { id: 'CRD-00000-00000-00000' },
  })
  expect(read.connection).toEqual({ id: undefined, type: 'preview', hubId: undefined })
  expect(read.marketplaceId).toBeUndefined()
  expect(read.contractId).toBeUndefined()
})

test('an asset without items says so, and an item without a readable quantity is an error, not zero', () => {
  expect(connectAsset.parse({ ...asset, items: undefined })).toMatchObject({ items: [], itemsKnown: false })
  expect(connectAsset.parse({ ...asset, items: [] }).itemsKnown).toBe(true)
  expect(connectAsset.safeParse({ ...asset, items: [{ id: 'x', quantity: null }] }).success).toBe(false)
})

test('an approved request carries date and activation text, a failed one its reason', () => {
  expect(connectRequest.parse(request)).toMatchObject({
    status: 'approved',
    effectiveDate: instant('2026-03-02T09:14:55Z'),
    activationMarkdown: '# Welcome\nSign in at **larkspur.example**.',
    assignee: 'Vendor Person',
    reason: undefined,
    note: undefined,
  })
  expect(connectRequest.parse(answers.failedChange)).toMatchObject({
    type: 'change',
    status: 'failed',
    reason: 'Seat limit of this edition is 30.',
  })
})

test('an inquiring request carries message and form, but no form address a browser would run', () => {
  const inquiring = {
    ...request,
    status: 'inquiring',
    template: { message: 'Which domain?' },
    params_form_url: 'https://forms.example/?code=x',
  }
  expect(connectRequest.parse(inquiring)).toMatchObject({
    templateMessage: 'Which domain?',
    paramsFormUrl: 'https://forms.example/?code=x',
  })
  expect(connectRequest.parse({ ...inquiring, params_form_url: 'javascript:alert(1)' }).paramsFormUrl).toBeUndefined()
})

test('an unknown status is kept in Connect’s own word and counts as open; drafts and finished ones do not', () => {
  const read = connectRequest.parse({ ...request, status: 'Suspended_by_magic', assignee: 'UR-1' })
  expect(read).toMatchObject({ status: 'unknown', statusRaw: 'Suspended_by_magic', assignee: 'UR-1' })
  expect(isOpen(read)).toBe(true)
  expect(REQUEST_STATUSES.filter((status) => isOpen({ status }))).toEqual(['tiers_setup', 'pending', 'inquiring', 'scheduled', 'revoking'])
  expect(REQUEST_STATUSES.filter((status) => isFinished({ status }))).toEqual(['approved', 'failed', 'revoked'])
})

test('times may stand in events instead, but never be missing', () => {
  const { created, updated, ...rest } = request
  const read = connectRequest.parse({ ...rest, events: { created: { at: created }, updated: { at: updated } } })
  expect(read.updated).toEqual(instant(updated))
  expect(connectRequest.safeParse(rest).success).toBe(false)
})

test('items are compared without case, and only published ones not made by usage are sellable', () => {
  const read = connectItem.parse(answers.item)
  expect(read).toMatchObject({ type: 'Reservation', period: 'Monthly', precision: 'Integer', unit: 'Seats', commitment: { count: 1 } })
  expect(isSellable(read)).toBe(true)
  expect(isSellable({ ...read, dynamic: true })).toBe(false)
  expect(isSellable({ ...read, status: 'endofsale' })).toBe(false)
  expect(connectItem.parse({ ...answers.item, period: '3 years' }).period).toBe('years_3')
  expect(connectItem.parse({ ...answers.item, type: 'ppu', period: 'hourly' })).toMatchObject({
    type: 'PPU',
    period: 'unknown',
    periodRaw: 'hourly',
  })
})

test('a parameter keeps constraints, choices in both spellings and its dependency', () => {
  expect(connectParameter.parse(answers.parameter)).toMatchObject({
    name: 'region',
    type: 'dropdown',
    scope: 'asset',
    phase: 'ordering',
    position: 20,
    constraints: {
      required: true,
      shared: 'edit',
      choices: [
        { value: 'eu', label: 'Europe', default: true },
        { value: 'us', label: 'us', default: false },
      ],
      dependency: { parameter: { name: 'hosting' }, values: ['cloud'], required: true, hidden: false },
    },
  })
})

test('a parameter of a type to come is unknown, and one without constraints is free', () => {
  const read = connectParameter.parse({ ...answers.parameter, type: 'hologram', constraints: null, default: { on: true } })
  expect(read).toMatchObject({ type: 'unknown', typeRaw: 'hologram', structuredDefault: { on: true }, default: undefined })
  expect(read.constraints).toMatchObject({ required: false, hidden: false, choices: [], dependency: undefined })
})

test('capabilities of today and of older answers come out the same', () => {
  expect(connectProduct.parse(answers.product).capabilities).toEqual({
    hold: true,
    cartValidation: true,
    changeValidation: false,
    inquiringValidation: false,
    editableOrderingParameters: true,
    tierConfigs: 1,
    tierUpdates: false,
    tierValidation: false,
    scheduling: { purchase: false, change: true, suspend: false, resume: false, cancel: false },
    usageSchema: 'QT',
    dynamicItems: false,
    lateUsage: true,
    futureUsage: false,
  })
  const old = (wire: unknown, configured?: boolean) => toCapabilities(capabilities.parse(wire), configured)
  expect(old({ hold: true, billing: { schema: 'qt' } })).toMatchObject({ hold: true, usageSchema: 'QT', tierConfigs: 0 })
  expect(old(undefined, true).hold).toBe(true)
  expect(old({ subscription: { hold: false } }, true).hold).toBe(false)
  expect(old({ ppu: null }).usageSchema).toBeUndefined()
})

test('a product hides links a browser would run and knows whether a distributor may sell it', () => {
  const read = connectProduct.parse(answers.product)
  expect(read.documents).toEqual([])
  expect(read.downloadLinks).toEqual([{ title: 'App', url: 'https://larkspur.example/app' }])
  expect(isVisibleToDistributor(read)).toBe(true)
  expect(isVisibleToDistributor(connectProduct.parse({ ...answers.product, visibility: null }))).toBe(false)
})

test('a connection is read without the OAuth secret Connect sends along', () => {
  const read = connection.parse(answers.connection)
  expect(read).toMatchObject({ type: 'production', status: 'active', hubId: answers.ids.hub, productVersion: 'public' })
  expect(JSON.stringify(read)).not.toContain('hub-secret')
})

test('places, accounts and tier configurations are read', () => {
  expect(listing.parse(answers.listing)).toMatchObject({
    status: 'listed',
    marketplaceId: answers.ids.marketplace,
    pendingRequest: undefined,
  })
  expect(marketplace.parse(answers.marketplace)).toMatchObject({ countries: ['DE'], hubs: [{ hubId: answers.ids.hub, externalId: 'ms' }] })
  expect(hub.parse(answers.hub)).toMatchObject({ instanceType: 'API', instanceId: undefined })
  expect(connectContext.parse(answers.context)).toMatchObject({ accountId: 'PA-601-114', role: 'provider' })
  expect(connectContext.parse({ account: { id: 'VA-1' } }).role).toBe('vendor')
  expect(tierConfigRequest.parse(answers.tierConfigRequest)).toMatchObject({
    status: 'inquiring',
    tierLevel: 1,
    accountId: 'TA-7700-1000-2000',
  })
})

test.each([
  ['the workflow’s spelling', { state: 'Cancelled' }, { state: 'canceled' }],
  ['a state to come', { state: 'parked' }, { state: 'unknown', rawState: 'parked' }],
  ['a type to come', { type: 'move' }, { type: 'unknown' }],
  ['an id for its product alone', { product: undefined, product_id: 'PRD-1' }, { productId: 'PRD-1', productVersion: undefined }],
  ['the marketplace in its contract', { listing: { id: 'LST-1', contract: { marketplace: { id: 'MP-1' } } } }, { marketplaceId: 'MP-1' }],
  ['a colleague at work', { assignee: { id: 'UR-1', name: 'Mara' } }, { assignee: 'Mara' }],
])('a listing request with %s is read for what it is', (_, more, expected) => {
  expect(listingRequest.parse({ ...answers.listingRequest, ...more })).toMatchObject(expected)
})
