/** All we know of CloudBlue Connect. Other rooms import from here only. */
export { CONNECT_CALL_TIMEOUT } from './api.ts'
export { type ConnectClient, type ConnectOptions, createConnect } from './client.ts'
export type { Conflict, CreationOutcome } from './creation.ts'
export type { ConnectContext, ProductAction } from './model/account.ts'
export { type AssetItem, type AssetStatus, type ConnectAsset, type ConnectionType, heldItems } from './model/asset.ts'
export type { Capabilities } from './model/capabilities.ts'
export type { Choice, Constraints, Dependency } from './model/constraints.ts'
export { type ConnectItem, type ItemPeriod, type ItemPrecision, type ItemType, isSellable } from './model/item.ts'
export type { KnownListingRequestState, ListingRequest, ListingRequestState, ListingRequestType } from './model/listing-request.ts'
export {
  type ConnectParameter,
  PARAMETER_TYPES,
  type ParameterPhase,
  type ParameterScope,
  type ParameterType,
  type ParameterValue,
} from './model/parameter.ts'
export type { Connection, Hub, Listing, Marketplace } from './model/places.ts'
export { type ConnectProduct, isVisibleToDistributor, type ProductLink } from './model/product.ts'
export type { Quantity } from './model/quantity.ts'
export {
  type ConnectRequest,
  type ConnectRequestReference,
  isFinished,
  isOpen,
  type KnownRequestStatus,
  type KnownRequestType,
  REQUEST_STATUSES,
  REQUEST_TYPES,
  type RequestStatus,
  type RequestType,
} from './model/request.ts'
export type { TierConfigRequest } from './model/tier-config.ts'
export type { ContactInfo, PhoneNumber, TierAccount } from './model/tiers.ts'
export type { ClosingResult, RecordClosing } from './model/usage-closing.ts'
export {
  type KnownUsageFileStatus,
  USAGE_FILE_STATUSES,
  USAGE_SCHEMAS,
  type UsageFile,
  type UsageFileStatus,
  type UsageSchema,
} from './model/usage-file.ts'
export type { KnownUsageChunkStatus, UsageAggregate, UsageChunk } from './model/usage-parts.ts'
export {
  type KnownUsageRecordStatus,
  USAGE_RECORD_STATUSES,
  type UsageRecord,
  type UsageRecordStatus,
} from './model/usage-record.ts'
export type { AssetOrder, Attribute, ChangeOrder, ItemOrder, ParameterInput, PurchaseOrder, TierOrder } from './orders.ts'
export type { Page } from './paging.ts'
export { type FieldProblem, isHoldUnsupported, type RefusalCode, verdictOf } from './refusals.ts'
export type { ProviderBilling } from './resources/billing.ts'
export { type ItemConfiguration, LONGEST_CONFIGURATION } from './resources/configurations.ts'
export type { ConnectGrant, ConnectModule } from './resources/grants.ts'
export type { ListingRequestFilter } from './resources/listing-requests.ts'
export type { ListingFilter } from './resources/places.ts'
export type { ParameterFilter } from './resources/products.ts'
export type { RequestFilter } from './resources/requests.ts'
export type { NewTierAccount, TierAccountFilter, TierConfigRequestFilter } from './resources/tiers.ts'
export {
  LONGEST_NOTE,
  MAX_CLOSINGS,
  type UsageChunkFilter,
  type UsageFileFilter,
  type UsageRecordFilter,
} from './resources/usage.ts'
export type { Bytes, UsageFileKind } from './resources/usage-download.ts'
export type { NewWebhook } from './resources/webhooks.ts'
export { proveWebhook, type WebhookProof } from './webhook-proof.ts'
