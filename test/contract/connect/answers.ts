/** Answers in Connect's documented shapes, odd ones included. All data is invented. */

export const ids = {
  product: 'PRD-417-220-905',
  connection: 'CT-5501-7320-4418',
  marketplace: 'MP-48120',
  hub: 'HB-6011-1401',
  asset: 'AS-2201-9917-0440',
  request: 'PR-2201-9917-0440-001',
  uid: '37f9dea2-4345-438f-b0bd-03d40d28c7e0',
} as const

export const contactInfo = {
  address_line1: 'Hauptstrasse 1',
  address_line2: '',
  city: 'Berlin',
  state: null,
  postal_code: '10115',
  country: 'DE',
  contact: {
    first_name: 'Mara',
    last_name: 'Vogt',
    email: 'it@fabrikam.example',
    phone_number: { country_code: '+49', area_code: '30', phone_number: '5550199', extension: '' },
  },
}

export const customer = {
  id: 'TA-7700-1000-2001',
  name: 'Fabrikam GmbH',
  type: 'customer',
  environment: 'production',
  external_id: 'ms-5d2e',
  external_uid: '5d2e0f1c-66a4-4f0e-9d0e-3a0a5f7b1c11',
  tax_id: null,
  hub: { id: ids.hub, name: 'Microsoft production' },
  parent: { id: 'TA-7700-1000-2000', name: 'Northlight Distribution' },
  contact_info: contactInfo,
}

export const asset = {
  id: ids.asset,
  status: 'active',
  external_id: 'MS-37f9dea2',
  external_uid: ids.uid,
  product: { id: ids.product, name: 'Larkspur Suite', icon: '/media/x.png', status: 'published' },
  connection: {
    id: ids.connection,
    type: 'production',
    provider: { id: 'PA-601-114', name: 'Northlight Distribution' },
    vendor: { id: 'VA-310-441', name: 'Larkspur Software' },
    hub: { id: ids.hub, name: 'Microsoft production' },
  },
  marketplace: { id: ids.marketplace, name: 'Microsoft Marketplace' },
  contract: { id: 'CRD-10210-55102-00417', name: 'Distribution' },
  items: [
    {
      id: 'PRD_417_220_905_0001',
      global_id: 'PRD-417-220-905-0001',
      mpn: 'PRO-SEAT-M',
      display_name: 'Pro seat',
      quantity: '25',
      old_quantity: '0',
      item_type: 'Reservation',
      type: 'Licenses',
      period: 'Monthly',
      params: [{ id: 'PLAN_ID', value: 'pro', phase: 'configuration', scope: 'item' }],
    },
    {
      id: 'api_calls',
      global_id: 'PRD-417-220-905-0004',
      mpn: 'API-K',
      quantity: 'unlimited',
      old_quantity: '0',
      item_type: 'ppu',
      type: 'k-calls',
    },
    { id: 'PRD_417_220_905_0002', global_id: 'PRD-417-220-905-0002', quantity: '0', old_quantity: '0', item_type: 'reservation' },
  ],
  params: [
    {
      id: 'admin_email',
      title: 'Administrator',
      type: 'email',
      phase: 'ordering',
      scope: 'asset',
      value: 'it@fabrikam.example',
      value_error: '',
      structured_value: null,
      constraints: { required: true, hidden: false, unique: false, shared: 'edit', reconciliation: false },
    },
  ],
  tiers: { customer, tier1: { id: 'TA-7700-1000-2000', name: 'Northlight Distribution' }, tier2: [] },
  configuration: { params: [] },
  events: { created: { at: '2026-03-01T10:00:00+00:00' }, updated: { at: '2026-03-02T09:14:55+00:00' } },
}

export const request = {
  id: ids.request,
  type: 'purchase',
  status: 'approved',
  created: '2026-03-01T10:00:00+00:00',
  updated: '2026-03-02T09:14:55+00:00',
  effective_date: '2026-03-02T09:14:55+00:00',
  note: '',
  reason: null,
  answered: true,
  assignee: { id: 'UR-310-441-001', name: 'Vendor Person', email: 'person@larkspur.example' },
  activation_key: '# Welcome\nSign in at **larkspur.example**.',
  template: { id: 'TL-220-905-001', name: 'Activation' },
  marketplace: { id: ids.marketplace, name: 'Microsoft Marketplace' },
  asset,
}

export const failedChange = {
  ...request,
  id: 'PR-2201-9917-0440-002',
  type: 'change',
  status: 'failed',
  reason: 'Seat limit of this edition is 30.',
}

export const product = {
  id: ids.product,
  name: 'Larkspur Suite',
  status: 'published',
  version: 3,
  latest: true,
  icon: '/media/VA-310-441/PRD-417-220-905/media/icon.png',
  owner: { id: 'VA-310-441', name: 'Larkspur Software' },
  short_description: 'Everything from Larkspur.',
  capabilities: {
    ppu: { schema: 'QT', dynamic: false, predictive: false, future: false, late: true },
    reservation: { consumption: false },
    cart: { validation: true },
    inquiring: { validation: false },
    tiers: { updates: false, configs: { level: 1 }, validation: false },
    subscription: {
      hold: true,
      schema: 'evergreen',
      change: { editable_ordering_parameters: true, validation: false, scheduling: true },
      cancel: { scheduling: false, offline: 'no' },
    },
  },
  visibility: { listing: true, syndication: false, owner: false, catalog: false },
  customer_ui_settings: {
    getting_started: '## Start',
    download_links: [{ title: 'App', url: 'https://larkspur.example/app', visible_for: 'user' }],
    documents: [{ title: 'Trick', url: 'javascript:alert(1)' }],
  },
}

export const item = {
  id: 'PRD-417-220-905-0001',
  local_id: 'PRD_417_220_905_0001',
  mpn: 'PRO-SEAT-M',
  name: 'Pro seat',
  display_name: 'Pro seat',
  type: 'reservation',
  status: 'published',
  unit: { id: 'licenses', name: 'Licenses', title: 'Seats' },
  period: 'monthly',
  precision: 'integer',
  commitment: { multiplier: 'billing_period', count: 1 },
  position: 10000,
  dynamic: false,
}

export const parameter = {
  id: 'PRM-220-905-0001',
  name: 'region',
  title: 'Region',
  type: 'dropdown',
  scope: 'asset',
  phase: 'ordering',
  hint: 'Where your data lives',
  position: 20,
  constraints: {
    required: true,
    hidden: false,
    unique: false,
    shared: 'edit',
    choices: [{ value: 'eu', label: 'Europe', default: true }, 'us'],
    dependency: { parameter: { name: 'hosting' }, values: ['cloud'], required: true, hidden: false },
  },
}

export const action = { id: 'ACT-220-905-001', action: 'login', name: 'Log in', title: 'Log in', type: 'button', scope: 'asset' }
export const connection = {
  id: ids.connection,
  type: 'production',
  status: 'active',
  hub: { id: ids.hub, name: 'Microsoft production', instance: { id: 'x', type: 'API' } },
  oauth_key: 'hub-key',
  oauth_secret: 'hub-secret',
}
export const listing = {
  id: 'LST-220-417-905',
  status: 'listed',
  product: { id: ids.product, name: 'Larkspur Suite' },
  contract: { id: 'CRD-10210-55102-00417' },
  marketplace: { id: ids.marketplace },
  created: '2026-01-01T00:00:00+00:00',
}
export const listingRequest = {
  id: 'LSTR-880-417-905-001',
  type: 'new',
  state: 'reviewing',
  product: { id: ids.product, name: 'Larkspur Suite', version: 4 },
  listing,
  note: 'Ready when you are.',
  assignee: null,
  created: '2026-01-01T00:00:00+00:00',
  updated: '2026-01-02T00:00:00+00:00',
}
export const marketplace = {
  id: ids.marketplace,
  name: 'Microsoft Marketplace',
  currency: 'USD',
  countries: [{ id: 'DE', name: 'Germany' }],
  hubs: [{ hub: { id: ids.hub, name: 'Microsoft production' }, external_id: 'ms' }],
}
export const hub = { id: ids.hub, name: 'Microsoft production', instance: { id: null, type: 'API' } }
export const context = {
  account: { id: 'PA-601-114', name: 'Northlight Distribution', icon: null },
  user: { id: 'SU-601-114-001', name: 'Bridge' },
}
export const token = { id: 'SU-601-114-001', name: 'Bridge', status: 'active', expiration_date: '2027-03-01T00:00:00+00:00' }
export const tierConfigRequest = {
  id: 'TCR-000-111-222-001',
  type: 'setup',
  status: 'inquiring',
  configuration: {
    id: 'TC-000-111-222',
    tier_level: 1,
    account: { id: 'TA-7700-1000-2000', name: 'Northlight Distribution' },
    product: { id: ids.product, name: 'Larkspur Suite' },
    connection: { id: ids.connection, type: 'production' },
    marketplace: { id: ids.marketplace },
  },
  params: [{ id: 'reseller_code', type: 'text', value: '' }],
  events: { created: { at: '2026-03-01T10:00:00+00:00' } },
}

export const usageFile = {
  id: 'UF-2026-03-1180-2207',
  name: 'March usage',
  external_id: 'larkspur-2026-03',
  status: 'pending',
  sub_status: 'processed',
  schema: 'qt',
  environment: 'production',
  vendor: { id: 'VA-310-441', name: 'Larkspur Software' },
  provider: { id: 'PA-601-114', name: 'Northlight Distribution' },
  marketplace: { id: ids.marketplace, name: 'Microsoft Marketplace' },
  contract: { id: 'CRD-10210-55102-00417', name: 'Distribution' },
  product: { id: ids.product, name: 'Larkspur Suite', icon: null },
  currency: 'USD',
  period: { from: '2026-03-01', to: '2026-03-31' },
  acceptance_note: null,
  stats: { uploaded: 1, validated: 1, pending: 1, accepted: 0, closed: 0, billed: 0 },
  records: { valid: 1, invalid: 0, closed: 0 },
  usage_file_uri: '',
  events: { created: { at: '2026-03-31T08:00:00+00:00', by: { id: 'UR-310-441-001', name: 'Vendor Person' } }, submitted: { at: null } },
}

export const usageRecord = {
  id: 'UR-2026-03-1180-2207-0001-0001',
  start_date: '2026-03-30T00:00:00+00:00',
  end_date: '2026-03-31T00:00:00+00:00',
  product_id: ids.product,
  item: {
    id: 'PRD-417-220-905-0004',
    local_id: 'api_calls',
    name: 'API calls',
    unit: 'k-calls',
    mpn: 'API-K',
    precision: 'decimal(2)',
    type: 'PPU',
  },
  asset: { id: ids.asset, external_id: 'MS-37f9dea2', external_uid: ids.uid },
  category: null,
  tier: null,
  amount: null,
  multiplier: 100,
  usage: 12.5,
  status: 'approved',
  external_billing_id: null,
  params: [{ parameter_name: 'v.region', parameter_value: 'eu' }],
  usagefile: { id: 'UF-2026-03-1180-2207', name: 'March usage', schema: 'qt', currency: 'USD' },
}

export const usageChunk = {
  id: 'PUF-1180-2207-001',
  status: 'ready',
  outdated: false,
  usagefile: { id: 'UF-2026-03-1180-2207', name: 'March usage' },
  binding: { hub: { id: ids.hub, name: 'Microsoft production' } },
  external_id: '',
}

export const usageAggregate = {
  item: { id: 'PRD-417-220-905-0004', local_id: 'api_calls', name: 'API calls', type: 'PPU' },
  asset: { id: ids.asset, external_uid: ids.uid },
  amount: null,
  currency: null,
  consumed: null,
  accepted: 1250,
  events: { last_reported: { at: '2026-03-31T08:00:00+00:00' } },
}

export const webhook = {
  id: 'WH-310-441-001',
  type: 'event',
  object_class: 'fulfillment_request',
  label: 'Marketplace Bridge',
  description: '',
  active: true,
  external_url: 'https://bridge.northlight.example/connect/larkspur/events',
  http_method: 'POST',
  product: { id: ids.product, name: 'Larkspur Projects' },
  data: {},
  headers: {},
}

export const billingRequest = {
  id: 'BRP-6100-0001-0001',
  type: 'provider',
  asset: { id: ids.asset, external_uid: ids.uid },
  items: [{ id: '0001', global_id: 'PRD-417-220-905-0001', quantity: 25 }],
  period: { from: '2026-04-01T00:00:00+00:00', to: '2026-05-01T00:00:00+00:00', delta: 1, uom: 'monthly' },
  events: { created: { at: '2026-04-01T00:00:05+00:00' } },
}

/** What the item is called in the marketplace. */
export const configuration = {
  parameter: { id: 'PRM-417-220-905-0003', name: 'microsoft_plan_id' },
  item: { id: 'PRD-417-220-905-0001', name: 'Suite seat' },
  marketplace: { id: ids.marketplace, name: 'Microsoft Marketplace' },
  value: 'suite',
}
