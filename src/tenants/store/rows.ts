/** From rows to the words of `types.ts`. */
import type { Selectable } from 'kysely'
import type { OfferRow, PlanMapRow, ProductRow, SoldPlanRow, TenantRow } from '../../database/tables/tenants.ts'
import * as ids from '../../kit/ids.ts'
import { connections } from '../model/connections.ts'
import { pages } from '../model/pages.ts'
import { mappedItems, planItem } from '../model/plan-map.ts'
import { policies } from '../model/policies.ts'
import { tier1 } from '../model/tier1.ts'
import type { Offer, PlanMapping, Product, Tenant } from '../types.ts'
import { readStored } from './stored.ts'

export const toTenant = (row: Selectable<TenantRow>): Tenant => ({
  id: ids.tenantId.parse(row.id),
  name: row.name,
  status: row.status,
  connectApiUrl: row.connect_api_url ?? undefined,
})

export const toProduct = (row: Selectable<ProductRow>): Product => ({
  tenantId: ids.tenantId.parse(row.tenant_id),
  id: ids.productId.parse(row.id),
  name: row.name,
  status: row.status,
  marketplaceId: ids.marketplaceId.parse(row.marketplace_id),
  connections: readStored(connections, row.connections, 'products.connections'),
  tier1: readStored(tier1, row.tier1, 'products.tier1'),
  policies: readStored(policies, row.policies, 'products.policies'),
  pages: readStored(pages, row.pages, 'products.pages'),
})

export const toOffer = (row: Selectable<OfferRow>): Offer => ({
  tenantId: ids.tenantId.parse(row.tenant_id),
  id: ids.offerId.parse(row.id),
  productId: ids.productId.parse(row.product_id),
  name: row.name ?? undefined,
  status: row.status,
})

export const toPlanMapping = (row: Omit<Selectable<PlanMapRow>, 'updated_at'>): PlanMapping => ({
  offerId: ids.offerId.parse(row.offer_id),
  planId: ids.planId.parse(row.plan_id),
  name: row.name ?? undefined,
  items: readStored(mappedItems, row.items, 'plan_map.items').map(planItem),
  status: row.status,
})

export const toSoldPlan = ({ base_plan_id: base, ...row }: Selectable<SoldPlanRow>): PlanMapping => ({
  ...toPlanMapping(row),
  ...(base === null ? {} : { base: ids.planId.parse(base) }),
})
