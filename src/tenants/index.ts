/** The tenants room: publishers, their credentials, products, offers, plan map and policies. See README.md. */
export { type ClientDeps, createTenantClients, type TenantClients } from './clients.ts'
export type { CredentialEntry } from './credential-entry.ts'
export { type CredentialDeps, connectCredential, microsoftAppIds, microsoftCredential, signInCredential } from './credentials.ts'
export { createTenant, editTenant, type TenantEdit } from './edit.ts'
export { type CheckDeps, type Checked, checkCredentials } from './health/check.ts'
export { type CheckedInstallationSignIn, checkedInstallationSignIn } from './health/installation-sign-in.ts'
export { CREDENTIAL_WORK, credentialLook, wakeCredentialChecks } from './health/look.ts'
export { type CredentialCheck, type CredentialState, credentialState } from './health/rules/state.ts'
export { type CheckedSlot, checkedCredentials } from './health/store.ts'
export { dropCredential, type KeepDeps, type Kept, setCredential } from './keep-credential.ts'
export { MEDIA_ROUTE, mediaUrl } from './media-address.ts'
export { amount, type MarketPrice, type Priced } from './model/amount.ts'
export type { Connection, Connections } from './model/connections.ts'
export { type CredentialKind, credentialKinds, type Slot, slots } from './model/credential.ts'
export { type LeadDestination, type LeadDestinationKind, leadDestinations, withLeadSecret } from './model/lead-destination.ts'
export type { ListingContact, ListingContent } from './model/listing-content.ts'
export { contentTypeOf, dataSource, type Media, type MediaSource, pngSize, type ReadMedia, readMedia } from './model/media.ts'
export { type OfferContent, type OfferDimension, offerContent, type PricingModel } from './model/offer-content.ts'
export type { Pages } from './model/pages.ts'
export {
  type BillingTerm,
  billingTermOf,
  billingTerms,
  type Payment,
  type PlanContent,
  type PlanListing,
  type PlanMeter,
  type PlanTerm,
  paymentSpan,
  planContent,
  type Span,
  spanOf,
} from './model/plan-content.ts'
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
export { type Places, readPlaces } from './places.ts'
export type { ProbeFacts, ProbeOutcome } from './probe/outcome.ts'
export { type ProbeDeps, probeCredential, redirectUriOf } from './probe/probe.ts'
export {
  findProductByOffer,
  getProduct,
  getTenant,
  listOffers,
  listPlanMappings,
  listProducts,
  listSoldPlans,
  listTenants,
  type OfferKey,
  planMapping,
  type Sold,
  soldAs,
} from './read.ts'
export { type ApplyDeps, type ApplyOutcome, applySetup } from './setup/apply.ts'
export type { Change, FieldChange } from './setup/changes.ts'
export { describeChange, describeFault } from './setup/describe.ts'
export { offerContentToKeep } from './setup/desired-contents.ts'
export { pathText, type SetupFault } from './setup/faults.ts'
export { type PlacedFault, readSetup, type SetupReading } from './setup/read-file.ts'
export type { References } from './setup/references.ts'
export type { SetupFile } from './setup/schema.ts'
export {
  fileHeads,
  findFile,
  findNamedFile,
  fixContents,
  getOfferContent,
  keepFile,
  listOfferContents,
  listPlanContents,
  type OfferContentOf,
  openLeadSecret,
  type PlanContentOf,
  planContentsOfOffer,
  type Seen,
  saveOfferContent,
  savePlanContent,
} from './store/contents.ts'
export { listCredentials, openSecretIfReadable, type SealedCredential } from './store/credentials.ts'
export { type FoundPlan, listFoundPlans, type StoredFoundPlan, saveFoundPlan } from './store/found-plans.ts'
export { saveOffer, savePlanMapping, saveProduct } from './store/save.ts'
export type { Offer, PlanItem, PlanMapping, Product, Tenant } from './types.ts'
