/** A product with its offers as a set-up file: to read, edit and apply. */
import { stringify } from 'yaml'
import type { Product, Tenant } from '../tenants/index.ts'
import type { OfferProposal } from './rules/offer.ts'

/** All of the product is in it, for within a listed product the file is the truth. */
export function setupFileOf(tenant: Tenant, product: Product, offers: readonly OfferProposal[]): string {
  const { id, name, status, marketplaceId, connections, tier1, policies, pages } = product
  const data = {
    tenants: [
      {
        id: tenant.id,
        name: tenant.name,
        ...(tenant.status === 'active' ? {} : { status: tenant.status }),
        ...(tenant.connectApiUrl === undefined ? {} : { connectApiUrl: tenant.connectApiUrl }),
        products: [{ id, name, status, marketplace: marketplaceId, connections, tier1, policies, pages, offers: offers.map(offerOf) }],
      },
    ],
  }
  return stringify(data, { lineWidth: 140, aliasDuplicateObjects: false })
}

const offerOf = ({ id, name, content, plans, made }: OfferProposal) => ({
  id,
  name,
  // What was only mapped stays so: its content is Partner Center's.
  ...(made && content.listings.length === 0 && plans.every((plan) => plan.made) ? {} : { catalogue: content }),
  plans: plans.map((plan) => ({
    id: plan.id,
    name: plan.name,
    items: plan.items.map((item) => ({
      id: item.id,
      kind: item.kind,
      ...(item.dimension === undefined ? {} : { dimension: item.dimension }),
    })),
    ...(plan.made && plan.content.listings.length === 0 ? {} : { catalogue: plan.content }),
  })),
})
