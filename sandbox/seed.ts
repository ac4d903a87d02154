/**
 * Who and what the sandbox world holds when it starts: one publisher with its products, its accounts on both sides, and three
 * buyers. Everything here is invented. `examples/sandbox.yaml` tells the bridge the same from its side.
 */

/** The publisher: "Larkspur Software", tenant `larkspur` in the bridge. */
export const publisher = {
  tenantId: 'larkspur',
  name: 'Larkspur Software',
  /** Microsoft's publisher id in Partner Center. */
  publisherId: 'larkspursoftware',
  entraTenantId: '6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201',
  /** The app that calls the marketplace APIs (single-tenant). */
  apiApp: { clientId: 'a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10', secret: 'sandbox-api-app-secret' },
  /** The app buyers sign in with (multitenant and personal accounts). */
  signInApp: { clientId: 'c9b2e8a4-1f63-4d0a-b7c5-3e2d9f8a6b40', secret: 'sandbox-sign-in-app-secret' },
  /** The app that may manage offers: registered in Partner Center with the role Manager (single-tenant). */
  partnerCenterApp: { clientId: 'e5d7a1b3-9c42-4f68-8a0e-2b6d4c8f1a70', secret: 'sandbox-partner-center-app-secret' },
} as const

/** The marketplace API's own service principal: resource of our tokens and caller of our webhook. */
export const marketplaceResourceId = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7'

/** The tenant all personal Microsoft accounts share. */
export const personalAccountsTenantId = '9188040d-6c67-4c5b-b112-36a304b66dad'

export interface Person {
  readonly key: string
  readonly name: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly tenantId: string
  readonly objectId: string
  readonly organisation: string
}

const fabrikam = 'd2a4c1f8-3b5e-4f7a-8c6d-90e1f2a3b4c5'
const woodgrove = 'e7b3d5a1-6c2f-4e8b-9d4a-1f0e2d3c4b5a'

export const people: readonly Person[] = [
  {
    key: 'mara',
    name: 'Mara Vogt',
    givenName: 'Mara',
    familyName: 'Vogt',
    email: 'mara.vogt@fabrikam.example',
    tenantId: fabrikam,
    objectId: '11a0f1d2-0001-4a6b-9c3d-5e7f80910001',
    organisation: 'Fabrikam GmbH',
  },
  {
    key: 'jonas',
    name: 'Jonas Lind',
    givenName: 'Jonas',
    familyName: 'Lind',
    email: 'jonas.lind@fabrikam.example',
    tenantId: fabrikam,
    objectId: '11a0f1d2-0002-4a6b-9c3d-5e7f80910002',
    organisation: 'Fabrikam GmbH',
  },
  {
    key: 'priya',
    name: 'Priya Nair',
    givenName: 'Priya',
    familyName: 'Nair',
    email: 'priya.nair@woodgrove.example',
    tenantId: woodgrove,
    objectId: '22b1e2c3-0001-4b7c-8d4e-6f8091a20001',
    organisation: 'Woodgrove Bank',
  },
  {
    key: 'sam',
    name: 'Sam Okafor',
    givenName: 'Sam',
    familyName: 'Okafor',
    email: 'sam.okafor@outlook.example',
    tenantId: personalAccountsTenantId,
    objectId: '00000000-0000-0000-7c1d-2e3f4a5b6c7d',
    organisation: 'Personal account',
  },
  {
    key: 'alex',
    name: 'Alex Moreau',
    givenName: 'Alex',
    familyName: 'Moreau',
    email: 'alex.moreau@outlook.example',
    tenantId: personalAccountsTenantId,
    objectId: '00000000-0000-0000-8d2e-3f4a5b6c7d8e',
    organisation: 'Personal account',
  },
]

/** Connect's side: accounts, tokens and the places a product is sold through. */
export const connectSeed = {
  provider: { accountId: 'PA-601-114', name: 'Northlight Distribution', token: 'ApiKey SU-601-114-001:sandbox-provider-token' },
  vendor: { accountId: 'VA-310-441', name: 'Larkspur Software', token: 'ApiKey SU-310-441-001:sandbox-vendor-token' },
  marketplace: { id: 'MP-48120', name: 'Microsoft Marketplace' },
  hubs: { production: { id: 'HB-6011-1401', name: 'Microsoft production' }, test: { id: 'HB-6011-1402', name: 'Microsoft test' } },
  contractId: 'CRD-10210-55102-00417',
  agreementId: 'AGD-10210-551-004',
  /** The constant tier-1 reseller that stands for the distributor. */
  reseller: { id: 'TA-7700-1000-2000', name: 'Northlight Distribution' },
} as const

export interface SeedItem {
  readonly id: string
  readonly localId: string
  readonly mpn: string
  readonly name: string
  readonly type: 'Reservation' | 'PPU'
  readonly unit: string
  /** Plan it is sold as (Reservation), or dimension it is metered as (one of several PPU items). */
  readonly planId?: string
  readonly dimensionId?: string
  readonly pricePerMonth?: number
  /** Default: Monthly. */
  readonly period?: 'Monthly' | 'Yearly' | 'years_2' | 'years_3' | 'OneTime'
  /** How fine its usage is counted. Default: whole numbers. */
  readonly precision?: 'integer' | 'decimal(1)' | 'decimal(2)' | 'decimal(4)' | 'decimal(8)'
}

/** What a plan meters of its offer's dimensions, and at what price. */
export interface SeedMeter {
  readonly dimensionId: string
  /** Of one unit, in US dollars. */
  readonly price: number
  /** What the base price covers in a term. Default: nothing. Microsoft does not subtract it. */
  readonly included?: { readonly monthly: number; readonly yearly: number } | 'unlimited'
}

export interface SeedOffer {
  readonly offerId: string
  readonly name: string
  readonly model: 'perUser' | 'flatRate'
  readonly plans: readonly {
    readonly planId: string
    readonly name: string
    readonly price: number
    readonly minSeats?: number
    readonly maxSeats?: number
    readonly meters?: readonly SeedMeter[]
  }[]
}

export interface SeedProduct {
  readonly id: string
  readonly name: string
  readonly shortDescription: string
  readonly connections: { readonly production: string; readonly test: string }
  readonly listingId: string
  readonly items: readonly SeedItem[]
  readonly offers: readonly SeedOffer[]
  readonly capabilities: { readonly hold: boolean; readonly cartValidation: boolean; readonly tierConfigs: boolean; readonly ppu: boolean }
}

const item = (product: string, n: number, rest: Omit<SeedItem, 'id' | 'localId'>): SeedItem => ({
  id: `${product}-000${n}`,
  localId: `${product.replaceAll('-', '_')}_000${n}`,
  ...rest,
})

const notes = 'PRD-417-220-901'
const projects = 'PRD-417-220-902'
const backup = 'PRD-417-220-903'
const signals = 'PRD-417-220-904'
const suite = 'PRD-417-220-905'
const forms = 'PRD-417-220-906'
const insights = 'PRD-417-220-907'

/** One product for each row of the modelling table, and two that have no offer yet: their vendor has asked to list them. */
export const products: readonly SeedProduct[] = [
  {
    id: notes,
    name: 'Larkspur Notes',
    shortDescription: 'Shared notes that stay findable.',
    connections: { production: 'CT-5501-7320-4401', test: 'CT-5501-7320-4501' },
    listingId: 'LST-220-417-901',
    items: [
      item(notes, 1, { mpn: 'NOTES-SEAT-M', name: 'Notes seat', type: 'Reservation', unit: 'Seats', planId: 'team', pricePerMonth: 6 }),
    ],
    offers: [
      {
        offerId: 'larkspur-notes',
        name: 'Larkspur Notes',
        model: 'perUser',
        plans: [{ planId: 'team', name: 'Team', price: 6, minSeats: 1, maxSeats: 500 }],
      },
    ],
    capabilities: { hold: true, cartValidation: false, tierConfigs: false, ppu: false },
  },
  {
    id: projects,
    name: 'Larkspur Projects',
    shortDescription: 'Plan work across teams, from first sketch to delivery.',
    connections: { production: 'CT-5501-7320-4402', test: 'CT-5501-7320-4502' },
    listingId: 'LST-220-417-902',
    items: [
      item(projects, 1, { mpn: 'PROJ-BASIC-M', name: 'Basic', type: 'Reservation', unit: 'Seats', planId: 'basic', pricePerMonth: 9 }),
      item(projects, 2, {
        mpn: 'PROJ-PRO-M',
        name: 'Professional',
        type: 'Reservation',
        unit: 'Seats',
        planId: 'professional',
        pricePerMonth: 19,
      }),
      item(projects, 3, {
        mpn: 'PROJ-ENT-M',
        name: 'Enterprise',
        type: 'Reservation',
        unit: 'Seats',
        planId: 'enterprise',
        pricePerMonth: 34,
      }),
    ],
    offers: [
      {
        offerId: 'larkspur-projects',
        name: 'Larkspur Projects',
        model: 'perUser',
        plans: [
          { planId: 'basic', name: 'Basic', price: 9, minSeats: 1, maxSeats: 50 },
          { planId: 'professional', name: 'Professional', price: 19, minSeats: 5, maxSeats: 1000 },
          { planId: 'enterprise', name: 'Enterprise', price: 34, minSeats: 25, maxSeats: 10000 },
        ],
      },
    ],
    capabilities: { hold: true, cartValidation: true, tierConfigs: true, ppu: false },
  },
  {
    id: backup,
    name: 'Larkspur Backup',
    shortDescription: 'Nightly backup for the whole company at one price.',
    connections: { production: 'CT-5501-7320-4403', test: 'CT-5501-7320-4503' },
    listingId: 'LST-220-417-903',
    items: [item(backup, 1, { mpn: 'BACKUP-FLAT', name: 'Backup', type: 'PPU', unit: 'GB', planId: 'standard' })],
    offers: [
      {
        offerId: 'larkspur-backup',
        name: 'Larkspur Backup',
        model: 'flatRate',
        plans: [{ planId: 'standard', name: 'Standard', price: 49 }],
      },
    ],
    capabilities: { hold: false, cartValidation: false, tierConfigs: false, ppu: true },
  },
  {
    id: signals,
    name: 'Larkspur Signals',
    shortDescription: 'Events and messages as a service, paid by use.',
    connections: { production: 'CT-5501-7320-4404', test: 'CT-5501-7320-4504' },
    listingId: 'LST-220-417-904',
    items: [
      item(signals, 1, {
        mpn: 'SIG-EVENTS-K',
        name: 'Events (thousand)',
        type: 'PPU',
        unit: 'k-events',
        planId: 'metered',
        dimensionId: 'events',
        precision: 'decimal(4)',
      }),
      item(signals, 2, { mpn: 'SIG-MAIL', name: 'Mails sent', type: 'PPU', unit: 'mails', planId: 'metered', dimensionId: 'mails' }),
      item(signals, 3, {
        mpn: 'SIG-STORE-GB',
        name: 'Storage',
        type: 'PPU',
        unit: 'GB',
        planId: 'metered',
        dimensionId: 'storage',
        precision: 'decimal(8)',
      }),
    ],
    offers: [
      {
        offerId: 'larkspur-signals',
        name: 'Larkspur Signals',
        model: 'flatRate',
        plans: [
          {
            planId: 'metered',
            name: 'Pay as you go',
            price: 0,
            meters: [
              { dimensionId: 'events', price: 0.4 },
              { dimensionId: 'mails', price: 0.002 },
              { dimensionId: 'storage', price: 0.12 },
            ],
          },
          {
            planId: 'scale',
            name: 'Scale',
            price: 199,
            meters: [
              { dimensionId: 'events', price: 0.25, included: { monthly: 500, yearly: 6000 } },
              { dimensionId: 'mails', price: 0.001, included: 'unlimited' },
              { dimensionId: 'storage', price: 0.1, included: { monthly: 100, yearly: 1200 } },
            ],
          },
        ],
      },
    ],
    capabilities: { hold: true, cartValidation: false, tierConfigs: false, ppu: true },
  },
  {
    id: suite,
    name: 'Larkspur Suite',
    shortDescription: 'Everything from Larkspur: seats for people, metering for machines.',
    connections: { production: 'CT-5501-7320-4405', test: 'CT-5501-7320-4505' },
    listingId: 'LST-220-417-905',
    items: [
      item(suite, 1, { mpn: 'SUITE-SEAT-M', name: 'Suite seat', type: 'Reservation', unit: 'Seats', planId: 'suite', pricePerMonth: 29 }),
      item(suite, 2, {
        mpn: 'SUITE-API-K',
        name: 'API calls (thousand)',
        type: 'PPU',
        unit: 'k-calls',
        planId: 'platform',
        dimensionId: 'api-calls',
        precision: 'decimal(2)',
      }),
      item(suite, 3, {
        mpn: 'SUITE-GB',
        name: 'Storage',
        type: 'PPU',
        unit: 'GB',
        planId: 'platform',
        dimensionId: 'storage',
        precision: 'decimal(4)',
      }),
    ],
    offers: [
      {
        offerId: 'larkspur-suite',
        name: 'Larkspur Suite',
        model: 'perUser',
        plans: [{ planId: 'suite', name: 'Suite', price: 29, minSeats: 1, maxSeats: 5000 }],
      },
      {
        offerId: 'larkspur-suite-platform',
        name: 'Larkspur Suite Platform',
        model: 'flatRate',
        plans: [
          {
            planId: 'platform',
            name: 'Platform',
            price: 99,
            meters: [
              { dimensionId: 'api-calls', price: 0.05, included: { monthly: 1000, yearly: 12_000 } },
              { dimensionId: 'storage', price: 0.15 },
            ],
          },
        ],
      },
    ],
    capabilities: { hold: true, cartValidation: false, tierConfigs: false, ppu: true },
  },
  {
    id: forms,
    name: 'Larkspur Forms',
    shortDescription: 'Forms people like to fill in, and answers that arrive in order.',
    connections: { production: 'CT-5501-7320-4406', test: 'CT-5501-7320-4506' },
    listingId: 'LST-220-417-906',
    items: [
      item(forms, 1, { mpn: 'FORMS-START-M', name: 'Starter', type: 'Reservation', unit: 'Seats' }),
      item(forms, 2, { mpn: 'FORMS-BUS-M', name: 'Business', type: 'Reservation', unit: 'Seats' }),
      item(forms, 3, { mpn: 'FORMS-BUS-Y', name: 'Business (yearly)', type: 'Reservation', unit: 'Seats', period: 'Yearly' }),
    ],
    offers: [],
    capabilities: { hold: true, cartValidation: false, tierConfigs: false, ppu: false },
  },
  {
    id: insights,
    name: 'Larkspur Insights',
    shortDescription: 'Dashboards for people, queries paid by use.',
    connections: { production: 'CT-5501-7320-4407', test: 'CT-5501-7320-4507' },
    listingId: 'LST-220-417-907',
    items: [
      item(insights, 1, { mpn: 'INS-SEAT-M', name: 'Analyst seat', type: 'Reservation', unit: 'Seats' }),
      item(insights, 2, { mpn: 'INS-QUERY-K', name: 'Queries (thousand)', type: 'PPU', unit: 'k-queries', precision: 'decimal(4)' }),
      item(insights, 3, { mpn: 'INS-GB', name: 'Scanned data', type: 'PPU', unit: 'GB', precision: 'decimal(2)' }),
    ],
    offers: [],
    capabilities: { hold: true, cartValidation: false, tierConfigs: false, ppu: true },
  },
]
