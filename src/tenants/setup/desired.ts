/** What a set-up file wants, in the words of the store: flat lists per tenant, each thing with its place in the file. */
import type { OfferId, TenantId } from '../../kit/ids.ts'
import type { Credential, CredentialKind } from '../model/credential.ts'
import { planItem } from '../model/plan-map.ts'
import type { Offer, PlanMapping, Product, Tenant } from '../types.ts'
import { type DesiredOfferContent, type DesiredPlanContent, offerContentToKeep } from './desired-contents.ts'
import { credentialsOf } from './desired-credentials.ts'
import type { Path } from './faults.ts'
import type { OfferOfFile, ProductOfFile, SetupFile, TenantOfFile } from './schema.ts'

export interface Placed<T> {
  readonly value: T
  readonly path: Path
}

export interface DesiredTenant {
  readonly tenant: Placed<Tenant>
  /** Kinds the file speaks of; the others are left as they are. */
  readonly credentialKinds: readonly CredentialKind[]
  readonly credentials: readonly Placed<Credential>[]
  readonly products: readonly Placed<Product>[]
  readonly offers: readonly Placed<Offer>[]
  readonly plans: readonly Placed<PlanMapping>[]
  /** Of offers and plans the file has `catalogue` of; the others keep what is stored. */
  readonly offerContents: readonly Placed<DesiredOfferContent>[]
  readonly planContents: readonly Placed<DesiredPlanContent>[]
  /** Offers whose stored content is to be dropped. */
  readonly handmade: readonly Placed<OfferId>[]
}

export const desiredOf = (file: SetupFile): readonly DesiredTenant[] =>
  file.tenants.map((tenant, index) => desiredTenant(tenant, ['tenants', index]))

function desiredTenant(file: TenantOfFile, path: Path): DesiredTenant {
  const products = place(file.products, [...path, 'products'])
  const offers = products.flatMap((product) =>
    place(product.value.offers, [...product.path, 'offers']).map((offer) => ({ ...offer, productId: product.value.id })),
  )
  const credentials = credentialsOf(file.credentials)
  return {
    tenant: { path, value: { id: file.id, name: file.name, status: file.status, connectApiUrl: file.connectApiUrl } },
    credentialKinds: [...new Set(credentials.map(({ facts }) => facts.kind))],
    credentials: credentials.map((value) => ({ value, path: [...path, 'credentials', value.facts.kind, value.slot] })),
    products: products.map(({ value, path }) => ({ path, value: productOf(value, file.id) })),
    offers: offers.map(({ value, path, productId }) => ({
      path,
      value: { tenantId: file.id, id: value.id, productId, name: value.name, status: 'active' },
    })),
    plans: offers.flatMap(({ value, path }) => plansOf(value, path)),
    offerContents: offers.flatMap(({ value, path }) =>
      value.catalogue ? [{ path: [...path, 'catalogue'], value: offerContentToKeep(value.id, value.catalogue) }] : [],
    ),
    planContents: offers.flatMap(({ value, path }) => planContentsOf(value, path)),
    handmade: offers.flatMap(({ value, path }) => (value.handmade ? [{ path: [...path, 'handmade'], value: value.id }] : [])),
  }
}

const place = <T>(list: readonly T[], path: Path): readonly Placed<T>[] => list.map((value, index) => ({ value, path: [...path, index] }))

const productOf = (file: ProductOfFile, tenantId: TenantId): Product => ({
  tenantId,
  id: file.id,
  name: file.name,
  status: file.status,
  marketplaceId: file.marketplace,
  connections: file.connections,
  tier1: file.tier1,
  policies: file.policies,
  pages: file.pages,
})

const plansOf = (offer: OfferOfFile, path: Path): readonly Placed<PlanMapping>[] =>
  place(offer.plans, [...path, 'plans']).map(({ value, path }) => ({
    path,
    value: {
      offerId: offer.id,
      planId: value.id,
      name: value.name,
      items: value.items.map(planItem),
      status: 'active',
    },
  }))

const planContentsOf = (offer: OfferOfFile, path: Path): readonly Placed<DesiredPlanContent>[] =>
  place(offer.plans, [...path, 'plans']).flatMap(({ value, path }) =>
    value.catalogue ? [{ path: [...path, 'catalogue'], value: { offerId: offer.id, planId: value.id, content: value.catalogue } }] : [],
  )
