/** A publisher, a product and an installation with which everything is well. */
import { days, instant, plus } from '../../kit/time.ts'
import type { InstallationFacts } from './installation.ts'
import type { OfferInPartnerCenter, TreeSeen } from './partner-center.ts'
import type { ProductFacts } from './product.ts'
import type { TenantFacts } from './tenant.ts'

export const now = instant('2030-01-01T00:00:00Z')
export const yes = <T>(value: T) => ({ answered: true, value }) as const
export const no = (because: string) => ({ answered: false, because }) as const

export const installation: InstallationFacts = {
  publicUrl: 'https://shop.example',
  isPublic: true,
  database: yes({ took: 3, version: '16.4' }),
  missingMigrations: [],
  longestOverdue: 0,
  overdue: 0,
  failing: [],
  secrets: { stale: 0, unreadable: [] },
  clock: yes({ ahead: 0 }),
  signInMetadata: yes({ status: 200, readable: true }),
}

export const good = { state: 'good', notes: [] } as const
export const refused = (code: string) => ({ state: 'refused', code, reason: `Refused: ${code}.`, todo: 'Correct it.' }) as const
export const declared = { at: now, by: 'mara', note: undefined }
export const tenant: TenantFacts = {
  now,
  declarations: { ACCOUNT_ENROLLED: declared, TAX_PROFILE: declared, PAYOUT_PROFILE: declared },
  connect: good,
  microsoft: good,
  partnerCenter: good,
  signIn: { ...good, whose: 'tenant' },
  redirectUri: 'https://shop.example/portal/signin',
  secrets: [{ name: 'microsoft primary', setAt: now, expiresAt: plus(now, days(200)) }],
  webhookHeardAt: now,
  products: yes(1),
}

export const connections = [
  { id: 'CT-1', type: 'production', status: 'active', hub: 'HB-1' },
  { id: 'CT-2', type: 'test', status: 'active', hub: 'HB-2' },
]
export const offers = [{ id: 'notes', plans: [{ id: 'team', dimensions: ['events'], perSeat: false }] }]
export const seats = (id: string) => ({ id, kind: 'reservation' }) as const
export const reachedFrom = (status: number | undefined) => yes({ from: 'here', url: 'https://shop.example/x', status } as const)
export const ours = { landingPage: 'https://shop.example/l', webhook: 'https://shop.example/w', directory: 'D-1', app: 'A-1' }
export const tree: TreeSeen = {
  state: 'draft',
  technical: { ...ours, app: 'a-1' },
  plans: offers[0]?.plans ?? [],
  leads: 'none',
  validations: [],
}
export const there: OfferInPartnerCenter = {
  ...{ id: 'notes', found: true },
  trees: [tree, { ...tree, state: 'live' }],
  submission: { target: 'live', state: 'succeeded' },
}
export const product: ProductFacts = {
  id: 'PRD-1',
  marketplace: 'MP-1',
  wanted: { production: { connection: 'CT-1', hub: 'HB-1' }, test: { connection: 'CT-2', hub: 'HB-2' } },
  atConnect: yes({ found: true, status: 'published', visible: true }),
  listing: yes('listed'),
  connections: yes(connections),
  items: yes({ sellable: ['PRD-1-0001'], known: [seats('PRD-1-0001'), seats('PRD-1-0002')] }),
  mappedItems: [seats('PRD-1-0001')],
  testOrders: yes({ connection: 'CT-2', plans: [{ plan: 'notes / team', tried: { outcome: 'accepted' } }], untried: 0 }),
  ordering: yes({ unanswerable: [], resellerMissing: [] }),
  reseller: yes({ found: true, open: [], failed: [], notSetUp: [] }),
  connectWebhook: { state: 'registered', told: undefined },
  offers,
  atMicrosoft: yes(offers),
  inPartnerCenter: yes([there]),
  ours,
  leads: yes([]),
  wantedLeads: new Map([['notes', 'none']]),
  testPurchase: 'active',
  landing: reachedFrom(200),
  webhook: reachedFrom(401),
}
