/** The tenants room: publishers, their credentials, products, offers, plan map and policies. See README.md. */
export { type ClientDeps, createTenantClients, type TenantClients } from './clients.ts'
export { type CredentialDeps, connectCredential, microsoftAppIds, microsoftCredential, signInCredential } from './credentials.ts'
export type { Connection, Connections } from './model/connections.ts'
export type { Pages } from './model/pages.ts'
export type { ItemKind } from './model/plan-map.ts'
export { defaultPolicies, type Policies } from './model/policies.ts'
export type { ResellerAccount, Tier1, TierParameters } from './model/tier1.ts'
export { type DimensionPolicy, dimensionPolicy, includedOf, type UsagePolicy } from './model/usage.ts'
export {
  type CredentialOverview,
  type OfferOverview,
  type ProductOverview,
  partnerCenterUrls,
  type TenantOverview,
  tenantOverview,
  tenantOverviews,
} from './overview.ts'
export {
  findProductByOffer,
  getProduct,
  getTenant,
  listOffers,
  listPlanMappings,
  listProducts,
  listTenants,
  type OfferKey,
  planMapping,
  planMappingsOfOffer,
  type Sold,
  soldAs,
} from './read.ts'
export { type ApplyDeps, type ApplyOutcome, applySetup } from './setup/apply.ts'
export type { Change, FieldChange } from './setup/changes.ts'
export { describeChange, describeFault } from './setup/describe.ts'
export { pathText, type SetupFault } from './setup/faults.ts'
export { type PlacedFault, readSetup, type SetupReading } from './setup/read-file.ts'
export type { References } from './setup/references.ts'
export type { SetupFile } from './setup/schema.ts'
export type { Offer, PlanItem, PlanMapping, Product, Tenant } from './types.ts'
